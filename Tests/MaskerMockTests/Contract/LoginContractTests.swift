import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("Login sessions of the mock", .ownThread)
struct LoginContractTests {
    private static let attributes = "; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=2592000"

    private func value(_ answer: PlainHTTP.Answer) -> String? {
        answer.headers["set-cookie"]?.split(separator: ";").first?.split(separator: "=").last.map(String.init)
    }

    @Test("without a cookie, or with a wrong one: 401", arguments: [nil, "wrong", ""])
    func unauthenticated(cookie: String?) async throws {
        try await PlainHTTP.with { http in
            for target in ["/me", "/agents", "/sessions", "/sessions/x", "/auth/logout"] {
                let answer = try await http.api(target, cookie: cookie)
                #expect(answer.status == 401 && answer.errorCode == "unauthenticated")
                #expect(answer.headers["set-cookie"] == nil)
            }
        }
    }

    @Test("every authenticated answer renews the cookie, also an error, with all attributes", arguments: ["/me", "/agents/none", "/agents?limit=0"])
    func renewal(target: String) async throws {
        try await PlainHTTP.with { http in
            let answer = try await http.api(target)
            #expect(answer.headers["set-cookie"] == "masker_session=admin-1" + Self.attributes)
        }
    }

    @Test("with --rotate always each answer has a new value, and the old one is not valid any more")
    func rotation() async throws {
        try await PlainHTTP.with({ $0.rotation = .always }) { http in
            let first = try #require(value(try await http.api("/me")))
            #expect(first != "admin-1")
            #expect(try await http.api("/me").status == 401)
            let second = try #require(value(try await http.api("/me", cookie: first)))
            #expect(second != first)
            #expect(try await http.api("/me", cookie: second).status == 200)
        }
    }

    @Test("logging out clears the cookie and ends the login session permanently")
    func logOut() async throws {
        try await PlainHTTP.with { http in
            let answer = try await http.send("POST", "/api/v1/auth/logout")
            #expect(answer.status == 204)
            #expect(answer.headers["set-cookie"]?.contains("Max-Age=0") == true)
            #expect(try await http.api("/me").status == 401)
            #expect(try await http.api("/me", cookie: "member-1").status == 200)
        }
    }

    @Test("signing in with GitHub, page by page, starts a new login session")
    func oauth() async throws {
        try await PlainHTTP.with { http in
            let start = try await http.send("GET", "/api/v1/auth/github", cookie: nil)
            #expect(start.status == 302)
            let oauth = try #require(start.headers["set-cookie"]?.split(separator: ";").first.map { "Cookie: \($0)" })
            let page = try await http.send("GET", try #require(start.headers["location"]), cookie: nil)
            #expect(page.body.contains("Approve as grace"))
            let state = try #require(page.body.firstMatch(of: #/name="state" value="(\w+)"/#)?.1)
            let approved = try await http.send("GET", "/mock-github/approve?login=grace&state=\(state)", cookie: nil)
            let callback = try #require(approved.headers["location"])
            let back = try await http.send("GET", callback, cookie: nil, headers: [oauth])
            #expect(back.status == 302)
            #expect(back.headers["set-cookie"]?.hasSuffix(Self.attributes) == true)
            let cookie = try #require(value(back))
            #expect(try await http.api("/me", cookie: cookie).object("user")["github_login"] as? String == "grace")
            #expect(try await http.send("GET", try #require(back.headers["location"]), cookie: cookie).body.contains("masker_session"))
            #expect(try await http.send("GET", "/api/v1/auth/github/callback?state=forged&code=grace", cookie: nil).status == 400)
            #expect(try await http.send("GET", callback, cookie: nil, headers: [oauth]).status == 400, "a state can be used once")
            #expect(try await http.send("GET", "/portal/login", cookie: nil).status == 200)
        }
    }
}

@Suite("Webhook, proxy and faults of the mock", .ownThread)
struct IntegrationContractTests {
    private static let event = #"{"type":"assistant-request","call":{"id":"c"},"timestamp":1777900000000}"#

    private func signature(_ body: String) async throws -> String {
        let script = "printf %s \"$0\" | openssl dgst -sha256 -hmac mock-webhook-secret -r"
        return String(try await Program.run("sh", ["-c", script, body]).output.prefix(64))
    }

    @Test("webhook: a correct signature with and without prefix, a wrong one, none; other events; an unknown agent")
    func webhook() async throws {
        try await PlainHTTP.with { http in
            let agent = try #require(try await http.api("/agents").data.first)
            let path = "/vapi/webhook/\(try #require(agent["id"] as? String))"
            let good = try await signature(Self.event)
            func post(_ path: String, _ body: String, _ header: String?) async throws -> PlainHTTP.Answer {
                try await http.send("POST", path, cookie: nil, body: body, headers: header.map { ["X-Vapi-Signature: \($0)"] } ?? [])
            }
            for header in [good, "sha256=" + good] {
                let answer = try await post(path, Self.event, header)
                let model = answer.object("assistant")["model"] as? [String: Any]
                #expect(answer.status == 200)
                #expect(model?["url"] as? String == agent["proxy_url"] as? String)
                #expect(model?["provider"] as? String == "custom-llm" && model?["model"] is String)
                #expect(Set(answer.object("assistant").keys) == ["model", "voice", "firstMessage", "transcriber"])
            }
            for header in [String(repeating: "0", count: 64), nil] {
                for path in [path, "/vapi/webhook/agt_none"] {
                    let refused = try await post(path, Self.event, header)
                    #expect(refused.status == 401 && refused.errorCode == "bad_signature")
                }
            }
            let other = #"{"type":"end-of-call-report"}"#
            let answer = try await post(path, other, try await signature(other))
            #expect(answer.status == 422 && answer.errorCode == "unsupported_event")
            #expect(try await post("/vapi/webhook/agt_none", Self.event, good).errorCode == "agent_not_found")
        }
    }

