import Foundation

/// `/admin/policy/reload`.
enum AdminRoutes {
    static func answer(_ path: [String], _ request: MockRequest, _ user: MockUser, now: Date) throws -> MockAnswer {
        guard path == ["admin", "policy", "reload"] else { throw MockError.noSuchAddress }
        try request.allow("POST")
        // OPEN: who may do this.
        guard Rights.isAdmin(user) else { throw MockError.forbidden("Only account admins can reload the policies.") }
        // OPEN: the body of the answer.
        return .reply(["status": "reloaded", "policies": .int(Policies.named.count), "reloaded_at": .time(now)])
    }
}
