import MaskerAPI

/// What the environment says of who the console is.
enum EnvironmentCredential: Sendable {
    /// `MASKER_TOKEN`
    case token(APIToken)
    /// `MASKER_SESSION`
    case session(CookieValue)

    var variable: String {
        switch self {
        case .token: "MASKER_TOKEN"
        case .session: "MASKER_SESSION"
        }
    }
}
