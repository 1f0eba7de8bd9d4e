import Foundation
import MaskerMock
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Every endpoint, over libcurl, against the mock", .ownThread)
struct ClientTests {
    @Test("current user")
    func currentUser() async throws {
        try await TestService.with({ $0.me = .role }) { service in
            let user = try await service.client().currentUser()
            #expect(user.login == "ada")
            #expect(user.mayAdminister == true)
            #expect(user.email == "ada@example.org")
            #expect(try await service.client(TestService.member).currentUser().mayAdminister == false)
        }
    }

    @Test("agents page by page, filtered by name")
    func agents() async throws {
        try await TestService.with { service in
            let client = try service.client()
            var names: [String] = []
            var cursor: String?
            repeat {
                let page = try await client.agents(limit: 3, cursor: cursor)
                names += page.data.compactMap(\.name)
                cursor = page.nextCursor
            } while cursor != nil
            #expect(names.count == 7)
            #expect(Set(names).count == 7)
            let found = try await client.agents(nameContains: "REFILL")
            #expect(found.data.compactMap(\.name) == ["refill-line-west", "refill-line-east"])
            #expect(found.data.allSatisfy { $0.proxyURL?.hasPrefix(service.host.origin) == true && $0.createdAt != nil })
        }
    }

    @Test("one agent with policy and statistics")
    func agent() async throws {
        try await TestService.with { service in
            let client = try service.client()
            let first = try #require(try await client.agents().data.first)
            let detail = try await client.agent(first.id)
            #expect(detail.agent.name == first.name)
            #expect(detail.policyYAML?.contains("entities:") == true)
            #expect(detail.stats?.sessionCount24h == first.sessionCount24h)
            #expect(detail.stats?.p95LatencyMS != nil)
            #expect(detail.malformedFields.isEmpty)
        }
    }

    @Test("a created agent is listed first, and its name is taken")
    func create() async throws {
        try await TestService.with { service in
            let client = try service.client()
            let made = try await client.createAgent(NewAgent(name: "brand-new", upstream: "stub", tokenization: .reversibleAEAD))
            #expect(made.name == "brand-new")
            #expect(made.policyName == "healthcare-default")
            #expect(try await client.agents(limit: 1).data.first?.id == made.id)
            let error = await failure { try await client.createAgent(NewAgent(name: "brand-new", upstream: "stub")) }
            #expect(error?.kind == .conflict)
            #expect(error?.code == "name_taken")
            #expect(error?.requestID?.hasPrefix("req_") == true)
        }
    }

    @Test("the error for a value that the server does not accept says why", arguments: [
        (NewAgent(name: "", upstream: "stub"), "validation_failed"), (NewAgent(name: "x", upstream: "openai:gpt-9"), "unknown_upstream"),
        (NewAgent(name: "x", upstream: "stub", policy: .named("none-such")), "unknown_policy"),
        (NewAgent(name: "x", upstream: "stub", policy: .yaml("a: [")), "policy_yaml_invalid"),
    ])
    func validation(agent: NewAgent, code: String) async throws {
        try await TestService.with { service in
            let error = await failure { try await service.client().createAgent(agent) }
            #expect(error?.kind == .validation)
            #expect(error?.code == code)
            #expect(error?.status == 422)
        }
    }

    @Test("after an admin has deleted an agent, it is gone at once, and its sessions stay")
    func delete() async throws {
        try await TestService.with { service in
            let client = try service.client()
            let agent = try #require(try await client.agents().data.first)
            let sessions = try await client.sessions(of: agent.id, SessionFilter(since: "30d"))
            #expect(!sessions.data.isEmpty)
            try await client.deleteAgent(agent.id)
            #expect(await failure { try await client.agent(agent.id) }?.code == "agent_not_found")
            #expect(await failure { try await client.deleteAgent(agent.id) }?.kind == .notFound)
            let past = try await client.sessions(SessionFilter(since: "30d", agentID: agent.id))
            #expect(past.data.map(\.id) == sessions.data.map(\.id))
        }
    }

