/// The token that replaces a value in a masked text: `{scheme}.{kind}.{kid}.{value}` (contract, *Tokens and kinds*).
struct TokenText: Sendable {
    var policy: MockPolicy
    var tokenization: String?
    /// Tokens of `reversible-aead` differ between sessions; tokens of a vault do not.
    var session: String

    var scheme: String { tokenization == "reversible-aead" ? "MSK1" : "MSKV1" }

    /// The value as the policy masks it. A value of a kind that the policy does not declare is unchanged.
    func masked(_ kind: String, _ value: String) -> String {
        guard let rule = policy.entities[kind], rule.isEnabled else { return value }
        switch rule.action {
        case .passthrough: return value
        case .redact: return "[REDACTED:\(kind)]"
        case .tokenize: return "\(scheme).\(kind).\(policy.kid).\(opaque(kind, value))"
        }
    }

    /// The last part of a token: 22 characters of base 32.
    private func opaque(_ kind: String, _ value: String) -> String {
        var random = SeededRandom(text: "\(scheme == "MSKV1" ? "" : session)|\(kind)|\(value)", 7)
        return ULID.text(random.next(), 8) + ULID.text(random.next(), 8) + ULID.text(random.next(), 6)
    }
}
