import MaskerAPI
import Synchronization
import TestSupport
import Testing

@testable import MaskerTUI

/// A server with agents, which may forbid or garble a part of its answers. Its search compares letters, not Unicode forms.
private final class AgentServer: HTTPTransport {
    let agents: [(id: String, name: String)]
    /// The answers for targets that contain a text.
    let answers: [(part: String, status: Int, body: String)]
    private let seen = Mutex<[String]>([])

    init(_ agents: [(String, String)], answers: [(String, Int, String)] = []) {
        self.agents = agents.map { (id: $0.0, name: $0.1) }
        self.answers = answers.map { (part: $0.0, status: $0.1, body: $0.2) }
    }

    var targets: [String] { seen.withLock { $0 } }

    func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        seen.withLock { $0.append(String(request.target.dropFirst("/api/v1".count))) }
        let (status, body) = answer(request.target)
        let head = HTTPResponseHead(status: status, headers: [])
        onHead?(head)
        return HTTPResponse(head: head, body: Array(body.utf8))
    }

    private func answer(_ target: String) -> (Int, String) {
        if let answer = answers.first(where: { target.contains($0.part) }) { return (answer.status, answer.body) }
        if let id = target.split(separator: "/agents/", maxSplits: 1).dropFirst().first {
            guard let agent = agents.first(where: { $0.id == id }) else { return (404, #"{"error": {"code": "agent_not_found", "message": "No such agent."}}"#) }
            return (200, #"{"agent": {"id": "\#(agent.id)", "name": "\#(agent.name)"}}"#)
        }
        let part = target.split(separator: "name_contains=").dropFirst().first.map { $0.replacing("%20", with: " ").lowercased() } ?? ""
        let found = agents.filter { part.isEmpty || $0.name.lowercased().contains(part) }
        return (200, #"{"data": [\#(found.map { #"{"id": "\#($0.id)", "name": "\#($0.name)"}"# }.joined(separator: ", "))], "next_cursor": null}"#)
    }
}

@Suite("The agent that a command names, on the server", .ownThread)
struct AgentLookupTests {
    private static let agents = [("agt_1", "refill-line-west"), ("agt_2", "refill-line-east"), ("agt_3", "Cafe\u{301}"), ("other-4", "front desk"), ("agt_5", "agt_1")]

    private static func lookup(_ server: AgentServer) throws -> AgentLookup {
        let host = try APIHost("http://127.0.0.1:9")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "cookie"))
        return AgentLookup(MaskerClient(host: host, transport: server, login: login, retry: .none))
    }

    private static func failure(_ body: () async throws -> Void) async -> (status: Int32?, sentence: String) {
        do {
            try await body()
            return (0, "")
        } catch let failure as CommandFailure {
            return (failure.status, failure.sentence ?? "")
        } catch {
            return (nil, "\(error)")
        }
    }

    @Test("a name or a part of it is asked of the server; an id is not searched for", arguments: [
        ("refill-line-west", "agt_1", ["/agents?limit=100&name_contains=refill-line-west", "/agents/agt_1"]),
        ("WEST", "agt_1", ["/agents?limit=100&name_contains=WEST", "/agents/agt_1"]),
        ("front desk", "other-4", ["/agents?limit=100&name_contains=front%20desk", "/agents/other-4"]),
        ("agt_2", "agt_2", ["/agents/agt_2"]), ("agt_1", "agt_1", ["/agents/agt_1"]),
        // The server would not find the other Unicode form, nor ids without a known prefix.
        ("Caf\u{E9}", "agt_3", ["/agents?limit=100", "/agents/agt_3"]),
        ("other-4", "other-4", ["/agents?limit=100&name_contains=other-4", "/agents?limit=100", "/agents/other-4"]),
    ] as [(String, String, [String])])
    func found(text: String, id: String, targets: [String]) async throws {
        let server = AgentServer(Self.agents)
        #expect(try await Self.lookup(server).detail(AgentReference(text)).agent.id.rawValue == id)
        #expect(server.targets == targets)
    }

    @Test("exit status 3 and the closest names for an unknown agent, 2 and the candidates for an ambiguous one")
    func notFound() async throws {
        for (text, status, part) in [
            ("refil-line-west", 3, "did you mean “refill-line-west” or “refill-line-east”?"), ("nobody", 3, "no agent is called “nobody”"), ("agt_99", 3, "no agent has the id “agt_99”"),
            ("refill", 2, "refill-line-west (agt_1), refill-line-east (agt_2)"), (String(repeating: "x", count: 400), 3, "no agent is called"),
        ] as [(String, Int32, String)] {
            let server = AgentServer(Self.agents)
            let failure = await Self.failure { _ = try await Self.lookup(server).detail(AgentReference(text)) }
            #expect(failure.status == status && failure.sentence.contains(part), "\(failure)")
        }
    }

    @Test("a 404 that is not the service's, and a 403, are reported; no agent with such a name is taken instead")
    func notSaid() async throws {
        for status in [403, 404, 500] {
            let server = AgentServer([("agt_7", "agt_9")], answers: [("/agents/agt_9", status, "<html>")])
            #expect(await Self.failure { _ = try await Self.lookup(server).detail(AgentReference("agt_9")) }.status == nil)
            #expect(server.targets == ["/agents/agt_9"])
        }
        let gone = AgentServer([("agt_7", "agt_9")])
        #expect(try await Self.lookup(gone).detail(AgentReference("agt_9")).agent.id.rawValue == "agt_7")
    }

    @Test("promise 16: a deletion takes an id as an id only, also when that agent is gone and another has it as its name")
    func deletion() async throws {
        let server = AgentServer([("agt_7", "agt_9"), ("agt_8", "one"), ("agt_10", "one-more")])
        let lookup = try Self.lookup(server)
        #expect(try await lookup.deletionTarget("agt_9", confirmedName: "agt_9").id.rawValue == "agt_9")
        #expect(server.targets == [])
        let named = try await lookup.deletionTarget("one", confirmedName: "typed")
        #expect(named.id.rawValue == "agt_8" && named.confirmedName == "typed")
        for text in ["on", "ONE", " one", "one-mor"] {
            #expect(await Self.failure { _ = try await lookup.deletionTarget(text, confirmedName: "one") }.status == 3)
        }
    }

    @Test("a part of a name is not unique when the list goes on for longer than a search reads; a whole name and an id are")
    func longList() async throws {
        let page = #"{"data": [{"id": "agt_1", "name": "refill-line-west"}], "next_cursor": "c"}"#
        for (text, status) in [("refill", 1), ("refill-line-west", 0), ("zzz", 1)] as [(String, Int32)] {
            let server = AgentServer(Self.agents, answers: [("/agents?", 200, page)])
            let failure = await Self.failure { _ = try await Self.lookup(server).detail(AgentReference(text)) }
            #expect(failure.status == status, "\(text): \(failure)")
        }
    }

    @Test("whether an agent without sessions exists is known only when the service says so")
    func exists() async throws {
        let server = AgentServer(Self.agents, answers: [("/agents/agt_8", 403, "{}"), ("/agents/agt_9", 404, "<html>")])
        let lookup = try Self.lookup(server)
        #expect(await lookup.exists(Identifier("agt_1")) == true)
        #expect(await lookup.exists(Identifier("agt_6")) == false)
        for id in ["agt_8", "agt_9"] { #expect(await lookup.exists(Identifier(id)) == nil) }
    }
}
