import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Reading all sessions, the next page while one is used", .ownThread)
struct SessionPagesTests {
    @Test("the sessions are the same as page by page, in order")
    func sameAsByPage() async throws {
        try await TestService.with({ $0.sessions = 1_050 }) { service in
            let client = try service.client()
            let filter = SessionFilter(since: "30d")
            var expected: [Page<CallSession>] = [], cursor: String?
            repeat {
                expected.append(try await client.sessions(filter, cursor: cursor))
                cursor = expected.last?.nextCursor
            } while cursor != nil
            let all = client.sessionPages(filter)
            var found: [Page<CallSession>] = []
            while let page = try await all.next() { found.append(page) }
            #expect(expected.count > 3)
            #expect(found == expected)
            #expect(try await all.next() == nil)
        }
    }

    @Test("each page is requested with the cookie of the answer before it")
    func cookieRotates() async throws {
        func answer(_ number: Int, next: String) -> String {
            let body = #"{"data":[{"id":"sess_\#(number)"}],"next_cursor":\#(next)}"#
            return "HTTP/1.1 200 OK\r\nSet-Cookie: masker_session=value-\(number)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        let server = try ScriptedServer([.send(answer(1, next: #""a""#)), .send(answer(2, next: #""b""#)), .send(answer(3, next: "null"))])
        let all = try server.client(cookie: "value-0").sessionPages()
        var ids: [String] = []
        while let page = try await all.next() { ids += page.data.map(\.id.rawValue) }
        #expect(ids == ["sess_1", "sess_2", "sess_3"])
        let requests = server.requests
        #expect(requests.count == 3)
        for (number, request) in requests.enumerated() { #expect(request.contains("masker_session=value-\(number)\r\n")) }
    }

    @Test("an error comes after the pages before it, and ends the list")
    func failing() async throws {
        let page = ScriptedServer.answer(#"{"data":[{"id":"sess_1"}],"next_cursor":"a"}"#)
        let all = try ScriptedServer([.send(page), .close]).client().sessionPages()
        #expect(try await all.next()?.data.count == 1)
        #expect(await failure { try await all.next() } != nil)
        #expect(try await all.next() == nil)
    }

    @Test("cancelling the waiting task ends the transfer")
    func cancelling() async throws {
        let server = try ScriptedServer([.silence])
        let all = try server.client().sessionPages()
        let waiting = Task { await failure { try await all.next() } }
        waiting.cancel()
        #expect(await waiting.value == .cancelled)
    }

    @Test("the cursor that is read from a page's end is that of the whole page", arguments: [
        #"{"data":[],"next_cursor":"abc"}"#, #"{"data":[],"next_cursor":null}"#, #"{"data":[],"next_cursor":""}"#,
        #"{"next_cursor":"abc","data":[]}"#, #"{"data":[]}"#, #" { "data" : [ ] , "next_cursor" : "a b" } "#,
        #"{"data":[],"next_cursor":"a\"b"}"#, #"{"data":[],"next_cursor":"a\\"}"#, #"{"data":[],"next_cursor":"é"}"#,
        #"{"data":[{"id":"x\",\"next_cursor\":\"y"}]}"#, #"{"data":[{"id":"x","next_cursor":"y"}]}"#,
        #"{"next_cursor":"a","data":[],"next_cursor":"b"}"#, #"{"data":[],"x":",\"next_cursor\":\"y"}"#,
        #"{"data":[],"next_cursor":5}"#, #"{"data":[],"x":{"next_cursor":"y"}}"#,
    ])
    func cursor(page: String) throws {
        let bytes = Array(page.utf8)
        #expect(PageEnd.cursor(bytes) == Page<CallSession>(json: try JSON(parsing: bytes))?.nextCursor)
    }

    @Test("bytes that are not a page have no cursor", arguments: ["", "}", "\"}", #""next_cursor":"a"}"#, "{", "null}"])
    func noPage(text: String) { #expect(PageEnd.cursor(Array(text.utf8)) == nil) }
}
