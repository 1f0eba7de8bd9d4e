/// All decisions that the client makes where the contract is **OPEN**. There are none elsewhere.
enum OpenDecision {
    /// **OPEN**: how an API token is sent. The client sends it as a bearer token, instead of the cookie.
    static func header(of token: APIToken) -> (name: String, value: String) { ("Authorization", "Bearer " + token.textToSend) }

    /// **OPEN**: how an answer names the scope that a token lacks. The client reads a 403 with `details` of
    /// `{"scope": "agents:read"}`; with any other form it shows only the message.
    static func missingScope(_ status: Int, details: JSON?) -> String? { status == 403 ? details?["scope"]?.stringValue : nil }

    /// **OPEN**: how the current user's answer shows an account admin. The client reads `is_admin`, then `role`; without both
    /// it is unknown.
    static func mayAdminister(_ user: User) -> Bool? {
        if let isAdmin = user.isAdmin { return isAdmin }
        return user.role.map { $0 == .admin }
    }

    /// **OPEN**: the form of an error's `details`. The client reads any form for the field's name and for sentences.
    static func details(_ json: JSON?) -> ErrorDetails { ErrorDetails(json) }

    /// **OPEN**: how coverage writes “in progress” and “not applicable”. The client reads `in_progress` and `not_applicable`,
    /// with a space, `-` or `_` between the words, and `n/a`.
    static func coverage(_ value: String) -> String {
        let words = value.lowercased().split { " -_".contains($0) }.joined(separator: "_")
        return words == "n/a" ? "not_applicable" : words
    }

    /// **OPEN**: the encoding of a webhook's signature. It is the HMAC-SHA256 of the raw body in lower-case hexadecimal digits.
    /// The client sends it without this prefix, and accepts it with or without.
    static let signaturePrefix = "sha256="

    /// **OPEN**: the answer to a reload of the policies. Any of these statuses is a success; the body is not read.
    static let reloadedPolicies: Set<Int> = [200, 202, 204]

    // Two points are **OPEN** but need no decision. The service may renew the cookie, or change its value, with each answer:
    // the client uses every new value. The proxy may refuse an unsigned call when a secret is configured: the console shows
    // the answer.
}
