import MaskerMock
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("API tokens, over libcurl", .ownThread)
struct TokenRequestTests {
    private static let secret = "mskr_s3cret-token"
    private static let page = "{\"data\":[]}"

    private static func client(_ host: APIHost, for owner: APIHost? = nil, token: String = secret) throws -> MaskerClient {
        let login = LoginSession(host: owner ?? host, token: try APIToken(token))
        return MaskerClient(host: host, transport: PatientTransport(host: host), login: login, retry: .none)
    }

    private static func client(_ server: ScriptedServer) throws -> MaskerClient { try client(try APIHost(server.origin)) }

    /// A mock server that has the token, with these scopes.
    private static func withMock(_ scopes: Set<MockScope>, login: String = "ada", _ body: (TestService, MaskerClient) async throws -> Void) async throws {
        try await TestService.with({ $0.tokens = [MockToken(login: login, scopes: scopes, value: secret)] }) { service in
            try await body(service, try client(service.host))
        }
    }

    @Test("a token is sent as a bearer token, without a cookie; Set-Cookie of the answer is ignored, whatever the status", arguments: [200, 403, 404, 422])
    func header(status: Int) async throws {
        let cookie = "Set-Cookie: masker_session=planted; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=2592000"
        let server = try ScriptedServer([.send(ScriptedServer.answer(Self.page, status: "\(status) X", headers: [cookie]))])
        let client = try Self.client(server)
        for _ in 0..<2 { _ = try? await client.agents() }
        #expect(server.requests.count == 2)
        for request in server.requests {
            #expect(request.contains("\r\nAuthorization: Bearer \(Self.secret)\r\n"))
            #expect(!request.lowercased().contains("cookie") && !request.contains("planted"))
        }
        let login = client.loginStatus
        #expect(login.source == .token && login.isToken && login.valueRenewals == 0 && login.expiresAt == nil && login.storageProblem == nil)
    }

    @Test("promise 6: a redirect is not followed, and no token is sent to its target", arguments: [301, 302, 307, 308])
    func redirects(status: Int) async throws {
        let elsewhere = try ScriptedServer([.send(ScriptedServer.answer(Self.page))])
        for target in [elsewhere.origin + "/x", "http://localhost:\(elsewhere.port)/x", "//127.0.0.1:\(elsewhere.port)/"] {
            let server = try ScriptedServer([.send(ScriptedServer.answer("", status: "\(status) Moved", headers: ["Location: \(target)"]))])
            #expect(await failure { try await Self.client(server).agents() }?.kind == .redirected(to: target))
        }
        #expect(elsewhere.connections == 0)
    }

