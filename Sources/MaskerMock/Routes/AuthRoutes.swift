import Foundation
import MaskerAPI

/// The current user.
enum AuthRoutes {
    static func answer(
        _ path: [String], _ request: MockRequest, _ user: MockUser, _ account: MockAccount, now: Date
    ) throws -> MockAnswer {
        guard path == ["auth", "me"] else { throw MockError.noSuchAddress }
        try request.allow("GET")
        var random = SeededRandom(text: user.login, account.options.seed)
        let id = ULID.make(
            "usr_", at: account.startedAt.addingTimeInterval(-1e7), high: random.next(), low: random.next())
        let email = account.options.isHostile ? HostileTexts.email : "\(user.login)@example.org"
        struct Body: Encodable { var user: User }
        return .json(
            Body(
                user: User(
                    id: id, login: user.login, email: email, role: Role(rawValue: user.role), lastSeenAt: now)))
    }
}
