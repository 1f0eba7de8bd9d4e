import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Turns errors into words: the one place that does.
package enum Wording {
    /// One clause that says what happened, with the request id where there is one.
    package static func failure(_ error: APIError) -> PrintableText {
        withID(clause(error), error)
    }

    /// A refusal with what would be needed.
    package static func forbidden(_ error: APIError, needs: String?) -> PrintableText {
        let reason = error.scope.map(lacking) ?? needs.map { "needs \($0)" } ?? error.message
        return withID("not permitted" + (reason.isEmpty ? "" : ": \(reason)"), error)
    }

    /// What a server said to a request that is not the console's own: there a 401 is about a signature.
    static func answer(_ error: APIError) -> PrintableText {
        withID(cause(error).map { "\($0): \(error.message)" } ?? error.message, error)
    }

    /// Why a check came to nothing.
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

    /// What a person is told before what the permissions, as the server tells them, do not seem to allow. It is sent all the same.
    package static func foretold(_ user: User?, lacking permission: Permission) -> String? {
        guard user?.lacks(permission) == true else { return nil }
        return "No \(permission.rawValue): the server will most likely refuse."
    }

    /// What went wrong behind the server, or in it, by the codes of the contract's table; nil where the code says no more than
    /// the status does.
    private static func cause(_ error: APIError) -> String? {
        switch error.code {
        // The service refuses to make a report over a chain that does not verify, and answers as when it has failed.
        case "report_generation_failed": "failed, or a broken audit chain"
        case "user_upsert_failed": "the service could not keep who has signed in"
        case "oauth_exchange_failed": "GitHub did not confirm the sign-in to the service"
        case "upstream_error": "the LLM provider has answered with an error"
        case "upstream_timeout": "the LLM provider did not answer in time"
        default: nil
        }
    }

    private static func clause(_ error: APIError) -> String {
        switch error.kind {
        case .unauthenticated where error.isOfToken: return "the API token is not accepted: it has expired, or was revoked"
        case .unauthenticated where !error.asksForSignIn: return "the signature was refused: \(error.message)"
        case .unauthenticated: return "the login session is not valid any more"
        case .forbidden:
            let reason = error.scope.map(lacking) ?? error.message
            return reason.isEmpty ? "not permitted" : "not permitted: \(reason)"
        case .notFound: return error.message.isEmpty ? "not found" : error.message
        case .conflict, .validation: return error.message
        case .rateLimited(let pause):
            // A time that is long from now is told as such.
            if let retryAt = error.retryAt, let pause, pause > longestCount { return "too many requests; come back at " + Clock.utc(now: retryAt).moment(retryAt) }
            return "too many requests" + (pause.map { "; the server asks to wait \($0.components.seconds) s" } ?? "")
        case .server: return "\(cause(error) ?? "the server failed") (\(error.status.map(String.init) ?? "5xx")): \(error.message)"
        case .redirected(let target):
            return "the server answers with a redirect\(target.map { " to \($0)" } ?? ""); is the address right?"
        case .transport(let failure): return transport(failure)
        case .unexpectedResponse: return "unexpected answer\(error.status.map { " (\($0))" } ?? ""): \(error.message)"
        }
    }

    /// A pause of more than that is not told in seconds.
    private static let longestCount = Duration.seconds(60)

    /// Bulk work goes on then.
    package static func waiting(until end: Date, _ clock: Clock) -> String { "waiting until \(clock.second(end)), too many requests" }

    private static func transport(_ failure: TransportError) -> String {
        switch failure.reason {
        case .resolve, .connect, .tls, .timeout, .connectionLost, .tooLarge, .malformed, .refused: failure.detail
        case .cancelled: "cancelled"
        }
    }
}
