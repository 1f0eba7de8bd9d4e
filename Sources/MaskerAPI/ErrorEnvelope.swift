import FoundationEssentials

extension APIError {
    /// Turns any answer that is no success into an error: the one place that does (contract, *Errors*).
    ///
    /// OPEN nesting of the envelope: `{"error": {"code", "message", "request_id"?}}`, with the request id inside, beside
    /// it, or in `X-Request-Id`. A body that is nothing of the kind still gives a readable error.
    init(answer response: HTTPResponse, now: Date = Date()) {
        let head = response.head
        let json = try? JSON(parsing: response.body)
        let envelope = json?["error"]
        let said = envelope?["message"]?.stringValue ?? envelope?.stringValue ?? json?["message"]?.stringValue
        self.init(
            kind: Self.kind(head, now: now), status: head.status, code: envelope?["code"]?.stringValue,
            message: said ?? Self.describe(head), field: Self.field(envelope?["details"]),
            scope: Endpoint.missingScope(head.status, details: envelope?["details"]),
            requestID: envelope?["request_id"]?.stringValue ?? json?["request_id"]?.stringValue ?? head["x-request-id"])
        if case .rateLimited(let pause?) = kind { retryAt = now.addingTimeInterval(Double(pause.components.seconds)) }
    }

    /// OPEN: `details` is `{"field": "name"}`, or a list that begins with such an object.
    private static func field(_ details: JSON?) -> String? {
        if case .array(let list)? = details { return list.first?["field"]?.stringValue }
        return details?["field"]?.stringValue
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
