import Foundation

/// What is asked without the cookie: health, signing in, and the calls of other systems.
enum OpenRoutes {
    /// Nil when the path is none of these.
    static func answer(_ request: MockRequest, _ account: inout MockAccount, now: Date) throws -> MockAnswer? {
        if let page = try OAuthRoutes.answer(request, &account, now: now) { return page }
        let path = request.path.split(separator: "/").map(String.init)
        switch path.first {
        case "health" where path.count == 1: return try HealthRoutes.answer(request, account, now: now)
        case "proxy" where path.count == 5 && path[2...] == ["v1", "chat", "completions"]:
            try request.allow("POST")
            return try ProxyRoutes.answer(path[1], request, &account, now: now)
        case "vapi" where path.count == 3 && path[1] == "webhook":
            try request.allow("POST")
            return try WebhookRoutes.answer(path[2], request, &account, now: now)
        // A portal that has a page for every address it does not know.
        case "api" where account.options.me == .authMePage && path == ["api", "v1", "auth", "me"]:
            return OAuthPages.signIn(wasRefused: false)
        default: return nil
        }
    }
}
