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
    private var serial = 0

    static let lifetime = 30.0 * 86_400

    init(users: [MockUser], now: Date) {
        self.users = users
        for (index, user) in users.enumerated() { begin(user: index, value: user.cookie, now: now) }
    }

    /// Signs a user in once more; returns the cookie's value.
    mutating func signIn(_ login: String, now: Date) -> String? {
        guard let user = users.firstIndex(where: { $0.login == login }) else { return nil }
        serial += 1
        let value = "mock-\(UInt64.random(in: .min ... .max))-\(serial)"
        begin(user: user, value: value, now: now)
        return value
    }

    private mutating func begin(user: Int, value: String, now: Date) {
        logins.append(Login(user: user, current: value, endsAt: now.addingTimeInterval(Self.lifetime)))
        values[value] = (logins.count - 1, nil)
    }

    /// Whose session this value is, when it is good; slides its end.
    mutating func authenticate(_ value: String, now: Date) -> MockUser? {
        guard let (index, deadAt) = values[value], !logins[index].isRevoked, logins[index].endsAt > now,
            deadAt.map({ $0 > now }) ?? true
        else { return nil }
        logins[index].endsAt = now.addingTimeInterval(Self.lifetime)
        return users[logins[index].user]
    }

    /// Replaces a value; the old one stays good for `grace` seconds.
    mutating func rotate(_ value: String, grace: TimeInterval, now: Date) -> String {
        guard let (index, _) = values[value] else { return value }
        serial += 1
        let fresh = "mock-rotated-\(serial)-\(UInt32.random(in: .min ... .max))"
        let old = logins[index].current
        if let entry = values[old], entry.deadAt == nil { values[old] = (entry.login, now.addingTimeInterval(grace)) }
        logins[index].current = fresh
        values[fresh] = (index, nil)
        return fresh
    }

    /// Ends the session of a value for good.
    mutating func revoke(_ value: String) {
        if let (index, _) = values[value] { logins[index].isRevoked = true }
    }

    /// Ends every session of a user for good.
    mutating func revokeAll(of login: String) {
        for index in logins.indices where users[logins[index].user].login == login { logins[index].isRevoked = true }
    }

    /// A value of the user that is good now.
    func currentValue(of login: String) -> String? {
        logins.last { users[$0.user].login == login && !$0.isRevoked }?.current
    }

    mutating func setRole(_ role: String, of login: String) {
        for index in users.indices where users[index].login == login { users[index].role = role }
    }
}
