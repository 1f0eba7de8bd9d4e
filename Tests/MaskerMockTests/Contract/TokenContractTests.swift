import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("API tokens of the mock", .ownThread)
struct TokenContractTests {
    private func with(_ body: (PlainHTTP) async throws -> Void) async throws {
        try await PlainHTTP.with({
            $0.tokens = [
                MockToken(login: "ada", scopes: [.readAgents], value: "token-1"), MockToken(login: "grace", scopes: Set(MockScope.allCases), value: "token-2"),
                MockToken(login: "ada", scopes: [], value: "token-3"),
            ]
        }, body)
    }

    private func send(_ http: PlainHTTP, _ method: String, _ target: String, token: String, cookie: String? = nil, body: String? = nil) async throws -> PlainHTTP.Answer {
        try await http.send(method, "/api/v1" + target, cookie: cookie, body: body, headers: ["Authorization: Bearer \(token)"])
    }

    @Test("a missing scope is 403, and the error names it", arguments: [
        ("GET", "/agents", "agents:read"), ("GET", "/agents/agt_1", "agents:read"), ("POST", "/agents", "agents:write"),
        ("DELETE", "/agents/agt_1", "agents:delete"), ("GET", "/agents/agt_1/sessions", "sessions:read"), ("GET", "/sessions", "sessions:read"),
        ("GET", "/sessions/sess_1", "sessions:read"), ("GET", "/sessions/sess_1/report?format=json", "reports:read"),
    ])
    func missingScope(method: String, target: String, scope: String) async throws {
        try await with { http in
            let answer = try await send(http, method, target, token: "token-3")
            let id = try #require(answer.headers["x-request-id"])
            #expect(answer.status == 403)
            #expect(answer.body == #"{"error":{"code":"missing_scope","details":{"scope":"\#(scope)"},"message":"This API token lacks the scope \#(scope).","request_id":"\#(id)"}}"#)
        }
    }

    @Test("with the scope, a token gets the same answer as the cookie of its user, and nothing is renewed")
    func answers() async throws {
        try await with { http in
            let answer = try await send(http, "GET", "/agents", token: "token-1")
            #expect(answer.status == 200 && answer.data.count == 12 && answer.headers["set-cookie"] == nil)
            #expect(try await send(http, "GET", "/me", token: "token-3").object("user")["github_login"] as? String == "ada", "the current user needs no scope")
            #expect(try await send(http, "GET", "/me", token: "token-2").object("user")["github_login"] as? String == "grace")
            let agent = try #require(answer.data.first?["id"] as? String)
            let member = try await send(http, "DELETE", "/agents/\(agent)", token: "token-2")
            #expect(member.status == 403 && member.errorCode == "forbidden", "only account admins")
        }
    }

    @Test("an unknown token is 401, with or without a cookie; a token cannot be logged out")
    func refused() async throws {
        try await with { http in
            for cookie in [nil, "admin-1"] {
                let answer = try await send(http, "GET", "/me", token: "token-9", cookie: cookie)
                #expect(answer.status == 401 && answer.errorCode == "unauthenticated" && answer.headers["set-cookie"] == nil)
            }
            #expect(try await send(http, "POST", "/auth/logout", token: "token-1").status == 403)
            #expect(try await send(http, "GET", "/agents", token: "token-1").status == 200)
            #expect(try await http.api("/me").status == 200)
        }
    }

    @Test("the recorded requests contain the token and the cookie of each request")
    func recorded() async throws {
        try await with { http in
            _ = try await send(http, "GET", "/agents", token: "token-1")
            let told = try await http.send("GET", "/__mock/requests", cookie: nil)
            #expect(told.body.contains(#""token":"token-1""#) && !told.body.contains("cookie"))
        }
    }

    @Test("--token: the login of a user, existing scopes, a value")
    func parsing() {
        #expect(MockToken(parsing: "ada:agents:read,sessions:read:abc") == MockToken(login: "ada", scopes: [.readAgents, .readSessions], value: "abc"))
        #expect(MockToken(parsing: "ada:reports:read:abc")?.scopes == [.readReports])
        #expect(MockToken(parsing: "ada::abc")?.scopes == [])
        for bad in ["", "ada", "ada:abc", "ada:agents:read:", ":agents:read:abc", "ada:agents:raed:abc", "ada:agents:abc", "ada:agents:read:a b"] {
            #expect(MockToken(parsing: bad) == nil, "\(bad)")
        }
    }

    @Test("exec gives the command the token of its user beside the cookie, but not the token of another user or from the environment")
    func exec() async throws {
        let script = #"echo "$MASKER_TOKEN"; test -n "$MASKER_SESSION" && echo both; tr '\0' ' ' < /proc/$$/cmdline"#
        func run(_ options: String) async throws -> (status: Int32, output: String) {
            let mock = try #require(Program.built("masker-mock"))
            return try await Program.run("/bin/sh", ["-c", "MASKER_TOKEN=outside \"$1\" exec \(options) -- sh -c \"$2\" 2>&1", "sh", mock, script])
        }
        let both = try await run("--token ada:agents:read:s3cret-1")
        #expect(both.output.hasPrefix("s3cret-1\nboth\n") && both.output.components(separatedBy: "s3cret").count == 2)
        #expect(try await run("--token grace:agents:read:s3cret-1").output.hasPrefix("\nboth\n"))
        #expect(try await run("").output.hasPrefix("\nboth\n"))
        let bad = try await run("--token ada:agents:raed:s3cret-1")
        #expect(bad.status != 0 && bad.output.contains("--token takes LOGIN:SCOPE,SCOPE:VALUE"))
        #expect(try await run("--token eve:agents:read:s3cret-1").status != 0)
    }
}
