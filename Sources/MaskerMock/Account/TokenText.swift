/// What stands for a value in a masked text: `{scheme}.{kind}.{kid}.{value}` (contract, *Tokens and kinds*).
struct TokenText: Sendable {
    var policy: MockPolicy
    var tokenization: String?
    /// Tokens that are no vault's are others in each session.
    var session: String

    var scheme: String { tokenization == "reversible-aead" ? "MSK1" : "MSKV1" }

    /// What a value of that kind becomes under the policy. A kind that it does not declare stays as it is.
    func masked(_ kind: String, _ value: String) -> String {
        guard let rule = policy.entities[kind], rule.isEnabled else { return value }
        switch rule.action {
        case .passthrough: return value
        case .redact: return "[REDACTED:\(kind)]"
        case .tokenize: return "\(scheme).\(kind).\(policy.kid).\(opaque(kind, value))"
        }
    }

    /// 22 characters of base 32.
    private func opaque(_ kind: String, _ value: String) -> String {
        var random = SeededRandom(text: "\(scheme == "MSKV1" ? "" : session)|\(kind)|\(value)", 7)
        return ULID.text(random.next(), 8) + ULID.text(random.next(), 8) + ULID.text(random.next(), 6)
    }
}
