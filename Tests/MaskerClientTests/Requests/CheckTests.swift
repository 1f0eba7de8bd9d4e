import MaskerMock
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Checking an agent, over libcurl, against the mock", .ownThread)
struct CheckTests {
    @Test("the signature is HMAC-SHA256 in lower-case hex, as RFC 4231 has it; a prefix is accepted, anything else is not")
    func signature() throws {
        // Test case 2 of RFC 4231.
        let secret = try #require(WebhookSecret("Jefe")), body = Array("what do ya want for nothing?".utf8)
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        #expect(WebhookSignature.of(body, secret: secret) == expected)
        for good in [expected, "sha256=" + expected] { #expect(WebhookSignature.verifies(good, body, secret: secret)) }
        for bad in ["", "sha256=", expected.uppercased(), String(expected.dropLast()), expected + "0", "sha1=" + expected] {
            #expect(!WebhookSignature.verifies(bad, body, secret: secret))
        }
        #expect(WebhookSecret("") == nil)
        // A key that is longer than a block, and one that fills it; computed with another implementation.
        let longer = try #require(WebhookSecret(String(repeating: "*", count: 131)))
        #expect(WebhookSignature.of(Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8), secret: longer)
            == "a879fe293ec4822a32e30037ac471452fbecd684d14d8c2b72a0743f6c2f40a6")
        let whole = try #require(WebhookSecret(String(repeating: "*", count: 64)))
        #expect(WebhookSignature.of(Array("x".utf8), secret: whole) == "36cbadacddeb9af6ec2d90ad19c260a924b7045d0a0fda5a9d4fdec4c55e1901")
    }

    @Test("no description shows a secret")
    func withheld() throws {
        let secret = try #require(WebhookSecret("s3cret-webhook"))
        #expect(!"\(secret) \(String(reflecting: secret)) \(Mirror(reflecting: secret).children.count)".contains("s3cret"))
    }

    @Test("the right secret gets the agent's proxy; a wrong or missing one is 401; an unknown agent is 404")
    func webhook() async throws {
        try await TestService.with({ $0.webhookSecret = "right" }) { service in
            let client = try service.client()
            let agent = try #require(try await client.agents().data.first)
            let answer = try await client.assistantRequest(agent, signedWith: WebhookSecret("right"))
            #expect(answer.modelURL.map { AssistantAnswer.isProxy($0, of: agent) } == true)
            #expect(await failure { try await client.assistantRequest(agent, signedWith: WebhookSecret("wrong")) }?.kind == .unauthenticated)
            #expect(await failure { try await client.assistantRequest(agent, signedWith: nil) }?.kind == .unauthenticated)
            let stranger = Agent(id: Identifier("agt_none"))
            let unknown = await failure { try await client.assistantRequest(stranger, signedWith: WebhookSecret("right")) }
            #expect(unknown?.kind == .notFound && unknown?.code == "agent_not_found")
            // That 401 does not concern the login session.
            #expect(client.loginStatus.source == .environment)
            #expect(try await client.currentUser().login == "ada")
        }
    }

    @Test("one completion through the proxy is sent once, and creates a call session")
    func proxy() async throws {
        try await TestService.with { service in
            let client = try service.client()
            let agent = try #require(try await client.agents().data.first)
            let before = Set(try await client.sessions(of: agent.id).data.map(\.id))
            #expect(try await client.completion(agent).model == agent.upstream?.rawValue.split(separator: ":").last.map(String.init))
            #expect(try await client.sessions(of: agent.id).data.filter { !before.contains($0.id) }.count == 1)
            #expect(service.server.requests.filter { $0.method == "POST" }.count == 1)
            #expect(await failure { try await client.completion(Agent(id: Identifier("agt_none"))) }?.kind == .notFound)
        }
    }

    @Test("a completion without an answer is not sent again, whatever the retry policy")
    func once() async throws {
        try await TestService.with({ $0.faults = [MockFault(method: "POST", drop: .after)] }) { service in
            let client = try service.client(retry: .standard)
            let agent = try #require(try await client.agents().data.first)
            #expect(await failure { try await client.completion(agent) } != nil)
            #expect(service.server.requests.filter { $0.method == "POST" }.count == 1)
        }
    }

    @Test("promise 6: neither check is sent with the cookie")
    func noCookie() async throws {
        try await TestService.with({ $0.webhookSecret = "right" }) { service in
            let client = try service.client()
            let agent = try #require(try await client.agents().data.first)
            _ = try await client.assistantRequest(agent, signedWith: WebhookSecret("right"))
            _ = await failure { try await client.assistantRequest(agent, signedWith: nil) }
            _ = try await client.completion(agent)
            let posts = service.server.requests.filter { $0.method == "POST" }
            #expect(posts.count == 3 && posts.allSatisfy { $0.cookie == nil })
            #expect(service.server.requests.contains { $0.cookie == TestService.admin }, "the list was requested with it")
        }
    }

