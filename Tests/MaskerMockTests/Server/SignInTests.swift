import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("Signing in and out of the mock", .ownThread)
struct SignInTests {
    /// Signs in as a browser does, from the link in the portal back to the portal; returns the cookie.
    private func signIn(_ http: RawHTTP, as login: String) async throws -> String {
        let page = try await http.send("GET", "/portal/login", cookie: nil)
        let link = try #require(page.text.firstMatch(of: #/href="([^"]+)"/#)?.1)
        let start = try await http.send("GET", String(link), cookie: nil)
        #expect(start.status == 302 && start["content-length"] == "0")
        let oauth = try #require(start.oauthState)
        let approval = try await http.send("GET", try #require(start["location"]), cookie: nil)
        #expect(approval["content-type"] == "text/html; charset=utf-8")
        let form = try #require(
            approval.text.components(separatedBy: "<form").first { $0.contains("Approve as \(login)") })
        let action = try #require(form.firstMatch(of: #/action="([^"]+)"/#)?.1)
        let fields = form.matches(of: #/name="([^"]+)" value="([^"]+)"/#).map { "\($0.1)=\($0.2)" }.joined(
            separator: "&")
        let approved = try await http.send("GET", "\(action)?\(fields)", cookie: nil)
        #expect(approved.status == 302)
        let callback = try #require(approved["location"])
        let back = try await http.send("GET", callback, cookie: nil, headers: ["Cookie: masker_oauth_state=\(oauth)"])
        #expect(back.status == 302 && back["location"] == "/portal")
        let cookie = try #require(back.renewedCookie)
        let portal = try await http.send("GET", "/portal", cookie: cookie)
        #expect(portal.text.contains("Signed in as <b>\(login)</b>") && portal.text.contains("masker_session"))
        return cookie
    }

    @Test("with a browser; each sign-in starts a login session, and each ends separately")
    func browser() async throws {
        try await RawHTTP.with { http in
            let first = try await signIn(http, as: "grace"), second = try await signIn(http, as: "grace")
            #expect(first != second && first != RawHTTP.member)
            #expect(try await http.send("POST", "/api/v1/auth/logout", cookie: first).status == 204)
            let statuses = try await [first, second, RawHTTP.member].asyncMap {
                try await http.api("/me", cookie: $0).status
            }
            #expect(statuses == [401, 200, 200])
        }
    }

