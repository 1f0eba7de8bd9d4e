import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Which parts of an answer count, and where a request may go", .ownThread)
struct AnswerRulesTests {
    @Test("a folded line is not a header of its own")
    func foldedHeader() async throws {
        let folded = ScriptedServer.answer(#"{"status":"ok"}"#, headers: ["X-Note: a\r\n Set-Cookie: masker_session=planted"])
        let server = try ScriptedServer([.send(folded)])
        let client = try server.client()
        _ = try await client.health()
        _ = await failure { try await client.agents() }
        #expect(client.loginStatus.valueRenewals == 0)
    }

    @Test("a trailer is not a header")
    func trailer() async throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Set-Cookie\r\n\r\n"
        let body = "2\r\n{}\r\n0\r\nSet-Cookie: masker_session=planted\r\n\r\n"
        let server = try ScriptedServer([.send(head + body)])
        let transport = PatientTransport(host: try APIHost(server.origin))
        let response = try await transport.send(HTTPRequest(.get, "/"), onHead: nil, onBody: nil)
        #expect(response.head["set-cookie"] == nil)
        #expect(response.body == Array("{}".utf8))
    }

    @Test("an interim answer is not the answer")
    func interim() async throws {
        let interim = "HTTP/1.1 103 Early Hints\r\nSet-Cookie: masker_session=planted\r\n\r\n"
        let server = try ScriptedServer([.send(interim + ScriptedServer.answer("{\"data\":[]}"))])
        let client = try server.client()
        #expect(try await client.agents().data.isEmpty)
        #expect(client.loginStatus.valueRenewals == 0)
    }

    @Test("an error without a message gets one from its status", arguments: [301, 401, 403, 404, 409, 410, 422, 429, 500, 503])
    func wordless(status: Int) async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer("", status: "\(status) X"))])
        #expect(await failure { try await server.client().agents() }?.message.isEmpty == false)
    }

    @Test("a date in Retry-After is compared with the server's clock")
    func retryAfterDate() {
        let head = HTTPResponseHead(status: 429, headers: [
            ("date", "Thu, 01 Jan 2032 00:00:00 GMT"), ("retry-after", "Thu, 01 Jan 2032 00:00:12 GMT"),
        ])
        #expect(APIError.retryAfter(head, now: Date(timeIntervalSince1970: 0)) == .seconds(12))
    }

    @Test("promise 34: a Retry-After that is neither whole seconds nor an HTTP date counts as 5 s; so does a date in the past", arguments: [
        ("7", 7), ("0", 0), ("-7", 5), ("+7", 5), ("1e3", 5), ("0x20", 5), ("7.5", 5), ("nan", 5), ("inf", 5), ("", 5), ("soon", 5),
        ("7 s", 5), ("Thu, 01 Jan 2032 00:00:00 GMT", 12), ("Thu, 01 Jan 1998 00:00:00 GMT", 5), ("Fri, 31 Dec 9999 23:59:59 GMT", 5),
        ("99999999999999999999999", 1_000_000_000),
    ])
    func retryAfter(text: String, seconds: Int) throws {
        let now = try #require(HTTPDate.parse("Wed, 31 Dec 2031 23:59:48 GMT"))
        #expect(APIError.retryAfter(HTTPResponseHead(status: 429, headers: [("retry-after", text)]), now: now) == .seconds(seconds))
    }

    @Test("only 204, and 401 to a session that is no longer valid, confirm a log-out", arguments: [
        ("200 OK", "<html>signed in?</html>", false), ("200 OK", "{}", false), ("200 OK", "", false), ("202 Accepted", "", false),
        ("302 Found", "", false), ("404 Not Found", "", false), ("204 No Content", "", true), ("401 Unauthorized", "{}", true),
    ])
    func logOut(status: String, body: String, isConfirmed: Bool) async throws {
        let answer = status.hasPrefix("204") ? "HTTP/1.1 204 No Content\r\n\r\n" : ScriptedServer.answer(body, status: status)
        let client = try ScriptedServer([.sendAndClose(answer)]).client()
        let outcome = await client.logOut()
        if case .onlyHere = outcome { #expect(!isConfirmed) } else { #expect(isConfirmed, "\(outcome)") }
        #expect(client.loginStatus.source == nil, "the session is forgotten here in any case")
    }

    @Test("promise 6: a target that would change the host is not sent", arguments: [".evil.example/", "@evil.example/", ":1/", ""])
    func target(text: String) async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer("{}"))])
        let transport = PatientTransport(host: try APIHost(server.origin))
        await #expect(throws: TransportError.self) {
            _ = try await transport.send(HTTPRequest(.get, text), onHead: nil, onBody: nil)
        }
        #expect(server.requests.isEmpty)
    }

    @Test("promise 6: a login session made for one host is not sent to another")
    func foreignCookie() async throws {
        let server = try ScriptedServer([.send(ScriptedServer.answer("{\"data\":[]}"))])
        let host = try APIHost(server.origin)
        let login = LoginSession(host: .hosted, store: nil, environmentValue: try CookieValue(pasted: "x"))
        let client = MaskerClient(host: host, transport: PatientTransport(host: host), login: login, retry: .none)
        let error = await failure { try await client.agents() }
        #expect(error?.kind == .transport(TransportError(.refused, detail: error?.message ?? "")))
        #expect(server.requests.isEmpty)
    }

    @Test("a server that does not finish the TLS handshake has not received the request")
    func silentHandshake() async throws {
        let server = try ScriptedServer([.silence])
        let host = try APIHost("https://127.0.0.1:\(server.port)")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "x"))
        var settings = CurlTransport.Settings()
        settings.connectTimeout = .seconds(1)
        let client = MaskerClient(host: host, transport: CurlTransport(host: host, settings: settings), login: login, retry: .none)
        let error = await failure { try await client.deleteAgent(Identifier("agt_1")) }
        guard case .transport(let cause)? = error?.kind else { return fail("\(String(describing: error))") }
        #expect(!cause.mayHaveReachedServer)
    }
}