    @Test("promise 6: a token for one host is not sent to another")
    func foreign() async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(Self.page))])
        let client = try Self.client(try APIHost(server.origin), for: .hosted)
        guard case .transport(let cause)? = await failure({ try await client.agents() })?.kind else { return fail("it was sent") }
        #expect(cause.reason == .refused && server.connections == 0)
    }

    @Test("requests that are sent without the login session are also sent without the token")
    func openEndpoints() async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(#"{"status":"ok"}"#))])
        let client = try Self.client(server)
        let agent = Agent(id: Identifier("agt_1"))
        _ = try await client.health()
        _ = try? await client.assistantRequest(agent, signedWith: nil)
        _ = try? await client.completion(agent)
        #expect(server.requests.count == 3 && !server.received.lowercased().contains("authorization"))
    }

    @Test("promise 20: a refused token is reported, and not sent again")
    func refused() async throws {
        try await TestService.with { service in
            let client = try Self.client(service.host)
            let error = await failure { try await client.agents() }
            #expect(error?.kind == .unauthenticated && error?.status == 401 && error?.isOfToken == true && error?.requestID != nil)
            let status = client.loginStatus
            #expect(status.source == nil && status.refusedSource == .token && status.isToken)
            #expect(await failure { try await client.currentUser() } == .refusedToken)
            #expect(service.server.requests.map(\.token) == [Self.secret])
        }
    }

    @Test("a 401 to a login session is not reported as one of a token")
    func refusedSession() async throws {
        try await TestService.with { service in
            #expect(await failure { try await service.client("wrong").agents() }?.isOfToken == false)
            #expect(await failure { try await service.client(nil).agents() }?.isOfToken == false)
        }
    }

    @Test("a missing scope is a 403 with its name, and the token stays valid for other requests")
    func scopes() async throws {
        try await Self.withMock([.readAgents]) { service, client in
            #expect(try await client.currentUser().login == "ada")
            let agent = try #require(try await client.agents().data.first)
            #expect(try await client.agent(agent.id).agent.id == agent.id)
            func lacks(_ scope: String, _ call: () async throws -> Void) async {
                let error = await failure(call)
                #expect(error?.kind == .forbidden && error?.code == "missing_scope" && error?.scope == scope)
                #expect(error?.message == "This API token lacks the scope \(scope)." && error?.isOfToken == false)
            }
            await lacks("sessions:read") { _ = try await client.sessions() }
            await lacks("sessions:read") { _ = try await client.sessions(of: agent.id) }
            await lacks("sessions:read") { _ = try await client.session(Identifier("sess_1")) }
            await lacks("reports:read") { _ = try await client.report(Identifier("sess_1")) }
            await lacks("agents:write") { _ = try await client.createAgent(NewAgent(name: "x", upstream: "stub")) }
            await lacks("agents:delete") { try await client.deleteAgent(agent.id) }
            #expect(try await client.agents().data.first?.id == agent.id && client.loginStatus.source == .token)
            #expect(service.server.requests.allSatisfy { $0.cookie == nil && $0.token == Self.secret })
        }
    }

    @Test("a token with a scope has the rights of its user, and no more")
    func allowed() async throws {
        try await Self.withMock(Set(MockScope.allCases)) { service, client in
            let made = try await client.createAgent(NewAgent(name: "by-token", upstream: "stub"))
            try await client.deleteAgent(made.id)
            let session = try #require(try await client.sessions(SessionFilter(since: "30d")).data.first)
            #expect(try await client.report(session.id).sessionID == session.id)
        }
        try await Self.withMock([.deleteAgents], login: "grace") { service, client in
            let agent = try #require(service.server.agents.first)
            let error = await failure { try await client.deleteAgent(agent.id) }
            #expect(error?.kind == .forbidden && error?.scope == nil, "a member has no permission, whatever the token's scopes")
        }
    }

    @Test("only a 403 has a scope, and only when the answer names it")
    func scopeNames() throws {
        let details = try JSON(parsing: Array(#"{"scope": "agents:read"}"#.utf8))
        #expect(OpenDecision.missingScope(403, details: details) == "agents:read")
        #expect(OpenDecision.missingScope(422, details: details) == nil && OpenDecision.missingScope(403, details: nil) == nil)
    }

    @Test("logging out and signing in send no request with a token, and change nothing")
    func notFromHere() async throws {
        try await Self.withMock([.readAgents]) { service, client in
            #expect(await client.logOut() == .isToken)
            let cookie = try CookieValue(pasted: TestService.admin)
            #expect(await failure { try await client.signIn(with: cookie, store: true) }?.isOfToken == true)
            #expect(service.server.requests.isEmpty && client.loginStatus.source == .token)
            #expect(try await client.currentUser().login == "ada")
        }
    }

    @Test("requests with a token do not wait for one another")
    func manyAtOnce() async throws {
        try await Self.withMock([.readAgents]) { service, client in
            await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<24 { group.addTask { (try? await client.agents()) != nil } }
                for await isFine in group { #expect(isFine) }
            }
            #expect(service.server.requests.count == 24)
        }
    }

    @Test("a token is visible ASCII of at most 4096 bytes, with white space around it; an error does not contain it")
    func texts() throws {
        #expect(try APIToken(" \n\(Self.secret)\t") == APIToken(Self.secret))
        #expect(try APIToken(Self.secret) != APIToken(Self.secret + "x"))
        for bad in ["", "  ", "s3cret two", "s3cret\r\nX: y", "s3crét", "s3cret\u{0}", String(repeating: "s3cret", count: 700)] {
            #expect { try APIToken(bad) } throws: { !"\($0)".contains("s3cr") && $0 is InvalidToken }
        }
    }

    @Test("printing, dumping or interpolating does not show a token")
    func withheld() async throws {
        let token = try APIToken(Self.secret)
        let login = LoginSession(host: .hosted, token: token)
        var text = "\(token) \(String(reflecting: token)) \(login) \(login.status)"
        dump(token, to: &text)
        dump(login, to: &text)
        if let ticket = await login.begin() { dump(ticket, to: &text) }
        #expect(!text.contains("s3cret"))
    }
}
