import Foundation
import MaskerAPI
import Synchronization
import TestSupport
import Testing

@testable import MaskerTUI

/// A server that accepts every agent and keeps the requests.
private final class AnyAgent: HTTPTransport {
    /// The pages of agents, by their number.
    let pages: [String]
    private let seen = Mutex<[HTTPRequest]>([])

    init(pages: [String] = []) { self.pages = pages }

    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let number = seen.withLock { seen in
            seen.append(request)
            return seen.count - 1
        }
        let isPost = request.method == .post
        let head = HTTPResponseHead(status: isPost ? 201 : 200, headers: [])
        onHead?(head)
        let body = isPost ? #"{"agent": {"id": "agt_1", "name": "one"}}"# : pages.isEmpty ? #"{"data": []}"# : pages[min(number, pages.count - 1)]
        return HTTPResponse(head: head, body: Array(body.utf8))
    }
}

@Suite("Creating an agent from a draft", .ownThread)
struct AgentCreationTests {
    private func creation(_ server: AnyAgent, home: String? = nil) throws -> AgentCreation {
        let host = try APIHost("http://127.0.0.1:9")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "cookie"))
        return AgentCreation(client: MaskerClient(host: host, transport: server, login: login, retry: .none), home: home)
    }

    private func draft(_ policy: AgentDraft.Policy) -> AgentDraft {
        AgentDraft(name: "one", upstream: "stub", tokenization: .reversibleAEAD, policy: policy)
    }

    private func body(_ server: AnyAgent) throws -> [String: String] {
        try #require(try JSONSerialization.jsonObject(with: Data(server.requests[0].body ?? [])) as? [String: String])
    }

    @Test("a policy by name, as YAML, and from a file below the home directory: one of the two is sent")
    func policies() async throws {
        let directory = NSTemporaryDirectory() + "masker-policy-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data("version: 3\n# ä\n".utf8).write(to: URL(fileURLWithPath: directory + "/policy.yaml"))
        for (policy, key, text) in [
            (AgentDraft.Policy.named("healthcare-default"), "policy_name", "healthcare-default"), (.yaml("version: 2"), "policy_yaml", "version: 2"),
            (.file("~/policy.yaml"), "policy_yaml", "version: 3\n# ä\n"), (.file(directory + "/policy.yaml"), "policy_yaml", "version: 3\n# ä\n"),
            (.file("'\(directory)/policy.yaml' "), "policy_yaml", "version: 3\n# ä\n"), (.file("file://\(directory)/policy%2Eyaml"), "policy_yaml", "version: 3\n# ä\n"),
        ] {
            let server = AnyAgent()
            guard case .created = try await creation(server, home: directory).create(draft(policy)) else { return fail("\(policy) was not created") }
            #expect(try body(server) == ["name": "one", "upstream": "stub", "tokenization": "reversible-aead", key: text])
            #expect(server.requests.count == 1)
        }
    }

    @Test("an unusable policy file: nothing is sent, and the reason is given")
    func files() async throws {
        let directory = NSTemporaryDirectory() + "masker-policy-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        func write(_ name: String, _ bytes: [UInt8]) throws -> String {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
            return "\(directory)/\(name)"
        }
        mkfifo(directory + "/pipe", 0o600)
        let cases = [
            (directory + "/none", "No such file"), (directory, "not a plain file"), (directory + "/pipe", "not a plain file"),
            ("/dev/zero", "not a plain file"), (try write("empty", []), "empty"), (try write("latin1", [0x61, 0xE4, 0x0A]), "not UTF-8"),
            (try write("large", Array(repeating: 0x61, count: PolicyFile.largest + 1)), "larger than 256 KiB"),
        ]
        for (path, reason) in cases {
            let server = AnyAgent()
            guard case .notRead(let told) = try await creation(server).create(draft(.file(path))) else { return fail("\(path) was read") }
            #expect(told.contains(reason) && server.requests.isEmpty)
        }
        #expect(try PolicyFile.read(write("largest", Array(repeating: 0x61, count: PolicyFile.largest))).utf8.count == PolicyFile.largest)
    }

    @Test("the search for a name reads every page and matches the exact name only")
    func looking() async throws {
        let near = #"{"data": [{"id": "agt_1", "name": "one-and-more"}], "next_cursor": "c2"}"#
        let there = AnyAgent(pages: [near, #"{"data": [{"id": "agt_2", "name": "ONE"}, {"id": "agt_3", "name": "one"}]}"#])
        #expect(try await creation(there).find(draft(.named("x"))).get()?.id == Identifier("agt_3"))
        #expect(there.requests.map(\.target) == [
            "/api/v1/agents?limit=100&name_contains=one", "/api/v1/agents?limit=100&cursor=c2&name_contains=one",
        ])
        let gone = AnyAgent(pages: [near, #"{"data": []}"#])
        #expect(try await creation(gone).find(draft(.named("x"))).get() == nil)
        // The search stops when the pages do not end.
        let endless = AnyAgent(pages: [near])
        guard case .failure = try await creation(endless).find(draft(.named("x"))) else { return fail("it ended") }
        #expect(endless.requests.count == 20)
    }
}

private func fail(_ text: String) { Issue.record(Comment(rawValue: text)) }
