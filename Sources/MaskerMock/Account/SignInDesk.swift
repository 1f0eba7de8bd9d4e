import Foundation

/// The sign-ins that are under way. Each `state` and each `code` can be used once.
struct SignInDesk: Sendable {
    private struct SignIn: Sendable {
        var begunAt: Date
        var target: String
    }

    private var signIns: [String: SignIn] = [:]
    private var codes: [String: String] = [:]

    /// How long a `state` and the cookie with it are valid, in seconds.
    static let lifetime = 600

    /// The largest number of sign-ins under way. When it is reached, all are forgotten, so that memory is limited.
    private static let most = 1_000

    /// Starts a sign-in that ends at the address `target`; returns its `state`.
    mutating func begin(to target: String, now: Date) -> String {
        if signIns.count >= Self.most { signIns.removeAll() }
        let state = Self.token()
        signIns[state] = SignIn(begunAt: now, target: target)
        return state
    }

    func isUnderWay(_ state: String) -> Bool { signIns[state] != nil }

    /// The user has approved the sign-in: returns the `code` for the callback.
    mutating func approve(_ login: String) -> String {
        if codes.count >= Self.most { codes.removeAll() }
        let code = Self.token()
        codes[code] = login
        return code
    }

    /// Takes the `state` of a callback; returns the address at which the sign-in ends, or nil when the state is unknown or too
    /// old.
    mutating func take(_ state: String, now: Date) -> String? {
        guard let signIn = signIns.removeValue(forKey: state), now.timeIntervalSince(signIn.begunAt) <= Double(Self.lifetime) else { return nil }
        return signIn.target
    }

    /// Takes a code; returns the login of the user who has approved the sign-in.
    mutating func redeem(_ code: String) -> String? { codes.removeValue(forKey: code) }

    private static func token() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
