import Foundation

/// The current user: `/me` (documented), or `/auth/me` on servers with the earlier form.
enum MeRoutes {
    static func answer(
        _ path: [String], _ request: MockRequest, _ user: MockUser, _ account: MockAccount, now: Date
    ) throws -> MockAnswer {
        let form = account.options.me
        guard form != .missing, path == (form == .authMe ? ["auth", "me"] : ["me"]) else { throw MockError.noSuchAddress }
        try request.allow("GET")
        return .reply(try body(form, user, account, now: now))
    }

    private static func body(_ form: MockOptions.Me, _ user: MockUser, _ account: MockAccount, now: Date) throws -> MockJSON {
        if form == .forbidden { throw MockError.forbidden("The current user cannot be read.") }
        let facts = UserFacts(user, account)
        var fields: [String: MockJSON] = ["id": .text(facts.id)]
        if form == .minimal { return ["user": .object(fields)] }
        fields["github_login"] = .text(user.login)
        fields["email"] = .text(facts.email)
        fields["last_seen_at"] = .time(now)
        if form == .role || form == .authMe { fields["role"] = .text(user.role) }
        if form == .authMe { return ["user": .object(fields)] }
        fields["github_id"] = .int(facts.githubID)
        fields["name"] = .text(facts.name)
        fields["avatar_url"] = .text("https://avatars.githubusercontent.com/u/\(facts.githubID)")
        fields["created_at"] = .time(facts.createdAt)
        let permissions = account.options.permissions == .untold ? nil : Rights.of(user, account.options)
        return .record([
            "user": .object(fields), "account": facts.account,
            "permissions": permissions.map { MockJSON.list($0.map(MockJSON.text)) },
        ])
    }
}

/// The service's data about a user and the account.
private struct UserFacts {
    let id: String, githubID: Int, name: String, email: String, createdAt: Date, account: MockJSON

    init(_ user: MockUser, _ account: MockAccount) {
        let options = account.options
        var random = SeededRandom(text: user.login, options.seed)
        createdAt = account.startedAt.addingTimeInterval(-1e7).inMilliseconds
        id = ULID.make("usr_", at: createdAt, high: random.next(), low: random.next())
        githubID = Int(random.next() % 90_000_000) + 10_000_000
        name = "\(user.login.prefix(1).uppercased())\(user.login.dropFirst()) Example"
        email = options.isHostile ? HostileTexts.email : "\(user.login)@example.org"
        // All users have the same account.
        var other = SeededRandom(text: "account", options.seed)
        self.account = [
            "id": .text(ULID.make("acc_", at: createdAt, high: other.next(), low: other.next())), "name": "Example Clinic",
            // Only accounts with the plan `beta` have a daily limit.
            "plan": .text(options.dailyLimit == nil ? "pilot" : "beta"), "created_at": .time(createdAt),
        ]
    }
}
