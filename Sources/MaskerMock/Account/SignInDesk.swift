/// Sign-ins under way: each `state` and each `code` is good once.
struct SignInDesk: Sendable {
    private var states: Set<String> = []
    private var codes: [String: String] = [:]

    /// Sign-ins that may be under way at once; more is nobody's browser.
    private static let most = 1_000

    /// A new sign-in; returns its `state`.
    mutating func begin() -> String {
        if states.count >= Self.most { states.removeAll() }
        let state = Self.token()
        states.insert(state)
        return state
    }

    func isUnderWay(_ state: String) -> Bool { states.contains(state) }

    /// The person has approved; returns the `code` for the callback.
    mutating func approve(_ login: String) -> String {
        if codes.count >= Self.most { codes.removeAll() }
        let code = Self.token()
        codes[code] = login
        return code
    }

    /// Whose sign-in a callback completes.
    mutating func redeem(state: String, code: String) -> String? {
        guard states.remove(state) != nil else { return nil }
        return codes.removeValue(forKey: code)
    }

    private static func token() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
