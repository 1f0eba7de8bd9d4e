import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("libcurl against a server that misbehaves byte by byte", .ownThread)
struct TransportTests {
    private static let page = #"{"data":[],"next_cursor":null}"#

    private func reason(_ error: APIError?) -> TransportError.Reason? {
        guard case .transport(let cause)? = error?.kind else { return nil }
        return cause.reason
    }

    @Test("the request has the path and the cookie as one header, and uses no cache and no cookie engine")
    func request() async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(Self.page))])
        _ = try await server.client().agents(limit: 5, cursor: "a+b")
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("GET /api/v1/agents?limit=5&cursor=a%2Bb HTTP/1.1\r\n"))
        #expect(request.components(separatedBy: "Cookie: masker_session=scripted-cookie\r\n").count == 2)
        #expect(!request.contains("Accept-Encoding"))
        #expect(!request.contains("Expect"))
    }

    @Test("promise 6: a redirect is never followed, whatever its target, and no cookie is sent there", arguments: [301, 302, 303, 307, 308])
    func redirects(status: Int) async throws {
        let elsewhere = try ScriptedServer([.send(ScriptedServer.answer(Self.page))])
        let port = elsewhere.port
        let targets = [
            elsewhere.origin + "/x", "http://localhost:\(port)/x", "https://127.0.0.1:\(port)/x", "http://sub.localhost:\(port)/",
            "http://user@127.0.0.1:\(port)/", "//127.0.0.1:\(port)/", "ftp://127.0.0.1:\(port)/",
        ]
        for target in targets {
            let server = try ScriptedServer([.send(ScriptedServer.answer("", status: "\(status) Moved", headers: ["Location: \(target)"]))])
            #expect(await failure { try await server.client().agents() }?.kind == .redirected(to: target))
            #expect(server.requests.count == 1)
        }
        #expect(elsewhere.connections == 0)
    }

    @Test("promise 15: after a 204 that is cut inside its headers, it is unknown whether the agent was deleted")
    func cutNoContent() async throws {
        let server = try ScriptedServer([.sendAndClose("HTTP/1.1 204 No Content\r\nDate: x")])
        let error = await failure { try await server.client().deleteAgent(Identifier("agt_1")) }
        #expect(reason(error) == .connectionLost)
        guard case .transport(let cause)? = error?.kind else { return }
        #expect(cause.mayHaveReachedServer)
    }

    @Test("promise 14: a DELETE is sent once, also when a kept connection is dead")
    func oneDelete() async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(Self.page)), .close])
        let client = try server.client()
        _ = try await client.agents()
        #expect(reason(await failure { try await client.deleteAgent(Identifier("agt_1")) }) == .connectionLost)
        #expect(server.requests.filter { $0.hasPrefix("DELETE") }.count == 1)
        #expect(server.connections == 2, "the DELETE has a new connection")
    }

    @Test("200 instead of 204 does not confirm a deletion")
    func wrongSuccess() async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer("{}"))])
        #expect(await failure { try await server.client().deleteAgent(Identifier("agt_1")) }?.kind == .unexpectedResponse)
    }

    @Test("promise 11: endless bodies and headers are cut off")
    func endless() async throws {
        let body = try ScriptedServer([.endless("HTTP/1.1 200 OK\r\n\r\n", String(repeating: "x", count: 65_536))])
        #expect(reason(await failure { try await body.client().agents() }) == .tooLarge)
        let headers = try ScriptedServer([.endless("HTTP/1.1 200 OK\r\n", "X-Filling: \(String(repeating: "y", count: 900))\r\n")])
        #expect(reason(await failure { try await headers.client().agents() }) == .tooLarge)
        // libcurl does not accept a line as long as this one, and reports that as a lack of memory.
        let line = try ScriptedServer([.sendAndClose("HTTP/1.1 200 OK\r\nX-Filling: \(String(repeating: "y", count: 1 << 20))\r\n\r\n{}")])
        #expect(reason(await failure { try await line.client().agents() }) == .tooLarge)
    }

    @Test("no server at the port, and a name that does not exist")
    func nobody() async throws {
        let server = try ScriptedServer([.close])
        let client = try server.client()
        server.stop()
        guard case .transport(let cause)? = await failure({ try await client.agents() })?.kind else { return fail("it is there") }
        #expect(cause == TransportError(.connect, detail: "no connection to 127.0.0.1 port \(server.port)"))
        let host = try APIHost("https://no-such-host.invalid")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "x"))
        let lost = MaskerClient(host: host, transport: PatientTransport(host: host), login: login, retry: .none)
        #expect(reason(await failure { try await lost.agents() }) == .resolve)
    }

    @Test("promise 13: a cancelled call to a silent server ends at once")
    func silence() async throws {
        let server = try ScriptedServer([.silence])
        let client = try server.client()
        let task = Task { await failure { try await client.agents() } }
        #expect(await server.eventually { !$0.requests.isEmpty })
        task.cancel()
        #expect(reason(await task.value) == .cancelled)
    }

    @Test("shutting down ends open calls; later calls fail at once")
    func shutDown() async throws {
        let server = try ScriptedServer([.silence])
        let host = try APIHost(server.origin)
        let transport = PatientTransport(host: host)
        let task = Task { () -> TransportError.Reason? in
            do {
                _ = try await transport.send(HTTPRequest(.get, "/"), onHead: nil, onBody: nil)
                return nil
            } catch { return (error as? TransportError)?.reason }
        }
        #expect(await server.eventually { !$0.requests.isEmpty })
        transport.shutDown()
        #expect(await task.value == .cancelled)
        await #expect(throws: TransportError.self) {
            _ = try await transport.send(HTTPRequest(.get, "/"), onHead: nil, onBody: nil)
        }
    }

    @Test("a call that is submitted during shutting down is answered, too")
    func submittedAndShutDown() async throws {
        var settings = CurlTransport.Settings()
        let gate = DispatchSemaphore(value: 0)
        // The thread reads its queue only when both have arrived.
        settings.onThreadStart = { gate.wait() }
        let network = NetworkThread(host: try APIHost("http://127.0.0.1:9"), settings: settings)
        network.start()
        let (answers, feed) = AsyncStream<Result<HTTPResponse, TransportError>>.makeStream()
        Task {
            feed.yield(await withCheckedContinuation { continuation in
                network.submit(Transfer(id: 1, request: HTTPRequest(.get, "/"), onHead: nil, onBody: nil, continuation: continuation))
                network.stop(waiting: false)
                gate.signal()
            })
        }
        // A limit, so that a call that is never answered does not block the tests.
        Task {
            try await Task.sleep(for: Patience.hang)
            feed.finish()
        }
        var iterator = answers.makeAsyncIterator()
        let answer = try #require(await iterator.next(), "it is never answered")
        #expect(throws: TransportError.self) { try answer.get() }
    }

    @Test("every form of the error envelope gives code, message and request id", arguments: [
        (#"{"error":{"code":"c","message":"m","request_id":"r"}}"#, [String](), "c", "m", "r"),
        (#"{"error":{"code":"c","message":"m"},"request_id":"r"}"#, [], "c", "m", "r"),
        (#"{"error":{"code":"c","message":"m"}}"#, ["X-Request-Id: r"], "c", "m", "r"),
        ("<html>502 Bad Gateway</html>", ["X-Request-Id: r"], nil, "the service is not available", "r"),
        ("", [], nil, "the service is not available", nil), (#"{"error":"m"}"#, [], nil, "m", nil),
    ] as [(String, [String], String?, String, String?)])
    func envelopes(body: String, headers: [String], code: String?, message: String, requestID: String?) async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(body, status: "502 Bad", headers: headers))])
        let error = await failure { try await server.client().agents() }
        #expect(error == APIError(kind: .server, status: 502, code: code, message: message, requestID: requestID))
    }

    @Test("promise 34: the pause of Retry-After, in every form", arguments: [
        ("3", 3), ("0", 0), ("-4", 5), ("soon", 5), ("9999999999", 1_000_000_000), ("Thu, 01 Jan 1970 00:00:00 GMT", 5),
    ])
    func retryAfter(text: String, seconds: Int) async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer("{}", status: "429 Slow", headers: ["Retry-After: \(text)"]))])
        #expect(await failure { try await server.client().agents() }?.kind == .rateLimited(retryAfter: .seconds(seconds)))
    }

    @Test("the second path of the current user is tried after a 404, and remembered")
    func currentUserPath() async throws {
        let user = ScriptedServer.answer(#"{"login":"ada","is_admin":true}"#)
        let server = try ScriptedServer([.send(ScriptedServer.answer("{}", status: "404 No")), .send(user)])
        let client = try server.client()
        #expect(try await client.currentUser().mayAdminister == true)
        _ = try await client.currentUser()
        #expect(server.requests.map { $0.split(separator: " ")[1] } == ["/api/v1/me", "/api/v1/auth/me", "/api/v1/auth/me"])
    }

    @Test("a server's cookie cannot add a header to a request")
    func cookieInjection() async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer(Self.page, headers: ["Set-Cookie: masker_session=a b\u{1}; Path=/"]))])
        let client = try server.client()
        _ = try await client.agents()
        _ = try await client.agents()
        #expect(server.requests.allSatisfy { $0.contains("Cookie: masker_session=scripted-cookie\r\n") })
    }

    @Test("SSLKEYLOGFILE is removed before libcurl can read it")
    func keyLog() throws {
        setenv("SSLKEYLOGFILE", "/tmp/keys", 1)
        let transport = CurlTransport(host: try APIHost("https://127.0.0.1:1"))
        #expect(getenv("SSLKEYLOGFILE") == nil)
        transport.shutDown()
    }
}
