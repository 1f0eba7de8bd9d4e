import Foundation
import MaskerAPI
import Synchronization
import TestSupport
import Testing

@testable import MaskerTUI

/// A server with prepared answers for an agent, its deletion and the list.
private final class Gateway: HTTPTransport {
    typealias Said = (Int, String)
    /// The answers to the first GET, the DELETE, and the later GETs.
    private let first: Said, deletion: Said, later: Said
    private let list: Said
    private let seen = Mutex<[HTTPRequest.Method]>([])

    init(first: Said = Gateway.alive, deletion: Said = (204, ""), later: Said = Gateway.alive, list: Said = Gateway.listed) {
        self.first = first
        self.deletion = deletion
        self.later = later
        self.list = list
    }

    static let alive: Said = (200, #"{"agent": {"id": "agt_1", "name": "one", "policy_yaml": "version: 3"}}"#)
    static let listed: Said = (200, #"{"data": [{"id": "agt_1", "name": "one"}], "next_cursor": null}"#)
    static let empty: Said = (200, #"{"data": [], "next_cursor": null}"#)
    static func missing(_ code: String) -> Said { (404, #"{"error": {"code": "\#(code)", "message": "no"}}"#) }
    static let page: Said = (404, "<html>404 Not Found</html>")

    var deletions: Int { seen.withLock { $0.filter { $0 == .delete }.count } }

    func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let wasDeleted = seen.withLock { seen in
            defer { seen.append(request.method) }
            return seen.contains(.delete)
        }
        let said = request.method == .delete ? deletion : request.target.contains("/agents?") ? list : wasDeleted ? later : first
        let head = HTTPResponseHead(status: said.0, headers: [])
        onHead?(head)
        return HTTPResponse(head: head, body: Array(said.1.utf8))
    }
}

@Suite("An agent that is gone, or only seems gone", .ownThread)
struct AgentAbsenceTests {
    private static let target = DeletionTarget(id: Identifier("agt_1"), name: "one")
    /// 404 answers that do not come from the service, or are not about the agent.
    private static let foreign: [(Int, String)] = [Gateway.page, (404, ""), (404, "{}"), Gateway.missing("no_route"), Gateway.missing("not_found")]

    private func with(_ server: Gateway, _ body: (AgentDeletion) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-absence-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let host = try APIHost("http://127.0.0.1:9")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "cookie"))
        try await body(AgentDeletion(
            client: MaskerClient(host: host, transport: server, login: login, retry: .none),
            archive: AgentBackupStore(directory: directory, host: host.authority)))
    }

    private func outcome(_ deletion: AgentDeletion) throws -> DeletionRecord.Outcome? {
        try deletion.archive.all().first?.content.get().deletion?.outcome
    }

    @Test("promise 15: a 404 without agent_not_found on the DELETE deletes nothing: the agent still exists", arguments: foreign)
    func atDeletion(status: Int, body: String) async throws {
        let server = Gateway(deletion: (status, body))
        try await with(server) { deletion in
            guard case .failed(let error) = await deletion.delete(Self.target, by: "ada") else { return fail("it was believed") }
            #expect(error.leavesOutcomeUnknown)
            let before = try outcome(deletion)
            #expect(before == .unknown)
            #expect(await deletion.presence(of: Self.target) == .there)
            let after = try outcome(deletion)
            #expect(after == .notDeleted && server.deletions == 1)
        }
    }

    @Test("promise 15: a 404 without agent_not_found on the GET before it: no DELETE is sent, and the agent is not called gone", arguments: foreign)
    func before(status: Int, body: String) async throws {
        let listed = Gateway(first: (status, body))
        try await with(listed) { deletion in
            guard case .notSent = await deletion.delete(Self.target, by: "ada") else { return fail("it was believed") }
            #expect(listed.deletions == 0)
        }
        let unlisted = Gateway(first: (status, body), list: Gateway.empty)
        try await with(unlisted) { #expect(await $0.delete(Self.target, by: "ada") == .goneOrHidden) }
        let silent = Gateway(first: (status, body), list: Gateway.page)
        try await with(silent) { deletion in
            guard case .notSent = await deletion.delete(Self.target, by: "ada") else { return fail("it was believed") }
        }
        #expect(unlisted.deletions == 0 && silent.deletions == 0)
    }

    @Test("promise 15: the check afterwards: gone, gone or hidden, unknown", arguments: [
        (Gateway.missing("agent_not_found"), Gateway.listed, "gone", DeletionRecord.Outcome.deleted),
        (Gateway.missing("not_found"), Gateway.empty, "goneOrHidden", .unknown), (Gateway.page, Gateway.empty, "goneOrHidden", .unknown),
        (Gateway.missing("not_found"), Gateway.listed, "there", .notDeleted), (Gateway.page, Gateway.page, "unknown", .unknown),
        (Gateway.page, (200, #"{"data": [{"name": "one"}]}"#), "unknown", .unknown),
        (Gateway.page, (200, #"{"data": [], "next_cursor": 5}"#), "unknown", .unknown),
    ])
    func after(later: (Int, String), list: (Int, String), word: String, record: DeletionRecord.Outcome) async throws {
        try await with(Gateway(deletion: (502, ""), later: later, list: list)) { deletion in
            _ = await deletion.delete(Self.target, by: "ada")
            let presence = await deletion.presence(of: Self.target)
            #expect("\(presence)".hasPrefix(word))
            let kept = try outcome(deletion)
            #expect(kept == record)
        }
    }

    @Test("agent_not_found is believed, before and at the DELETE")
    func gone() async throws {
        try await with(Gateway(first: Gateway.missing("agent_not_found"))) { #expect(await $0.delete(Self.target, by: nil) == .alreadyGone) }
        try await with(Gateway(deletion: Gateway.missing("agent_not_found"))) { deletion in
            #expect(await deletion.delete(Self.target, by: nil) == .alreadyGone)
            let kept = try outcome(deletion)
            #expect(kept == .deleted)
        }
    }

    @Test("promise 16: an agent that has another name by now, or none, is not deleted", arguments: [#""name": "two""#, #""name": null"#, #""name": "One""#])
    func renamed(name: String) async throws {
        let server = Gateway(first: (200, #"{"agent": {"id": "agt_1", \#(name)}}"#))
        try await with(server) { deletion in
            guard case .renamed = await deletion.delete(Self.target, by: nil) else { return fail("it was deleted") }
            #expect(server.deletions == 0)
        }
    }

    @Test("promise 16: an answer about another agent sends nothing")
    func another() async throws {
        let server = Gateway(first: (200, #"{"agent": {"id": "agt_2", "name": "one"}}"#))
        try await with(server) { deletion in
            guard case .notSent = await deletion.delete(Self.target, by: nil) else { return fail("it was deleted") }
            #expect(server.deletions == 0)
        }
    }
}

private func fail(_ text: String) { Issue.record(Comment(rawValue: text)) }
