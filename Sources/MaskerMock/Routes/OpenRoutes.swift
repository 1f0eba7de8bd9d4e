import Foundation
import MaskerAPI

/// What is asked without the cookie: health, signing in, and the calls of other systems.
enum OpenRoutes {
    /// Nil when the path is none of these.
    static func answer(_ request: MockRequest, _ account: inout MockAccount, now: Date) throws -> MockAnswer? {
        let path = request.path.split(separator: "/").map(String.init)
        switch (request.method, path.first) {
        case ("GET", "health") where path.count == 1: return .json(["status": "ok"])
        case ("GET", "portal"), ("GET", "api"), ("GET", "mock-github"):
            return try OAuthRoutes.answer(request, &account, now: now)
        case ("POST", "proxy"): return try ProxyRoutes.answer(path, request, &account, now: now)
        case ("POST", "vapi"): return try WebhookRoutes.answer(path, request, account)
        default: return nil
        }
    }
}
