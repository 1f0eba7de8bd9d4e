import Foundation
import MaskerAPI

/// The current user.
enum AuthRoutes {
    static func answer(_ path: [String], _ request: MockRequest, _ user: MockUser, now: Date) throws -> MockAnswer {
        guard path == ["auth", "me"] else { throw MockError(status: 404, code: "not_found", message: "No such address.") }
        guard request.method == "GET" else { throw MockService.wrongMethod }
        struct Body: Encodable { var user: User }
        return .json(Body(user: User(
            id: "usr_\(user.login)", login: user.login, email: "\(user.login)@example.org", role: Role(rawValue: user.role),
            lastSeenAt: now)))
    }
}
