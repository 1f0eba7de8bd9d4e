import FoundationEssentials

extension APIError {
    /// Makes an error of an answer that is not a success (contract, *Errors*). All such answers are read here.
    ///
    /// The body is `{"error": {"code", "message", "request_id"}}`, with the request id in `error`, beside it, or in the header
    /// `X-Request-Id`. The proxy sends OpenAI's form, `{"error": {"message", "type", "param", "code"}}`. With any other body,
    /// the message follows from the status, and says when it is a web page or compressed.
    init(answer response: HTTPResponse, now: Date = Date()) {
        let head = response.head
        let json = try? JSON(parsing: response.body)
        let envelope = json?["error"]
        // `error` can be a string.
        let said = envelope?["message"]?.stringValue ?? envelope?.stringValue ?? json?["message"]?.stringValue
        let code = envelope?["code"]?.stringValue ?? envelope?["type"]?.stringValue
        let scope = OpenDecision.missingScope(head.status, details: envelope?["details"])
        let details = OpenDecision.details(scope == nil ? envelope?["details"] : nil)
        let foreign = json == nil ? ForeignAnswer(head, body: response.body) : nil
        let kind = Self.kind(head, now: now)
        let message = said.flatMap { $0.isEmpty ? nil : $0 } ?? Self.meaning(of: code) ?? Self.describe(head, kind, foreign)
        self.init(
            kind: kind, status: head.status, code: code, message: details.completing(message),
            field: details.field ?? envelope?["param"]?.stringValue, scope: scope,
            requestID: envelope?["request_id"]?.stringValue ?? json?["request_id"]?.stringValue ?? head["x-request-id"])
        isWebPage = kind != .server && foreign == .webPage
        if case .rateLimited(let pause?) = kind { retryAt = now.addingTimeInterval(Double(pause.components.seconds)) }
    }

    /// The error for an answer whose status is a success but whose content is not that of the contract.
    static func unexpected(_ response: HTTPResponse, _ sentence: String) -> APIError {
        let foreign = ForeignAnswer(response.head, body: response.body)
        var error = APIError(
            kind: .unexpectedResponse, status: response.head.status, message: foreign?.sentence ?? sentence,
            requestID: response.head["x-request-id"])
        error.isWebPage = foreign == .webPage
        return error
    }

    /// The error for a page whose `next_cursor` is neither a string nor null.
    public static let unreadableCursor = APIError(
        kind: .unexpectedResponse, message: "the server's next_cursor is not a string, so the list cannot be read to its end")

    static func notJSON(_ response: HTTPResponse, _ error: JSONSyntaxError) -> APIError {
        .unexpected(response, "the answer is not JSON: \(error.reason)")
    }

    init(_ failure: TransportError) { self.init(kind: .transport(failure), message: failure.detail) }

    static let noCookie = APIError(kind: .unauthenticated, message: "there is no login session")
    /// The same error for a request with an API token.
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
        case 511: .unexpectedResponse
        case 500...: .server
        default: .unexpectedResponse
        }
    }

    /// The pause of a Retry-After header: whole seconds, or until a date. Any other value, and a date in the past, count as 5
    /// seconds. Nil without the header.
    static func retryAfter(_ head: HTTPResponseHead, now: Date) -> Duration? {
        guard let text = head["retry-after"] else { return nil }
        // A date is compared with the server's clock if the answer has a Date header.
        let serverNow = head["date"].flatMap(HTTPDate.parse) ?? now
        // Swift's Double accepts more than HTTP allows: signs, exponents, hexadecimal digits.
        let isCount = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let seconds = isCount ? Double(text) : HTTPDate.parse(text)?.timeIntervalSince(serverNow)
        guard let seconds, seconds >= 0 else { return .seconds(5) }
        return .seconds(Int(min(seconds, 1e9).rounded(.up)))
    }

    /// The message for a code of the contract's table, for an answer without a message.
    private static func meaning(of code: String?) -> String? {
        switch code {
        case "invalid_state": "the sign-in was started elsewhere, or more than 10 minutes ago"
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
            "the server gives no details"
        default: nil
        }
    }

    private static func describe(_ head: HTTPResponseHead, _ kind: Kind, _ foreign: ForeignAnswer?) -> String {
        switch (kind, foreign) {
        // A gateway's page about a service that is down says no more than its status.
        case (.redirected, _), (.server, _), (_, nil): describe(head)
        case (_, .webPage): ForeignAnswer.webPage.sentence
        case (_, let foreign?): "\(describe(head)); \(foreign.sentence)"
        }
    }

    private static func describe(_ head: HTTPResponseHead) -> String {
        switch head.status {
        case 300..<400: "the server sent a redirect"
        case 401: "not signed in"
        case 403: "this needs more rights than you have"
        case 404: "there is nothing at this address"
        case 429: "too many requests"
        case 511: "the network wants you to sign in first, with a web browser"
        case 502, 503, 504: "the service is not available"
        case 500...: "the server failed"
        default: "the server answered with status \(head.status)"
        }
    }
}
