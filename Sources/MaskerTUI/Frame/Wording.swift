import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Turns errors into sentences. No other type does this.
package enum Wording {
    /// One clause that says what happened, followed by the request id if there is one.
    package static func failure(_ error: APIError) -> PrintableText {
        withID(clause(error), error)
    }

    /// The clause for a refusal, with the permission that is needed.
    package static func forbidden(_ error: APIError, needs: String?) -> PrintableText {
        if error.isWebPage { return failure(error) }
        let reason = error.scope.map(lacking) ?? needs.map { "needs \($0)" } ?? error.message
        return withID("not permitted" + (reason.isEmpty ? "" : ": \(reason)"), error)
    }

    /// The server's answer to a signed check. There, a 401 means a wrong signature, not that the user must sign in.
    static func answer(_ error: APIError) -> PrintableText {
        withID(cause(error).map { "\($0): \(error.message)" } ?? error.message, error)
    }

    /// The reason why a check got no useful answer.
    static func unreachable(_ error: APIError) -> PrintableText {
        if case .transport(let failure) = error.kind {
            return (failure.reason == .refused ? "Nothing was sent: " : "Unreachable: ") + self.failure(error)
        }
        return PrintableText(error.status.map { "The answer is \($0): " } ?? "") + answer(error)
    }

    private static func withID(_ text: String, _ error: APIError) -> PrintableText {
        guard let id = error.requestID, !id.isEmpty else { return PrintableText(text) }
        return PrintableText(text) + PrintableText(" · \(id)")
    }

    private static func lacking(_ scope: String) -> String { "needs the scope \(scope)" }

    static let accountAdmin = "an account admin"

    /// A warning before an action that the user's permissions seem not to allow. The request is sent all the same: only the server
    /// knows what is allowed.
    package static func foretold(_ user: User?, lacking permission: Permission) -> String? {
        guard user?.lacks(permission) == true else { return nil }
        return "No \(permission.rawValue): the server will most likely refuse."
    }

    /// What failed in the server or behind it, for the error codes in the contract's table; nil where the code says no more than
    /// the status does.
    private static func cause(_ error: APIError) -> String? {
        switch error.code {
        // The service also answers this when it refuses to make a report because the audit chain does not verify.
        case "report_generation_failed": "failed, or the audit chain is broken"
        case "user_upsert_failed": "the service could not store the user who signed in"
        case "oauth_exchange_failed": "GitHub did not confirm the sign-in to the service"
        case "upstream_error": "the LLM provider answered with an error"
        case "upstream_timeout": "the LLM provider did not answer in time"
        default: nil
        }
    }

    private static func clause(_ error: APIError) -> String {
        switch error.kind {
        case .forbidden where error.isWebPage, .conflict where error.isWebPage, .validation where error.isWebPage: return unexpected(error)
        case .unauthenticated where error.isOfToken: return "the API token was refused: it has expired or was revoked"
        case .unauthenticated where !error.asksForSignIn: return "the signature was refused: \(error.message)"
        case .unauthenticated: return "the login session is no longer valid"
        case .forbidden:
            let reason = error.scope.map(lacking) ?? error.message
            return reason.isEmpty ? "not permitted" : "not permitted: \(reason)"
        case .notFound: return error.message.isEmpty ? "not found" : error.message
        case .validation where error.code == "policy_yaml_invalid": return joined(error.message)
        case .conflict, .validation: return error.message
        case .rateLimited(let pause):
            // A long wait is given as the time of its end.
            if let retryAt = error.retryAt, let pause, pause > longestCount { return "too many requests; try again at " + Clock.utc(now: retryAt).moment(retryAt) }
            return "too many requests" + (pause.map { "; the server asks to wait \($0.components.seconds) s" } ?? "")
        case .server: return "\(cause(error) ?? "the server failed") (\(error.status.map(String.init) ?? "5xx")): \(error.message)"
        case .redirected(let target):
            return "the server answered with a redirect\(target.map { " to \($0)" } ?? ""): \(APIError.whatIsBetween)"
        case .transport(let failure): return transport(failure)
        case .unexpectedResponse: return unexpected(error)
        }
    }

    /// The lines of a text of several lines, one after the other. Parsers of YAML describe an error in several lines.
    private static func joined(_ text: String) -> String {
        text.split { $0.isNewline }.map { String($0).trimmingSpaces }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func unexpected(_ error: APIError) -> String {
        "unexpected answer\(error.status.map { " (\($0))" } ?? ""): \(error.message)"
    }

    /// A longer wait is given as the time of its end, not in seconds.
    private static let longestCount = Duration.seconds(60)

    /// Says until when work with many requests pauses.
    package static func waiting(until end: Date, _ clock: Clock) -> String { "waiting until \(clock.second(end)), too many requests" }

    /// Says that the server's clock differs from this machine's by more than a minute; nil when it does not.
    /// - Parameter offset: seconds by which the server's clock is ahead.
    package static func clockDifference(_ offset: Double) -> String? {
        difference(offset).map { "the server's clock is \($0) this machine's; ages follow it" }
    }

    /// `3 d behind`, `61 s ahead of`; nil up to a minute.
    static func difference(_ offset: Double) -> String? {
        guard abs(offset) > 60 else { return nil }
        return Format.roughly(abs(offset)) + (offset < 0 ? " behind" : " ahead of")
    }

    private static func transport(_ failure: TransportError) -> String {
        switch failure.reason {
        case .resolve, .connect, .proxy, .tls, .timeout, .silent, .connectionLost, .tooLarge, .malformed, .refused: failure.detail
        case .cancelled: "cancelled"
        }
    }
}
