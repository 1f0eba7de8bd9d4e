import FoundationEssentials

extension APIError {
    /// Turns any answer that is no success into an error: the one place that does (contract, *Errors*).
    ///
    /// `{"error": {"code", "message", "request_id"}}`, with the request id inside, beside it, or in `X-Request-Id`; from the proxy
    /// OpenAI's shape, `{"error": {"message", "type", "param", "code"}}`. A body that is nothing of the kind still gives a
    /// readable error.
    init(answer response: HTTPResponse, now: Date = Date()) {
        let head = response.head
        let json = try? JSON(parsing: response.body)
        let envelope = json?["error"]
        // `error` can be a text alone.
        let said = envelope?["message"]?.stringValue ?? envelope?.stringValue ?? json?["message"]?.stringValue
        let code = envelope?["code"]?.stringValue ?? envelope?["type"]?.stringValue
        let scope = OpenDecision.missingScope(head.status, details: envelope?["details"])
        let details = OpenDecision.details(scope == nil ? envelope?["details"] : nil)
        let message = said.flatMap { $0.isEmpty ? nil : $0 } ?? Self.meaning(of: code) ?? Self.describe(head)
        self.init(
            kind: Self.kind(head, now: now), status: head.status, code: code, message: details.completing(message),
            field: details.field ?? envelope?["param"]?.stringValue, scope: scope,
            requestID: envelope?["request_id"]?.stringValue ?? json?["request_id"]?.stringValue ?? head["x-request-id"])
        if case .rateLimited(let pause?) = kind { retryAt = now.addingTimeInterval(Double(pause.components.seconds)) }
    }

    /// An answer that came with a success, and is not what the contract says.
    static func unexpected(_ response: HTTPResponse, _ sentence: String) -> APIError {
        APIError(
            kind: .unexpectedResponse, status: response.head.status, message: sentence,
            requestID: response.head["x-request-id"])
    }

    /// A page that is not the last one, and does not say what the next one is.
    public static let unreadableCursor = APIError(
        kind: .unexpectedResponse, message: "the server's next_cursor is no text, so the list cannot be read to its end")

    static func notJSON(_ response: HTTPResponse, _ error: JSONSyntaxError) -> APIError {
        .unexpected(response, "the answer is not JSON: \(error.reason)")
    }

    init(_ failure: TransportError) { self.init(kind: .transport(failure), message: failure.detail) }

    static let noCookie = APIError(kind: .unauthenticated, message: "there is no login session")
    /// The same, of a request with an API token.
    var ofToken: APIError {
        var error = self
        error.isOfToken = true
        return error
    }

    static let refusedToken = APIError(kind: .unauthenticated, message: "the API token was refused", isOfToken: true)
    static let cancelled = APIError(TransportError(.cancelled, detail: "cancelled"))
    static let foreignCookie = APIError(TransportError(.refused, detail: "the login session belongs to another host"))

    private static func kind(_ head: HTTPResponseHead, now: Date) -> Kind {
        switch head.status {
        case 300..<400: .redirected(to: head["location"])
        case 401: .unauthenticated
        case 403: .forbidden
        case 404: .notFound
        case 409: .conflict
        case 400, 422: .validation
        case 429: .rateLimited(retryAfter: retryAfter(head, now: now))
        case 500...: .server
        default: .unexpectedResponse
        }
    }

    /// Whole seconds or a date; what is neither, and a date that has passed, counts as 5 seconds; no header as nothing.
    static func retryAfter(_ head: HTTPResponseHead, now: Date) -> Duration? {
        guard let text = head["retry-after"] else { return nil }
        // A date counts from the server's own clock, where it says what that is.
        let serverNow = head["date"].flatMap(HTTPDate.parse) ?? now
        // Swift reads more as a number than HTTP does: signs, exponents, hexadecimal digits.
        let isCount = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let seconds = isCount ? Double(text) : HTTPDate.parse(text)?.timeIntervalSince(serverNow)
        guard let seconds, seconds >= 0 else { return .seconds(5) }
        return .seconds(Int(min(seconds, 1e9).rounded(.up)))
    }

    /// What a code of the contract's table means, where the server says no more than that.
    private static func meaning(of code: String?) -> String? {
        switch code {
        case "invalid_state": "the sign-in was begun elsewhere, or more than 10 minutes ago"
        case "unauthenticated": "not signed in"
        case "bad_signature": "the signature is missing, or was made with another secret"
        case "forbidden": "this needs more rights than you have"
        case "agent_not_found": "there is no such agent, or it is not visible to you"
        case "session_not_found": "there is no such session, or it is not visible to you"
        case "not_found": "this does not exist, or is not visible to you"
        case "name_taken": "the name is taken"
        case "validation_failed": "the server does not accept what was sent"
        case "unknown_upstream": "the server does not know this upstream"
        case "unknown_policy": "the server does not know this policy"
        case "policy_yaml_invalid": "the policy is not valid"
        case "unsupported_event": "the webhook does not answer this kind of event"
        case "model_not_allowed": "the model does not fit the agent's upstream"
        case "rate_limited": "too many requests"
        case "internal_error", "report_generation_failed", "user_upsert_failed", "upstream_error", "oauth_exchange_failed",
            "upstream_timeout":
            "the server says no more"
        default: nil
        }
    }

    private static func describe(_ head: HTTPResponseHead) -> String {
        switch head.status {
        case 300..<400: "the server sent a redirect"
        case 401: "not signed in"
        case 403: "this needs more rights than you have"
        case 404: "there is nothing at this address"
        case 429: "too many requests"
        case 502, 503, 504: "the service is not available"
        case 500...: "the server failed"
        default: "the server answered with status \(head.status)"
        }
    }
}
