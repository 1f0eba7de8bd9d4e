import Foundation

/// Signing in with a browser: a stand-in for GitHub's approval page, the callback and the portal.
enum OAuthRoutes {
    /// Nil when the path is none of these.
    static func answer(_ request: MockRequest, _ account: inout MockAccount, now: Date) throws -> MockAnswer? {
        guard let page = pages[request.path] else { return nil }
        try request.allow("GET")
        return try page(request, &account, now)
    }

    private typealias Answer = @Sendable (MockRequest, inout MockAccount, Date) throws -> MockAnswer

    private static let pages: [String: Answer] = [
        "/portal/login": { request, _, _ in OAuthPages.signIn(wasRefused: request.query["error"] != nil) },
        "/portal": { request, account, now in
            let user = request.cookie(MockService.cookieName).flatMap { account.logins.owner(of: $0, now: now) }
            return user.map(OAuthPages.portal) ?? .redirect(to: "/portal/login")
        },
        "/api/v1/auth/github": { _, account, _ in
            .redirect(to: "/mock-github/authorize?client_id=masker-mock&state=\(account.signIns.begin())")
        },
        "/mock-github/authorize": { request, account, _ in
            let state = request.query["state"] ?? ""
            guard account.signIns.isUnderWay(state) else { throw refused }
            return OAuthPages.approval(account.logins.users, state: state)
        },
        "/mock-github/approve": { request, account, _ in
            guard let state = request.query["state"], account.signIns.isUnderWay(state),
                let login = request.query["login"],
                account.logins.users.contains(where: { $0.login == login })
            else { throw refused }
            return .redirect(to: "/api/v1/auth/github/callback?code=\(account.signIns.approve(login))&state=\(state)")
        },
        "/api/v1/auth/github/callback": { request, account, now in
            if request.query["error"] != nil { return .redirect(to: "/portal/login?error=access_denied") }
            guard let state = request.query["state"], let code = request.query["code"],
                let login = account.signIns.redeem(state: state, code: code),
                let value = account.logins.signIn(login, now: now)
            else { throw refused }
            var answer = MockAnswer.redirect(to: "/portal")
            answer.headers.append(("Set-Cookie", MockService.setCookie(value)))
            return answer
        }
    ]

    private static let refused = MockError(status: 400, code: "oauth_failed", message: "This sign-in was not approved.")
}