    @Test("proxy: plain, streaming, wrong model, wrong signature; a call adds a session")
    func proxy() async throws {
        try await PlainHTTP.with { http in
            let agent = try #require(try await http.api("/agents").data.first { $0["upstream"] as? String == "openai:gpt-4o-mini" })
            let id = try #require(agent["id"] as? String)
            func post(_ body: String, _ headers: [String] = []) async throws -> PlainHTTP.Answer {
                try await http.send("POST", "/proxy/\(id)/v1/chat/completions", cookie: nil, body: body, headers: headers)
            }
            let message = #""messages":[{"role":"user","content":"hello"}]"#
            let plain = try await post("{\(message)}")
            #expect(plain.json["object"] as? String == "chat.completion")
            #expect(try await http.api("/sessions").data.first?["agent_id"] as? String == id)
            let stream = try await post(#"{\#(message),"stream":true}"#)
            #expect(stream.headers["content-type"] == "text/event-stream")
            #expect(stream.body.hasPrefix("data: {") && stream.body.contains("data: [DONE]"))
            #expect(try await post(#"{\#(message),"model":"gpt-4o"}"#).errorCode == "model_not_allowed")
            #expect(try await post("{}").errorCode == "validation_failed")
            let signed = try await post("{\(message)}", ["X-Vapi-Signature: 00"])
            #expect(signed.status == 401 && signed.errorCode == "bad_signature")
            #expect(try await post("{\(message)}", ["X-Vapi-Signature: " + signature("{\(message)}")]).status == 200)
            // OpenAI's clients need errors in OpenAI's form.
            #expect(signed.object("error")["type"] as? String == "authentication_error" && signed.object("error").keys.contains("param"))
        }
    }

    @Test("faults are set while the server runs, apply the given number of times, and are visible to a client")
    func faults() async throws {
        try await PlainHTTP.with { http in
            let faults = #"[{"path":"/api/v1/agents","times":1,"status":429,"retry_after":"9"},{"path":"/api/v1/agents","times":1,"drop":"before"},{"path":"/api/v1/agents","times":1,"truncate_at":10}]"#
            #expect(try await http.send("PUT", "/__mock/faults", cookie: nil, body: faults).status == 204)
            let limited = try await http.api("/agents")
            #expect(limited.status == 429 && limited.errorCode == "rate_limited" && limited.headers["retry-after"] == "9")
            let target = http.origin + "/api/v1/agents"
            let cookie = ["-sS", "-H", "Cookie: masker_session=admin-1", target]
            #expect(try await Program.run("curl", cookie).status == 52, "an empty reply")
            #expect(try await Program.run("curl", cookie).status == 18, "a partial reply")
            #expect(try await http.api("/agents").status == 200)
            let seen = try await http.send("GET", "/__mock/requests", cookie: nil).body
            #expect(seen.contains(#""cookie":"admin-1""#))
        }
    }
}

@Suite("The masker-mock command", .ownThread)
struct CommandTests {
    private func binary() throws -> String { try #require(Program.built("masker-mock")) }

    @Test("exec sets address and cookie, and passes the exit status on", arguments: [0, 7])
    func exec(status: Int) async throws {
        let result = try await Program.run(try binary(), [
            "exec", "--user", "ada:admin:s3cret", "--", "sh", "-c", "echo $MASKER_URL $MASKER_SESSION; exit \(status)",
        ])
        #expect(result.status == Int32(status))
        #expect(result.output.contains(#/^http://127\.0\.0\.1:\d+ s3cret\n$/#))
    }

    @Test("a command that a signal ends has the exit status 128 plus the signal's number")
    func execSignal() async throws {
        #expect(try await Program.run(try binary(), ["exec", "--", "sh", "-c", "kill -TERM $$"]).status == 143)
    }

    @Test("exec as another user, and without a cookie")
    func execOptions() async throws {
        let asGrace = try await Program.run(try binary(), [
            "exec", "--user", "a:admin:1", "--user", "g:member:2", "--as", "g", "--", "sh", "-c", "echo $MASKER_SESSION",
        ])
        #expect(asGrace.output == "2\n")
        let without = try await Program.run(
            try binary(), ["exec", "--no-cookie", "--", "sh", "-c", "echo ${MASKER_SESSION-unset}"])
        #expect(without.output == "unset\n")
    }

    @Test("the first line of serve shows the address")
    func serve() async throws {
        let result = try await Program.run("sh", ["-c", "timeout 5 \"$0\" serve --port 0 | head -n 1", try binary()])
        #expect(result.output.contains(#/^listening on http://127\.0\.0\.1:\d+\n$/#))
    }

    @Test("bad options are refused", arguments: [["serve", "--rotate", "odd"], ["serve", "--user", "x"], ["serve", "--agents", "-1"], ["exec", "--"]])
    func badOptions(arguments: [String]) async throws {
        #expect(try await Program.run("sh", ["-c", "\"$0\" \"$@\" 2>/dev/null", try binary()] + arguments).status != 0)
    }
}
