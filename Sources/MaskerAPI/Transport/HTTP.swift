/// One request to the configured host.
public struct HTTPRequest: Sendable {
    public var method: Method
    /// Path and query, from the root of the host, already percent-encoded: `/api/v1/agents?limit=100`.
    public var target: String
    /// Names as sent. Values were checked to hold no control characters.
    public var headers: [(name: String, value: String)] = []
    public var body: [UInt8]?
    /// For the whole exchange.
    public var timeout: Duration = .seconds(30)
    /// Most bytes of body accepted.
    public var bodyLimit: Int = 8 << 20
    /// A connection of its own, so that libcurl has no reused connection to re-send the request over: for writes
    /// and reports.
    public var needsFreshConnection = false
    /// Sent also while the transport holds new requests back: this one ends what others have begun, and everybody waits for it.
    var goesOnWhileHeld = false

    public enum Method: String, Sendable { case get = "GET", post = "POST", delete = "DELETE" }

    public init(_ method: Method, _ target: String) {
        self.method = method
        self.target = target
    }
}

/// Status line and headers of an answer.
public struct HTTPResponseHead: Sendable {
    public var status: Int
    /// In the order received, names in lower case.
    public var headers: [(name: String, value: String)]
    /// Whether nothing but the end of the connection ends the body: a body that is cut looks like a whole one then.
    public var endsWithConnection = false

    public init(status: Int, headers: [(name: String, value: String)]) {
        self.status = status
        self.headers = headers
    }

    /// The first value of a header; `name` in lower case.
    public subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    /// Every value of a header; `name` in lower case.
    public func values(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }
}

/// A complete answer.
public struct HTTPResponse: Sendable {
    public var head: HTTPResponseHead
    public var body: [UInt8]
    public var connection: ConnectionInfo

    public init(head: HTTPResponseHead, body: [UInt8], connection: ConnectionInfo = ConnectionInfo()) {
        self.head = head
        self.body = body
        self.connection = connection
    }
}

/// What is known of the connection an answer came over.
public struct ConnectionInfo: Sendable, Equatable {
    /// `TLSv1.3`; nil over plain HTTP.
    public var tlsVersion: String?
    /// The server certificate's subject.
    public var certificateSubject: String?
    /// The server certificate's end date, as OpenSSL writes it.
    public var certificateExpiry: String?
    /// The proxy in use, host and port only.
    public var proxy: String?

    public init(
        tlsVersion: String? = nil, certificateSubject: String? = nil, certificateExpiry: String? = nil,
        proxy: String? = nil
    ) {
        self.tlsVersion = tlsVersion
        self.certificateSubject = certificateSubject
        self.certificateExpiry = certificateExpiry
        self.proxy = proxy
    }
}

/// What carries requests: libcurl in the product, anything in a test.
public protocol HTTPTransport: Sendable {
    /// Sends a request and waits for the complete answer.
    ///
    /// `onHead` is called once, before the body is waited for, as soon as the blank line after the headers was seen.
    /// `onBody`, where given, receives the body piece by piece and `HTTPResponse.body` stays empty.
    /// - Throws: `TransportError`; `.cancelled` when the surrounding task is cancelled.
    func send(
        _ request: HTTPRequest,
        onHead: (@Sendable (HTTPResponseHead) -> Void)?,
        onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse

    /// Where a task that waits for one answer after another is best run: there it changes no thread to send the next request.
    /// It must not block there.
    var executor: (any TaskExecutor)? { get }
}

extension HTTPTransport {
    public var executor: (any TaskExecutor)? { nil }
}
