import Foundation

/// Signing in with a browser: a page in place of GitHub's approval page, the callback and the portal.
enum OAuthRoutes {
    /// Nil for other paths.
    static func answer(_ request: MockRequest, _ account: inout MockAccount, now: Date) throws -> MockAnswer? {
        guard let page = pages[request.path] else { return nil }
        try request.allow("GET")
        return try page(request, &account, now)
    }

    private typealias Answer = @Sendable (MockRequest, inout MockAccount, Date) throws -> MockAnswer

    private static let stateCookie = "masker_oauth_state"

    private static let pages: [String: Answer] = [
        "/portal/login": { request, _, _ in OAuthPages.signIn(wasRefused: request.query["error"] != nil) },
        "/portal": portal,
        "/portal/agents": portal,
        "/api/v1/auth/github": { request, account, now in
            let state = account.signIns.begin(to: target(request.query["redirect_to"]), now: now)
            var answer = MockAnswer.redirect(to: "/mock-github/authorize?client_id=masker-mock&state=\(state)")
            let attributes = "HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=\(SignInDesk.lifetime)"
            answer.headers.append(("Set-Cookie", "\(stateCookie)=\(state); \(attributes)"))
            return answer
        },
        "/mock-github/authorize": { request, account, _ in
            let state = request.query["state"] ?? ""
            guard account.signIns.isUnderWay(state) else { throw invalidState }
            return OAuthPages.approval(account.logins.users, state: state)
        },
        "/mock-github/approve": { request, account, _ in
            guard let state = request.query["state"], account.signIns.isUnderWay(state),
                let login = request.query["login"],
                account.logins.users.contains(where: { $0.login == login })
            else { throw invalidState }
            return .redirect(to: "/api/v1/auth/github/callback?code=\(account.signIns.approve(login))&state=\(state)")
        },
        "/api/v1/auth/github/callback": { request, account, now in
            // OPEN: the answer if the user did not approve the sign-in.
            if request.query["error"] != nil { return .redirect(to: "/portal/login?error=access_denied") }
            guard let state = request.query["state"], request.cookie(stateCookie) == state,
                let target = account.signIns.take(state, now: now)
            else { throw invalidState }
            guard let code = request.query["code"], let login = account.signIns.redeem(code),
                let value = account.logins.signIn(login, now: now)
            else { throw notExchanged }
            var answer = MockAnswer.redirect(to: target)
            answer.headers.append(("Set-Cookie", MockService.setCookie(value)))
            return answer
        },
    ]

    private static let portal: Answer = { request, account, now in
        let user = request.cookie(MockService.cookieName).flatMap { account.logins.owner(of: $0, now: now) }
        return user.map(OAuthPages.portal) ?? .redirect(to: "/portal/login")
    }

    /// The address at which a sign-in ends: a path of this server; the portal for anything else.
    private static func target(_ wanted: String?) -> String {
        guard let wanted, wanted.hasPrefix("/"), !wanted.hasPrefix("//"), !wanted.contains("\\"),
            wanted.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return "/portal" }
        return wanted
    }

    private static let invalidState = MockError(
        status: 400, code: "invalid_state", message: "This sign-in was not begun here, or more than 10 minutes ago.")
    private static let notExchanged = MockError(
        status: 502, code: "oauth_exchange_failed", message: "GitHub did not say who has approved this sign-in.")
}
