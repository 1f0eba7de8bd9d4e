import FoundationEssentials

/// Everything that can go wrong with a call, as one type: what happened, and what support needs to look it up.
///
/// `message` and `requestID` may be the server's own words: untrusted text, to be sanitised before a terminal sees it.
public struct APIError: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// 401: no cookie, an expired one, or one that was signed out: sign in again. Or an API token that is not good.
        case unauthenticated
        /// 403: signed in, but not permitted to do this.
        case forbidden
        /// 404.
        case notFound
        /// 409: the name is taken.
        case conflict
        /// 400 and 422: the server refused what was sent; `code` says which rule.
        case validation
        /// 429, with the pause the server asked for, where it asked for one.
        case rateLimited(retryAfter: Duration?)
        /// 5xx: the server's fault.
        case server
        /// A 3xx: the address is wrong, or something in between wants a log-in page. Never followed.
        case redirected(to: String?)
        /// No usable answer came back.
        case transport(TransportError)
        /// An answer came, but not one of the contract.
        case unexpectedResponse
    }

    public var kind: Kind
    /// Whether signing in would help: a 401 that is about a signature is not about the login session.
    public var asksForSignIn: Bool { kind == .unauthenticated && code != "bad_signature" }
    /// HTTP status, where an answer came.
    public var status: Int?
    /// The machine code of the error envelope, such as `agent_not_found`.
    public var code: String?
    /// For a person.
    public var message: String
    /// The field of the request that it is about, in the API's name.
    public var field: String?
    /// The scope that the API token lacks, of a 403.
    public var scope: String?
    /// It was an API token that was refused, not a login session: signing in again does not help.
    public var isOfToken: Bool
    /// What support asks for.
    public var requestID: String?
    /// When to come back, by this machine's clock: of a 429 that says so.
    public var retryAt: Date?

    public init(
        kind: Kind, status: Int? = nil, code: String? = nil, message: String, field: String? = nil, scope: String? = nil,
        isOfToken: Bool = false, requestID: String? = nil
    ) {
        self.kind = kind
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.scope = scope
        self.isOfToken = isOfToken
        self.requestID = requestID
    }
}

/// A failure below HTTP: no complete answer.
public struct TransportError: Error, Sendable, Equatable {
    /// The raw values are the words of the diagnostic log.
    public enum Reason: String, Sendable, Equatable {
        /// The host's name could not be resolved.
        case resolve
        /// No connection could be made.
        case connect
        /// The connection could not be made safe (certificate, host name, TLS version).
        case tls
        /// Nothing came in time.
        case timeout
        /// The connection ended before the answer was complete.
        case connectionLost = "connection-lost"
        /// The answer is larger than the console accepts.
        case tooLarge = "too-large"
        /// What came is not HTTP.
        case malformed
        /// The caller cancelled.
        case cancelled
        /// The console itself refused to send: the reason is in `detail`.
        case refused
    }

    public var reason: Reason
    /// One clause for a person, in libcurl's words where it has some.
    public var detail: String

    public init(_ reason: Reason, detail: String) {
        self.reason = reason
        self.detail = detail
    }

    static let cancelled = TransportError(.cancelled, detail: "cancelled")

    /// Whether the server can have seen the request: then the outcome of a write is unknown.
    public var mayHaveReachedServer: Bool {
        switch reason {
        case .resolve, .connect, .tls, .refused: false
        case .timeout, .connectionLost, .tooLarge, .malformed, .cancelled: true
        }
    }
}