    @Test("a member cannot delete an agent: 403 with the request id, and the agent stays")
    func deleteForbidden() async throws {
        try await TestService.with { service in
            let client = try service.client(TestService.member)
            let agent = try #require(try await client.agents().data.first)
            let error = await failure { try await client.deleteAgent(agent.id) }
            #expect(error?.kind == .forbidden)
            #expect(error?.code == "forbidden")
            #expect(error?.requestID?.isEmpty == false)
            _ = try await client.agent(agent.id)
        }
    }

    @Test("sessions: filters and pages, newest first, no row twice")
    func sessions() async throws {
        try await TestService.with { service in
            let client = try service.client()
            var all: [CallSession] = []
            var cursor: String?
            repeat {
                let page = try await client.sessions(SessionFilter(since: "30d"), cursor: cursor)
                all += page.data
                cursor = page.nextCursor
            } while cursor != nil
            #expect(all.count > 380)
            #expect(Set(all.map(\.id)).count == all.count)
            #expect(zip(all, all.dropFirst()).allSatisfy { ($0.startedAt ?? .distantPast) >= ($1.startedAt ?? .distantFuture) })
            let errors = try await client.sessions(SessionFilter(since: "30d", status: .error))
            #expect(errors.data.map(\.id) == all.filter { $0.status == .error }.prefix(100).map(\.id))
            let many = try await client.sessions(SessionFilter(since: "30d", minRedactions: 6))
            #expect(many.data.map(\.id) == all.filter { $0.redactionCount ?? 0 >= 6 }.prefix(100).map(\.id))
            let day = try await client.sessions()
            #expect(day.data.count < 40, "24 hours by default")
        }
    }

    @Test("one session with stages, events and, when they are logged, payloads")
    func session() async throws {
        try await TestService.with { service in
            let client = try service.client()
            let logging = try #require(service.server.agents.first { $0.policyName == "intake-debug" })
            let logged = try #require(try await client.sessions(of: logging.id, SessionFilter(since: "30d", minRedactions: 1)).data.first)
            #expect(logged.agentName == nil)
            let detail = try await client.session(logged.id)
            #expect(detail.session.agentName == "intake-test")
            #expect(detail.payloads?.request?.isEmpty == false)
            #expect(detail.events?.count == logged.redactionCount)
            #expect(detail.merkleRootHex?.count == 64)
            #expect(detail.stageDurations?.upstream != nil)
            #expect(detail.malformedFields.isEmpty)
            #expect(await failure { try await client.session(Identifier("sess_none")) }?.code == "session_not_found")
        }
    }

    @Test("the report as JSON and as a PDF has the same root")
    func report() async throws {
        try await TestService.with { service in
            let client = try service.client()
            let session = try #require(try await client.sessions(SessionFilter(since: "30d")).data.first)
            let report = try await client.report(session.id)
            #expect(report.sessionID == session.id)
            #expect(report.safeHarborCoverage?.categories?["A_names"] == "full")
            let root = try #require(report.auditRootHex)
            for format in Endpoint.ReportFormat.allCases {
                var bytes: [UInt8] = [], roots: [String]?, length: Int?
                for try await piece in client.report(session.id, as: format) {
                    switch piece {
                    case .start(let expected): length = expected
                    case .bytes(let more): bytes += more
                    case .complete(let whole):
                        roots = whole.merkleRoots
                        #expect(whole.report?.sessionID == (format == .json ? session.id : nil))
                    }
                }
                #expect(roots == [root] && length == bytes.count)
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(text.hasPrefix(format == .pdf ? "%PDF-" : "{") && text.contains(root))
            }
        }
    }

    @Test("health, without the cookie")
    func health() async throws {
        try await TestService.with { service in
            let health = try await service.client().health()
            #expect(!health.isDegraded)
            #expect(service.cookiesSeen == [nil])
        }
    }

