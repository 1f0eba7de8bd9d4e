import Foundation
import MaskerAPI
import Synchronization
import TestSupport
import Testing

@testable import MaskerTUI

/// A server with one agent and a prepared answer to the DELETE.
private final class OneAgent: HTTPTransport {
    private let status: Int
    private let failure: TransportError?
    private let onDelete: @Sendable () -> Void
    private let deletions = Atomic(0)

    init(status: Int = 204, failure: TransportError? = nil, onDelete: @escaping @Sendable () -> Void = {}) {
        self.status = status
        self.failure = failure
        self.onDelete = onDelete
    }

    var deletionsSeen: Int { deletions.load(ordering: .relaxed) }

    func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let isDelete = request.method == .delete
        if isDelete {
            deletions.add(1, ordering: .relaxed)
            onDelete()
            if let failure { throw failure }
        }
        let body = #"{"agent": {"id": "agt_1", "name": "one", "policy_yaml": "version: 3"}}"#
        let head = HTTPResponseHead(status: isDelete ? status : 200, headers: [])
        onHead?(head)
        return HTTPResponse(head: head, body: isDelete && status == 204 ? [] : Array(body.utf8))
    }
}

@Suite("A deletion and the backup before it", .ownThread)
struct AgentDeletionTests {
    private static let target = DeletionTarget(id: Identifier("agt_1"), name: "one")
    private static let lost = TransportError(.connectionLost, detail: "the connection was lost")

    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-deletion-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await body(directory)
    }

    private func deletion(_ server: OneAgent, _ directory: String?) throws -> AgentDeletion {
        let host = try APIHost("http://127.0.0.1:9")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "cookie"))
        return AgentDeletion(
            client: MaskerClient(host: host, transport: server, login: login, retry: .none),
            archive: AgentBackupStore(directory: directory, host: host.authority))
    }

    private func kept(_ directory: String) throws -> AgentBackup? {
        try AgentBackupStore(directory: directory, host: "127.0.0.1:9").all().first?.content.get()
    }

    @Test("the backup is on disk before the DELETE is sent; after 204 it is marked as deleted")
    func keptBefore() async throws {
        try await withDirectory { directory in
            let atDelete = Mutex<AgentBackup?>(nil)
            let server = OneAgent { atDelete.withLock { $0 = (try? AgentBackupStore(directory: directory, host: "127.0.0.1:9").all().first?.content.get()) } }
            #expect(try await deletion(server, directory).delete(Self.target, by: "ada") == .deleted(.file("agt_1.json")))
            let before = try #require(atDelete.withLock { $0 })
            #expect(before.detail.policyYAML == "version: 3" && before.deletion?.by == "ada" && before.deletion?.outcome == .unknown)
            #expect(try kept(directory)?.deletion?.outcome == .deleted)
        }
    }

    @Test("when the backup cannot be written, no DELETE is sent")
    func notKept() async throws {
        let server = OneAgent()
        guard case .notKept(let reason) = try await deletion(server, "/dev/null/x").delete(Self.target, by: nil) else {
            Issue.record("it was deleted")
            return
        }
        #expect(reason.contains("/dev/null") && server.deletionsSeen == 0)
    }

    @Test("a refusal removes the backup; a 404 without agent_not_found leaves the outcome unknown", arguments: [
        (403, 0), (401, 0), (429, 0), (404, 1),
    ])
    func refused(status: Int, files: Int) async throws {
        try await withDirectory { directory in
            _ = try await deletion(OneAgent(status: status), directory).delete(Self.target, by: "ada")
            #expect(try AgentBackupStore(directory: directory, host: "127.0.0.1:9").all().count == files)
            #expect(try kept(directory)?.deletion?.outcome == (files == 1 ? .unknown : nil))
        }
    }

    @Test("a lost answer leaves the outcome unknown until the check", arguments: [nil, 502])
    func lostAnswer(status: Int?) async throws {
        try await withDirectory { directory in
            let deletion = try deletion(OneAgent(status: status ?? 204, failure: status == nil ? Self.lost : nil), directory)
            _ = await deletion.delete(Self.target, by: "ada")
            #expect(try kept(directory)?.deletion?.outcome == .unknown)
            _ = await deletion.presence(of: Self.target)
            #expect(try kept(directory)?.deletion?.outcome == .notDeleted)
        }
    }

    @Test("without a directory the agent is still deleted, and the outcome says that there is no backup")
    func nothingKept() async throws {
        let server = OneAgent()
        #expect(try await deletion(server, nil).delete(Self.target, by: "ada") == .deleted(.nowhere(reason: "nothing is written to disk")))
        #expect(server.deletionsSeen == 1)
    }
}