    @Test("promise 6: no check is sent when the agent's URLs cannot be used, and the sentence names the URL", arguments: [
        "http://user@127.0.0.1/x", "/x", "", "ftp://127.0.0.1/x", "javascript:alert(1)",
    ])
    func noAddress(url: String) async throws {
        try await TestService.with { service in
            let client = try service.client()
            let agent = Agent(id: Identifier("agt_1"), proxyURL: url, webhookURL: url)
            for error in [
                await failure { try await client.assistantRequest(agent, signedWith: WebhookSecret("right")) },
                await failure { try await client.completion(agent) },
            ] {
                guard case .transport(let reason)? = error?.kind else { return fail("\(url): \(String(describing: error))") }
                #expect(reason.reason == .refused && reason.detail.contains("“\(url)”") && !reason.mayHaveReachedServer)
            }
            #expect(service.server.requests.isEmpty)
        }
    }

    @Test("promise 6: for an agent's URL on another host, the check goes to its path on the server, and not to that host", arguments: [
        "https://elsewhere.example", "https://127.0.0.1", "http://127.0.0.1.elsewhere.example:8080",
    ])
    func otherHost(origin: String) async throws {
        let other = try ScriptedServer([.send(ScriptedServer.answer("{}"))])
        let server = try ScriptedServer([.send(ScriptedServer.answer("{}"))])
        let client = try server.client()
        for origin in [origin, other.origin] {
            let agent = Agent(id: Identifier("agt_1"), proxyURL: origin + "/p/agt_1/v1/chat/completions", webhookURL: origin + "/w/agt_1?x=1")
            _ = try await client.assistantRequest(agent, signedWith: WebhookSecret("right"))
            _ = try await client.completion(agent)
        }
        let lines = ["POST /w/agt_1?x=1 HTTP/1.1", "POST /p/agt_1/v1/chat/completions HTTP/1.1"]
        #expect(server.requests.map { $0.prefix { $0 != "\r\n" } }.map(String.init) == lines + lines)
        #expect(other.connections == 0 && !server.received.contains("Cookie"))
    }

    @Test("promise 6: when the configuration names that host, only the checks go there, without cookie or token", arguments: [false, true])
    func publicHost(hasToken: Bool) async throws {
        let other = try ScriptedServer([.send(ScriptedServer.answer("{}", headers: ["Set-Cookie: masker_session=planted; Path=/"]))])
        let server = try ScriptedServer([.send(ScriptedServer.answer(#"{"data":[]}"#))])
        let host = try APIHost(server.origin), named = try APIHost(other.origin)
        let login = hasToken
            ? LoginSession(host: host, token: try APIToken("s3cret"))
            : LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "s3cret"))
        let client = MaskerClient(
            host: host, transport: PatientTransport(host: host), login: login, retry: .none,
            publicHost: PublicHost(named, transport: PassingTransport(host: named, settings: CurlTransport.Settings())))
        let agent = Agent(id: Identifier("agt_1"), proxyURL: other.origin + "/p/v1/chat/completions", webhookURL: other.origin + "/w")
        _ = try await client.assistantRequest(agent, signedWith: WebhookSecret("right"))
        _ = try await client.completion(agent)
        #expect(server.connections == 0)
        _ = try await client.agents()
        #expect(server.requests.count == 1 && server.received.contains("s3cret"))
        #expect(other.requests.map { $0.prefix { $0 != "\r\n" } }.map(String.init) == ["POST /w HTTP/1.1", "POST /p/v1/chat/completions HTTP/1.1"])
        #expect(!other.received.contains("s3cret") && !other.received.lowercased().contains("cookie") && !other.received.lowercased().contains("authorization"))
        #expect(client.loginStatus.valueRenewals == 0)
    }

    @Test("a URL on the server, in any spelling, gives its path", arguments: [
        ("https://masker.example.org/a/b?c=d", "/a/b?c=d"), ("https://MASKER.example.org:443/a", "/a"),
    ])
    func sameHost(address: String, target: String) throws {
        #expect(try APIHost("https://masker.example.org").target(of: address) == target)
    }

    @Test("the missing end of a proxy URL's path is added", arguments: [
        ("/proxy/agt_1/v1/chat/completions", "/proxy/agt_1/v1/chat/completions"), ("/proxy/agt_1/v1", "/proxy/agt_1/v1/chat/completions"),
        ("/proxy/agt_1/", "/proxy/agt_1/v1/chat/completions"),
    ])
    func proxyPath(path: String, target: String) {
        #expect(Endpoint.completion(Identifier("agt_1"), target: path).target == target)
        #expect(Endpoint.completion(Identifier("agt_1"), target: nil).target == "/proxy/agt_1/v1/chat/completions")
        #expect(Endpoint.assistantRequest(Identifier("a/b"), target: nil, signature: nil).target == "/vapi/webhook/a%2Fb")
    }
}
