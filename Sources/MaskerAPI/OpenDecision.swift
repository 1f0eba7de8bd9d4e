/// The decisions taken where the contract is **OPEN**: all of them, and nowhere else.
enum OpenDecision {
    /// **OPEN**: how an API token is sent. As a bearer token, instead of the cookie.
    static func header(of token: APIToken) -> (name: String, value: String) { ("Authorization", "Bearer " + token.textToSend) }

    /// **OPEN**: how an answer names the scope that a token lacks. A 403 with `details` of `{"scope": "agents:read"}`; where it
    /// does so otherwise, its message says what there is to say.
    static func missingScope(_ status: Int, details: JSON?) -> String? { status == 403 ? details?["scope"]?.stringValue : nil }

    /// **OPEN**: how the current user's body shows an account admin. The rights are unknown unless `is_admin` or `role` says.
    static func mayAdminister(_ user: User) -> Bool? {
        if let isAdmin = user.isAdmin { return isAdmin }
        return user.role.map { $0 == .admin }
    }

    /// **OPEN**: the shape of an error's `details`. Any is read for the field that it is about and for what it says.
    static func details(_ json: JSON?) -> ErrorDetails { ErrorDetails(json) }

    /// **OPEN**: how coverage says “in progress” and “not applicable”. `in_progress` and `not_applicable`, however the words are
    /// joined.
    static func coverage(_ value: String) -> String {
        let words = value.lowercased().split { " -_".contains($0) }.joined(separator: "_")
        return words == "n/a" ? "not_applicable" : words
    }

    /// **OPEN**: the encoding of a webhook's signature. HMAC-SHA256 of the raw body in lower-case hex; it is sent without this
    /// prefix, and accepted with or without it.
    static let signaturePrefix = "sha256="

    /// **OPEN**: what answers a reload of the policies. Any of these statuses; the body is not read.
    static let reloadedPolicies: Set<Int> = [200, 202, 204]

    // **OPEN**, with nothing to decide here: whether the service renews the cookie with each answer, and whether the value
    // changes (what comes is taken); whether an unsigned call of the proxy is refused where a secret is configured (what comes
    // is shown).
}
