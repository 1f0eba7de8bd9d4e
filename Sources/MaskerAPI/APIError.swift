import FoundationEssentials

/// The one error type of all calls to the API: what went wrong, and the request id with which support can look it up.
///
/// `message` and `requestID` may come from the server. They are untrusted text and must be sanitised before they are shown.
public struct APIError: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// 401: the cookie is missing, has expired or was signed out; or the API token is not valid.
        case unauthenticated
        /// 403: the user is signed in but has no permission for this.
        case forbidden
        /// 404: it does not exist, or it is not visible to the user.
        case notFound
        /// 409: the name is taken.
        case conflict
        /// 400 and 422: the server does not accept the request; `code` names the rule.
        case validation
        /// 429: too many requests. The pause is that of the Retry-After header; nil without the header.
        case rateLimited(retryAfter: Duration?)
        /// 5xx: the server failed.
        case server
        /// 3xx: the address is wrong, or a proxy wants to show a sign-in page. The client never follows a redirect.
        case redirected(to: String?)
        /// There was no complete answer.
        case transport(TransportError)
        /// The answer is not one of the contract.
        case unexpectedResponse
    }

    public var kind: Kind
    /// Whether signing in again can help: true for a 401, except one about a webhook's signature.
    public var asksForSignIn: Bool { kind == .unauthenticated && code != "bad_signature" }
    /// The HTTP status; nil when there was no answer.
    public var status: Int?
    /// The code of the error envelope (contract, *Errors*), such as `agent_not_found`.
    public var code: String?
    /// A sentence to show to the user.
    public var message: String
    /// The request's field that the error is about, under the API's name.
    public var field: String?
    /// The scope that the API token lacks, when a 403 names it.
    public var scope: String?
    /// Whether the request was made with an API token instead of a login session, so that signing in again does not help.
    public var isOfToken: Bool
    /// Whether a web page came with this status. Then the status may be that of a proxy or a sign-in page, not the API's.
    public var isWebPage = false
    /// The request id, with which support can find the request in the server's log.
    public var requestID: String?
    /// When the request may be sent again, by this machine's clock; only for a 429 with a pause.
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

/// A failure below HTTP: there was no complete answer.
public struct TransportError: Error, Sendable, Equatable {
    /// The diagnostic log contains the raw values.
    public enum Reason: String, Sendable, Equatable {
        /// The host's name could not be resolved.
        case resolve
        /// No connection could be made.
        case connect
        /// A proxy did not let the request through, and would not the next time.
        case proxy
        /// TLS failed (certificate, host name, TLS version).
        case tls
        /// The answer, or the next part of it, did not come in time.
        case timeout
        /// A kept connection stayed silent, so the request was sent again over a new one. Only the diagnostic log contains this.
        case silent
        /// The connection ended before the answer was complete.
        case connectionLost = "connection-lost"
        /// The answer is larger than the console accepts.
        case tooLarge = "too-large"
        /// The answer is not valid HTTP.
        case malformed
        /// The caller cancelled.
        case cancelled
        /// The console did not send the request; `detail` says why.
        case refused
    }

    public var reason: Reason
    /// One clause to show to the user, often libcurl's error text.
    public var detail: String

    public init(_ reason: Reason, detail: String) {
        self.reason = reason
        self.detail = detail
    }

    static let cancelled = TransportError(.cancelled, detail: "cancelled")

    /// Whether the server may have received the request. If so, the result of a write is unknown.
    public var mayHaveReachedServer: Bool {
        switch reason {
        case .resolve, .connect, .proxy, .tls, .refused: false
        case .timeout, .silent, .connectionLost, .tooLarge, .malformed, .cancelled: true
        }
    }
}
