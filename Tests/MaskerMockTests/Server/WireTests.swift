import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("The mock on the wire", .ownThread)
struct WireTests {
    @Test(
        "plain answers have their length, a date and a request id",
        arguments: [
            ("/health", 200), ("/api/v1/agents", 200), ("/api/v1/sessions/sess_x", 404), ("/nowhere", 404),
            ("/portal/login", 200)
        ])
    func headers(target: String, status: Int) async throws {
        try await RawHTTP.with { http in
            let answer = try await http.send("GET", target)
            #expect(answer.status == status)
            #expect(answer["content-length"] == "\(answer.body.count)" && answer.rest.isEmpty)
            #expect(
                answer["date"]?.wholeMatch(
                    of: #/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/#) != nil)
            #expect(answer["x-request-id"]?.wholeMatch(of: #/req_[0-7][0-9A-HJKMNP-TV-Z]{25}/#) != nil)
        }
    }

    @Test("the date has the correct day of the week")
    func weekday() async throws {
        try await RawHTTP.with({ $0.now = Date(timeIntervalSince1970: 1_777_842_872) }) { http in
            let answer = try await http.send("GET", "/health")
            #expect(answer["date"]?.hasPrefix("Sun, 03 May 2026 21:") == true)
        }
    }

    @Test("a connection is kept for the next request")
    func keptAlive() async throws {
        try await RawHTTP.with { http in
            let first = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
            let last = "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            var answer = try RawAnswer(try await http.exchange(first + first + last))
            for _ in 0..<2 {
                #expect(answer.status == 200)
                answer = try RawAnswer(answer.rest)
            }
            #expect(answer.status == 200 && answer.rest.isEmpty)
        }
    }

    @Test(
        "an unknown address: 404 in the form of the contract",
        arguments: [
            "/", "/api", "/api/v1/", "/api/v1/auth/me", "/api/v1/me/x", "/api/v1/admin", "/api/v1/agents/x/y", "/api/v1/sessions/x/report/y",
            "/api/v1/auth/other",
            "/api/v2/agents", "/vapi/other/x", "/proxy/x", "/__mock/other", "/%zz"
        ])
    func unknown(target: String) async throws {
        try await RawHTTP.with { http in
            let answer = try await http.send("GET", target)
            #expect(answer.status == 404 && answer.errorCode == "not_found")
            #expect(answer.object("error")["request_id"] as? String == answer["x-request-id"])
        }
    }

    @Test(
        "a method that the address does not have: 405 in the form of the contract, with Allow",
        arguments: [
            ("PUT", "/api/v1/agents", "GET, POST"), ("POST", "/api/v1/agents/x", "GET, DELETE"),
            ("POST", "/api/v1/agents/x/sessions", "GET"), ("DELETE", "/api/v1/sessions", "GET"),
            ("DELETE", "/api/v1/sessions/x", "GET"), ("POST", "/api/v1/sessions/x/report", "GET"),
            ("POST", "/api/v1/me", "GET"), ("GET", "/api/v1/auth/logout", "POST"), ("POST", "/health", "GET"),
            ("POST", "/api/v1/auth/github", "GET"), ("GET", "/proxy/x/v1/chat/completions", "POST"),
            ("GET", "/vapi/webhook/x", "POST"), ("GET", "/api/v1/admin/policy/reload", "POST"), ("PATCH", "/api/v1/agents/x", "GET, DELETE"), ("POST", "/__mock/requests", "GET, DELETE")
        ])
    func wrongMethod(method: String, target: String, allowed: String) async throws {
        try await RawHTTP.with { http in
            let answer = try await http.send(method, target)
            #expect(answer.status == 405 && answer.errorCode == "method_not_allowed")
            #expect(answer["allow"] == allowed)
        }
    }

    @Test("a port that is in use is an error, and the mock that uses it continues")
    func portTaken() async throws {
        try await RawHTTP.with { http in
            var options = MockOptions()
            options.port = http.port
            let second = MockProcess(options)
            await #expect(throws: (any Error).self) { try await second.start() }
            let health = try await http.send("GET", "/health")
            #expect(health.status == 200)
        }
    }

    @Test("HEAD always gets a 404 without a body", arguments: ["/health", "/api/v1/agents", "/portal/login"])
    func head(target: String) async throws {
        try await RawHTTP.with { http in
            let cookie = "Cookie: masker_session=\(RawHTTP.admin)"
            let bytes = try await http.exchange("HEAD \(target) HTTP/1.1\r\nHost: a\r\n\(cookie)\r\n\r\n")
            #expect(bytes.starts(with: Data("HTTP/1.1 404 Not Found\r\n".utf8)))
            #expect(bytes.suffix(4) == Data("\r\n\r\n".utf8), "only the header")
        }
    }

    @Test(
        "no cursor, limit, time window or body from a client stops the server",
        arguments: [
            "/agents?cursor=" + Data("~~?nan|agt_x".utf8).base64EncodedString(),
            "/agents?cursor=" + Data("~~?1e300|agt_x".utf8).base64EncodedString(),
            "/sessions?cursor=" + Data("~~?9223372036854775807|sess_x".utf8).base64EncodedString(),
            "/sessions?cursor=" + Data("~~?-1|sess_x".utf8).base64EncodedString(), "/sessions?cursor=",
            "/sessions?cursor=%00",
            "/sessions?limit=99999999999999999999", "/sessions?limit=-1", "/sessions?limit=", "/sessions?limit=1.5",
            "/sessions?since=99999999999999999999h", "/sessions?since=nanh", "/sessions?since=-1h",
            "/sessions?since=0h",
            "/sessions?since=", "/sessions?since=2026-13-01T00:00:00Z", "/sessions?min_redactions=-1",
            "/sessions?min_redactions=99999999999999999999"
        ])
    func nonsense(target: String) async throws {
        try await RawHTTP.with { http in
            let answer = try await http.api(target)
            #expect(answer.status == 422 && answer.errorCode == "validation_failed")
            #expect((answer.object("error")["details"] as? [String: String])?["field"] != nil)
            #expect(try await http.send("GET", "/health").status == 200)
        }
    }

    @Test("odd paths, headers and bodies get an answer in JSON, and the server continues", arguments: [
        ("GET", "/api/v1/agents/%00", nil, 404), ("GET", "/api/v1/agents/%FF%FE", nil, 404), ("GET", "/api/v1/sessions/..%2F..", nil, 404),
        ("GET", "/api/v1/agents/" + String(repeating: "x", count: 5_000), nil, 404), ("GET", "/api/v1/sessions/sess_%F0%9F%92%A9/report", nil, 404),
        ("GET", "/api/v1/agents?name_contains=%00%FF", nil, 200), ("GET", "/api/v1/agents?name_contains=%ED%A0%80", nil, 200),
        ("GET", "/api/v1/agents?&&=&=x&limit=5&limit=3", nil, 200), ("POST", "/api/v1/agents", #"{"name":"a\u0000","upstream":"stub"}"#, 201),
        ("POST", "/api/v1/agents", #"{"name":"\ud800","upstream":"stub"}"#, 422), ("POST", "/api/v1/agents", "\u{0}", 422),
        ("POST", "/api/v1/agents", String(repeating: "[", count: 100_000), 422),
        ("POST", "/api/v1/agents", #"{"name":1e400,"upstream":"stub"}"#, 422), ("POST", "/api/v1/agents", "", 422),
        ("POST", "/api/v1/agents", #"{"name":{},"upstream":[]}"#, 422), ("POST", "/api/v1/admin/policy/reload", "odd", 200),
        ("DELETE", "/api/v1/agents/%2e%2e", nil, 404), ("POST", "/proxy/%00/v1/chat/completions", "{}", 404),
    ] as [(String, String, String?, Int)])
    func odd(method: String, target: String, body: String?, status: Int) async throws {
        try await RawHTTP.with { http in
            let answer = try await http.send(method, target, body: body)
            #expect(answer.status == status && answer["content-type"] == "application/json")
            #expect(try JSONSerialization.jsonObject(with: answer.body) is [String: Any])
            #expect(try await http.send("GET", "/health").status == 200)
        }
    }

    @Test("a proxy call with odd values is refused in OpenAI's form", arguments: [
        #"{"messages":[1]}"#, #"{"messages":[{}],"stream":"yes"}"#, #"{"messages":[{}],"model":7}"#, #"{"messages":{}}"#, "[]",
    ])
    func oddCall(body: String) async throws {
        try await RawHTTP.with { http in
            let id = http.server.agents[0].id
            let answer = try await http.send("POST", "/proxy/\(id)/v1/chat/completions", cookie: nil, body: body)
            #expect(answer.status == 422 && answer.errorCode == "validation_failed")
            #expect(Set(answer.object("error").keys) == ["code", "message", "param", "request_id", "type"])
            #expect(answer.object("error")["type"] as? String == "invalid_request_error")
        }
    }

    @Test("a plus sign in a query is a space, so that a cursor that is not encoded is refused")
    func plus() async throws {
        try await RawHTTP.with { http in
            http.server.addAgent("two words")
            let found = try await http.api("/agents?name_contains=two+words").data
            #expect(found.count == 1)
            #expect(try await http.api("/agents?name_contains=two%20words").data.count == 1)
            #expect(try await http.api("/agents?name_contains=two%2Bwords").data.isEmpty)
        }
    }

    @Test("a cursor belongs to one list")
    func foreignCursor() async throws {
        try await RawHTTP.with { http in
            let agents = try #require(try await http.api("/agents?limit=1").json["next_cursor"] as? String)
            let sessions = try #require(
                try await http.api("/sessions?limit=1&since=30d").json["next_cursor"] as? String)
            #expect(try await http.api("/sessions?cursor=\(RawHTTP.encoded(agents))").status == 422)
            #expect(try await http.api("/agents?cursor=\(RawHTTP.encoded(sessions))").status == 422)
        }
    }
}
