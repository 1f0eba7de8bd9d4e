import Foundation

/// The addresses that need no cookie: health, signing in, and the requests of other systems.
enum OpenRoutes {
    /// Nil for other paths.
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
        // The portal answers an unknown address with a page.
        case "api" where account.options.me == .authMePage && path == ["api", "v1", "auth", "me"]:
            return OAuthPages.signIn(wasRefused: false)
        default: return nil
        }
    }
}
