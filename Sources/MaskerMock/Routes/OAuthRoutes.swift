import Foundation

/// Signing in with a browser: a stand-in for GitHub's approval page, the callback and the portal.
enum OAuthRoutes {
    static func answer(_ request: MockRequest, _ account: inout MockAccount, now: Date) throws -> MockAnswer? {
        switch request.path {
        case "/portal/login":
            return .html("Masker portal", "<p><a href=\"/api/v1/auth/github\"><button>Sign in with GitHub</button></a></p>")
        case "/api/v1/auth/github":
            return .redirect(to: "/mock-github/authorize?state=mock-state")
        case "/mock-github/authorize":
            let state = escaped(request.query["state"] ?? "")
            let forms = account.logins.users.map { user in
                """
                <form action="/api/v1/auth/github/callback"><input type="hidden" name="state" value="\(state)">
                <input type="hidden" name="code" value="\(escaped(user.login))">
                <p><button>Approve as \(escaped(user.login))</button> (\(escaped(user.role)))</p></form>
                """
            }
            return .html("Authorize Masker", "<p>This page stands in for GitHub's.</p>" + forms.joined())
        case "/api/v1/auth/github/callback":
            guard request.query["state"] == "mock-state", let login = request.query["code"],
                let value = account.logins.signIn(login, now: now)
            else { throw MockError(status: 400, code: "oauth_failed", message: "The sign-in was not approved.") }
            var answer = MockAnswer.redirect(to: "/portal")
            answer.headers.append(("Set-Cookie", MockService.setCookie(value)))
            return answer
        case "/portal":
            return .html(
                "Signed in",
                "<p>To use the console: open the developer tools (F12), under Storage or Application choose Cookies, and copy the "
                    + "value of <code>masker_session</code>.</p>")
        default: return nil
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