    @Test("promise 40: a report whose connection is lost is an error", arguments: [0, 5, 300], Endpoint.ReportFormat.allCases)
    func cutReport(bytes: Int, format: Endpoint.ReportFormat) async throws {
        try await TestService.with { service in
            let client = try service.client()
            let session = try #require(try await client.sessions(SessionFilter(since: "30d")).data.first)
            service.server.setFaults([MockFault(path: "/api/v1/sessions/", truncateAt: bytes)])
            let error = await failure { for try await _ in client.report(session.id, as: format) {} }
            guard case .transport(let cause)? = error?.kind else { return fail("\(String(describing: error))") }
            #expect(cause.reason == .connectionLost)
        }
    }

    @Test("every status is its own error, with code, message and request id", arguments: [
        (401, APIError.Kind.unauthenticated), (403, .forbidden), (404, .notFound), (409, .conflict), (422, .validation), (400, .validation),
        (429, .rateLimited(retryAfter: .seconds(7))), (500, .server), (503, .server), (418, .unexpectedResponse),
    ])
    func statuses(status: Int, kind: APIError.Kind) async throws {
        try await TestService.with { service in
            service.server.setFaults([MockFault(path: "/api/v1/agents", status: status, code: "some_code", retryAfter: status == 429 ? "7" : nil)])
            let error = await failure { try await service.client().agents() }
            #expect(error?.kind == kind)
            #expect(error?.status == status)
            #expect(error?.code == "some_code")
            #expect(error?.requestID?.hasPrefix("req_") == true)
        }
    }

    @Test("invalid JSON and a lost connection are different errors")
    func brokenAnswers() async throws {
        try await TestService.with { service in
            service.server.setFaults([MockFault(garbage: true)])
            #expect(await failure { try await service.client().agents() }?.kind == .unexpectedResponse)
            service.server.setFaults([MockFault(drop: .before)])
            guard case .transport(let cause)? = await failure({ try await service.client().agents() })?.kind else {
                return fail("no transport error")
            }
            #expect(cause.reason == .connectionLost)
        }
    }

    @Test("promise 34: when the service is down, each request is sent only once, until one succeeds")
    func noStorm() async throws {
        try await TestService.with { service in
            var retry = RetryPolicy.standard
            retry.sleep = { _ in }
            let client = try service.client(retry: retry)
            service.server.setFaults([MockFault(path: "/api/v1", status: 503, code: "unavailable")])
            for _ in 0..<10 { _ = await failure { try await client.agents() } }
            #expect(service.server.requests.count == 3 + 9)
            service.server.setFaults([])
            _ = try await client.agents()
            service.server.setFaults([MockFault(path: "/api/v1", status: 503, code: "unavailable")])
            service.server.clearRequests()
            _ = await failure { try await client.agents() }
            #expect(service.server.requests.count == 3, "failed reads are sent again, as before")
        }
    }

    @Test("failed reads are sent again, writes never", arguments: [503, 429])
    func retries(status: Int) async throws {
        try await TestService.with { service in
            var retry = RetryPolicy.standard
            retry.sleep = { _ in }
            let client = try service.client(retry: retry)
            service.server.setFaults([MockFault(path: "/api/v1/agents", times: 2, status: status)])
            #expect(try await client.agents().data.count == 7)
            #expect(service.server.requests.count == 3)
            service.server.clearRequests()
            service.server.setFaults([MockFault(method: "DELETE", status: status)])
            _ = await failure { try await client.deleteAgent(Identifier("agt_x")) }
            #expect(service.server.requests.count == 1)
        }
    }

    @Test("cancelling the task ends the call at once, and the next one works")
    func cancelling() async throws {
        try await TestService.with { service in
            let client = try service.client()
            service.server.setFaults([MockFault(path: "/api/v1/agents", times: 1, latencyMS: 60_000)])
            let task = Task { await failure { try await client.agents() } }
            #expect(await Patience.wait { !service.server.requestsUnderWay.isEmpty })
            task.cancel()
            guard case .transport(let cause)? = await task.value?.kind else { return fail("not cancelled") }
            #expect(cause.reason == .cancelled)
            #expect(try await client.currentUser().login == "ada")
        }
    }
}
