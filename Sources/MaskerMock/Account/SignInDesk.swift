import Foundation

/// Sign-ins under way: each `state` and each `code` is good once.
struct SignInDesk: Sendable {
    private struct SignIn: Sendable {
        var begunAt: Date
        var target: String
    }

    private var signIns: [String: SignIn] = [:]
    private var codes: [String: String] = [:]

    /// How long a `state` is good, and the cookie that holds it.
    static let lifetime = 600

    /// Sign-ins that may be under way at once; more is nobody's browser.
    private static let most = 1_000

    /// A new sign-in that ends at `target`; returns its `state`.
    mutating func begin(to target: String, now: Date) -> String {
        if signIns.count >= Self.most { signIns.removeAll() }
        let state = Self.token()
        signIns[state] = SignIn(begunAt: now, target: target)
        return state
    }

    func isUnderWay(_ state: String) -> Bool { signIns[state] != nil }

    /// The person has approved; returns the `code` for the callback.
    mutating func approve(_ login: String) -> String {
        if codes.count >= Self.most { codes.removeAll() }
        let code = Self.token()
        codes[code] = login
        return code
    }

    /// A callback has come with that `state`; returns where the sign-in ends, and nil when it is none or too old.
    mutating func take(_ state: String, now: Date) -> String? {
        guard let signIn = signIns.removeValue(forKey: state), now.timeIntervalSince(signIn.begunAt) <= Double(Self.lifetime) else { return nil }
        return signIn.target
    }

    /// Whose sign-in a code stands for.
    mutating func redeem(_ code: String) -> String? { codes.removeValue(forKey: code) }

    private static func token() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
