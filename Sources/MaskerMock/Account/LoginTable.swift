import Foundation

/// The login sessions of the mock: the user of each cookie value, and when the login session ends.
struct LoginTable: Sendable {
    private struct Login {
        var user: Int
        var current: String
        var endsAt: Date
        var isRevoked = false
    }

    private(set) var users: [MockUser]
    private var logins: [Login] = []
    /// Every cookie value that was ever sent, with the time at which it stops being valid; nil for a current value.
    private var values: [String: (login: Int, deadAt: Date?)] = [:]

    static let lifetime = 30.0 * 86_400

    init(users: [MockUser], now: Date) {
        self.users = users
        for (index, user) in users.enumerated() { begin(user: index, value: user.cookie, now: now) }
    }

    /// Starts another login session of a user; returns the cookie's value.
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

    /// The user whose login session has this value; nil when the value is not valid.
    func owner(of value: String, now: Date) -> MockUser? {
        guard let (index, deadAt) = values[value], !logins[index].isRevoked, logins[index].endsAt > now,
            deadAt.map({ $0 > now }) ?? true
        else { return nil }
        return users[logins[index].user]
    }

    /// The same as `owner(of:)`; also extends the login session.
    mutating func authenticate(_ value: String, now: Date) -> MockUser? {
        guard let user = owner(of: value, now: now), let (index, _) = values[value] else { return nil }
        logins[index].endsAt = now.addingTimeInterval(Self.lifetime)
        return user
    }

    /// Gives a login session a new value; the current one stays valid for `grace` seconds.
    mutating func rotate(_ value: String, grace: TimeInterval, now: Date) -> String {
        guard let (index, _) = values[value] else { return value }
        values[logins[index].current] = (index, now.addingTimeInterval(grace))
        let fresh = MockUser.newCookie()
        logins[index].current = fresh
        values[fresh] = (index, nil)
        return fresh
    }

    /// Revokes the login session of a value.
    mutating func revoke(_ value: String) {
        if let (index, _) = values[value] { logins[index].isRevoked = true }
    }

    /// Revokes all login sessions of a user.
    mutating func revokeAll(of login: String) { change(login) { $0.isRevoked = true } }

    /// Lets all login sessions of a user expire, as if they had sent no request for 30 days.
    mutating func expireAll(of login: String, now: Date) { change(login) { $0.endsAt = now } }

    private mutating func change(_ login: String, _ body: (inout Login) -> Void) {
        for index in logins.indices where users[logins[index].user].login == login { body(&logins[index]) }
    }

    /// A value of the user that is valid now.
    func currentValue(of login: String, now: Date) -> String? {
        logins.last { users[$0.user].login == login && !$0.isRevoked && $0.endsAt > now }?.current
    }

    mutating func setRole(_ role: String, of login: String) {
        for index in users.indices where users[index].login == login { users[index].role = role }
    }
}
