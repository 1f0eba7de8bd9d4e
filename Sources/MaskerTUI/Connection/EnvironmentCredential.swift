import MaskerAPI

/// The login session or the API token in the environment.
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
