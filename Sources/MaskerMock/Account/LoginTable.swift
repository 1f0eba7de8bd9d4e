import Foundation

/// The login sessions of the mock: which cookie belongs to whom, and until when.
struct LoginTable: Sendable {
    private struct Login {
        var user: Int
        var current: String
        var endsAt: Date
        var isRevoked = false
    }

    private(set) var users: [MockUser]
    private var logins: [Login] = []
    /// Every value that was ever given out, with the moment it stops being good; nil while it is current.
    private var values: [String: (login: Int, deadAt: Date?)] = [:]

    static let lifetime = 30.0 * 86_400

    init(users: [MockUser], now: Date) {
        self.users = users
        for (index, user) in users.enumerated() { begin(user: index, value: user.cookie, now: now) }
    }

    /// Signs a user in once more; returns the cookie's value.
    mutating func signIn(_ login: String, now: Date) -> String? {
        guard let user = users.firstIndex(where: { $0.login == login }) else { return nil }
        let value = MockUser.newCookie()
        begin(user: user, value: value, now: now)
        return value
    }

    private mutating func begin(user: Int, value: String, now: Date) {
        logins.append(Login(user: user, current: value, endsAt: now.addingTimeInterval(Self.lifetime)))
        values[value] = (logins.count - 1, nil)
    }

    /// Whose session this value is, when it is good.
    func owner(of value: String, now: Date) -> MockUser? {
        guard let (index, deadAt) = values[value], !logins[index].isRevoked, logins[index].endsAt > now,
            deadAt.map({ $0 > now }) ?? true
        else { return nil }
        return users[logins[index].user]
    }

    /// As `owner(of:)`; slides the session's end.
    mutating func authenticate(_ value: String, now: Date) -> MockUser? {
        guard let user = owner(of: value, now: now), let (index, _) = values[value] else { return nil }
        logins[index].endsAt = now.addingTimeInterval(Self.lifetime)
        return user
    }

    /// Replaces a session's value; the one that was current stays good for `grace` seconds.
    mutating func rotate(_ value: String, grace: TimeInterval, now: Date) -> String {
        guard let (index, _) = values[value] else { return value }
        values[logins[index].current] = (index, now.addingTimeInterval(grace))
        let fresh = MockUser.newCookie()
        logins[index].current = fresh
        values[fresh] = (index, nil)
        return fresh
    }

    /// Ends the session of a value for good.
    mutating func revoke(_ value: String) {
        if let (index, _) = values[value] { logins[index].isRevoked = true }
    }

    /// Ends every session of a user for good.
    mutating func revokeAll(of login: String) { change(login) { $0.isRevoked = true } }

    /// Ends every session of a user as 30 days without a request do.
    mutating func expireAll(of login: String, now: Date) { change(login) { $0.endsAt = now } }

    private mutating func change(_ login: String, _ body: (inout Login) -> Void) {
        for index in logins.indices where users[logins[index].user].login == login { body(&logins[index]) }
    }

    /// A value of the user that is good now.
    func currentValue(of login: String, now: Date) -> String? {
        logins.last { users[$0.user].login == login && !$0.isRevoked && $0.endsAt > now }?.current
    }

    mutating func setRole(_ role: String, of login: String) {
        for index in users.indices where users[index].login == login { users[index].role = role }
    }
}