    /// Follows a sign-in from its start to the address of the callback; returns this address and the cookie of the state.
    private func approved(_ http: RawHTTP, _ query: String = "") async throws -> (callback: String, oauth: String) {
        let start = try await http.send("GET", "/api/v1/auth/github" + query, cookie: nil)
        let oauth = try #require(start.oauthState)
        let approved = try await http.send("GET", "/mock-github/approve?login=ada&state=\(oauth)", cookie: nil)
        return (try #require(approved["location"]), oauth)
    }

    @Test("redirect_to: a path of this server; the portal for every other address", arguments: [
        ("/portal/agents", "/portal/agents"), ("/portal/agents?x=1", "/portal/agents?x=1"), ("", "/portal"), ("portal", "/portal"),
        ("https://example.org", "/portal"), ("//example.org/x", "/portal"), ("/\\example.org", "/portal"), ("/a\r\nSet-Cookie: x=1", "/portal"),
    ])
    func redirectTo(wanted: String, target: String) async throws {
        try await RawHTTP.with { http in
            let (callback, oauth) = try await approved(http, "?redirect_to=" + RawHTTP.encoded(wanted))
            let back = try await http.send("GET", callback, cookie: nil, headers: ["Cookie: masker_oauth_state=\(oauth)"])
            #expect(back.status == 302 && back["location"] == target && back.renewedCookie != nil)
        }
    }

    @Test("the state of the callback must be that of the same browser, and can be used once; an unknown code is 502")
    func states() async throws {
        try await RawHTTP.with { http in
            let (callback, oauth) = try await approved(http), (_, other) = try await approved(http)
            for headers in [[], ["Cookie: masker_oauth_state=\(other)"], ["Cookie: masker_oauth_state="]] {
                let answer = try await http.send("GET", callback, cookie: nil, headers: headers)
                #expect(answer.status == 400 && answer.errorCode == "invalid_state" && answer["set-cookie"] == nil)
            }
            let cookie = ["Cookie: masker_oauth_state=\(oauth)"]
            #expect(try await http.send("GET", callback, cookie: nil, headers: cookie).renewedCookie != nil)
            #expect(try await http.send("GET", callback, cookie: nil, headers: cookie).errorCode == "invalid_state")
            let bad = "/api/v1/auth/github/callback?code=nobody&state=\(other)"
            let refused = try await http.send("GET", bad, cookie: nil, headers: ["Cookie: masker_oauth_state=\(other)"])
            #expect(refused.status == 502 && refused.errorCode == "oauth_exchange_failed" && refused["set-cookie"] == nil)
        }
    }

    @Test(
        "a callback that was not approved, is unknown or was used already is refused",
        arguments: [
            "/mock-github/authorize", "/mock-github/authorize?state=x", "/mock-github/approve?login=ada&state=x",
            "/api/v1/auth/github/callback", "/api/v1/auth/github/callback?code=ada&state=x"
        ])
    func refused(target: String) async throws {
        try await RawHTTP.with { http in
            let answer = try await http.send("GET", target, cookie: nil)
            #expect(answer.status == 400 && answer.errorCode == "invalid_state" && answer["set-cookie"] == nil)
        }
    }

    @Test("cancelling leads back to the sign-in page, and sets no cookie")
    func cancel() async throws {
        try await RawHTTP.with { http in
            let back = try await http.send("GET", "/api/v1/auth/github/callback?error=access_denied", cookie: nil)
            #expect(back.status == 302 && back["set-cookie"] == nil)
            let page = try await http.send("GET", try #require(back["location"]), cookie: nil)
            #expect(page.text.contains("not approved"))
            #expect(try await http.send("GET", "/portal", cookie: nil)["location"] == "/portal/login")
        }
    }

    @Test(
        "every answer to an authenticated request renews the cookie: success, 403, 404, 405, 409, 422",
        arguments: [
            ("GET", "/me", 200), ("DELETE", "/agents/x", 403), ("GET", "/agents/x", 404), ("PUT", "/agents", 405),
            ("POST", "/agents", 422), ("GET", "/nothing", 404), ("GET", "/sessions?limit=0", 422),
            ("POST", "/admin/policy/reload", 403)
        ])
    func renewal(method: String, target: String, status: Int) async throws {
        for rotation in MockOptions.Rotation.allCases {
            try await RawHTTP.with({ $0.rotation = rotation }) { http in
                let answer = try await http.send(method, "/api/v1" + target, cookie: RawHTTP.member)
                #expect(answer.status == status)
                let renewed = try #require(answer.renewedCookie)
                #expect((renewed == RawHTTP.member) == (rotation == .never))
                #expect(try await http.api("/me", cookie: renewed).status == 200)
            }
        }
    }

    @Test("addresses that need no cookie do not renew it", arguments: ["/health", "/portal/login", "/portal"])
    func noRenewal(target: String) async throws {
        try await RawHTTP.with({ $0.rotation = .always }) { http in
            let answer = try await http.send("GET", target)
            #expect(answer["set-cookie"] == nil)
            #expect(try await http.api("/me").status == 200)
        }
    }

    @Test("a replaced value becomes invalid at once, or after the grace time; logging out ends all values")
    func grace() async throws {
        try await RawHTTP.with({ $0.rotation = .always }) { http in
            let fresh = try #require(try await http.api("/me").renewedCookie)
            #expect(try await http.api("/me").status == 401)
            #expect(http.server.cookie(of: "ada") == fresh)
        }
        try await RawHTTP.with({
            $0.rotation = .always
            $0.rotationGrace = 3_600
        }) { http in
            let fresh = try #require(try await http.api("/me").renewedCookie)
            let other = try #require(try await http.api("/me").renewedCookie)
            #expect(Set([RawHTTP.admin, fresh, other]).count == 3)
            #expect(try await http.send("POST", "/api/v1/auth/logout", cookie: other).status == 204)
            for cookie in [RawHTTP.admin, fresh, other] {
                #expect(try await http.api("/me", cookie: cookie).status == 401)
            }
        }
    }

    @Test("logging out: 204 without a body, the cookie is cleared permanently; a second log-out is 204, or 401 with --logout-dead", arguments: [204, 401])
    func logOut(second: Int) async throws {
        try await RawHTTP.with({ $0.logOutDead = second == 401 ? .refused : .answered }) { http in
            let answer = try await http.send("POST", "/api/v1/auth/logout")
            #expect(answer.status == 204 && answer.body.isEmpty)
            #expect(answer["set-cookie"] == "masker_session=; Max-Age=0; Path=/; HttpOnly; Secure")
            #expect(try await http.api("/me").errorCode == "unauthenticated")
            let again = try await http.send("POST", "/api/v1/auth/logout")
            #expect(again.status == second && again.errorCode == (second == 401 ? "unauthenticated" : nil))
            #expect(again["set-cookie"] == (second == 401 ? nil : "masker_session=; Max-Age=0; Path=/; HttpOnly; Secure"))
            #expect(try await http.send("POST", "/api/v1/auth/logout", cookie: nil).errorCode == "unauthenticated")
            #expect(http.server.cookie(of: "ada") == nil)
        }
    }

    @Test("a login session that was ended elsewhere, or has expired: 401")
    func ended() async throws {
        try await RawHTTP.with { http in
            http.server.revoke("ada")
            http.server.expire("grace")
            for cookie in [RawHTTP.admin, RawHTTP.member] {
                let answer = try await http.api("/agents", cookie: cookie)
                #expect(answer.errorCode == "unauthenticated")
            }
        }
    }

    @Test("a changed role applies at once")
    func role() async throws {
        try await RawHTTP.with({ $0.me = .role }) { http in
            let id = try #require(http.server.agents.first?.id)
            http.server.setRole("member", of: "ada")
            let refused = try await http.send("DELETE", "/api/v1/agents/\(id)")
            #expect(refused.status == 403 && refused.errorCode == "forbidden")
            #expect(try await http.api("/me").object("user")["role"] as? String == "member")
            http.server.setRole("admin", of: "ada")
            #expect(try await http.send("DELETE", "/api/v1/agents/\(id)").status == 204)
            #expect(try await http.send("DELETE", "/api/v1/agents/\(id)").errorCode == "agent_not_found")
        }
    }

    @Test(
        "users in the form of the command line",
        arguments: [
            ("ada:admin:s3cret", "s3cret"), ("ada:admin:with:colon", "with:colon"), ("ada:admin:", nil),
            ("ada:admin", ""),
            ("ada", nil), ("", nil), (":admin:x", nil), ("ada:admin:a b", nil), ("ada:admin:a;b", nil),
            ("ada:admin:é", nil)
        ])
    func parsing(text: String, cookie: String?) {
        let user = MockUser(parsing: text)
        #expect((user == nil) == (cookie == nil))
        if let user, let cookie { #expect(cookie.isEmpty ? user.cookie.count > 20 : user.cookie == cookie) }
    }
}
