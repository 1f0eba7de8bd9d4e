/// One request to the configured host.
public struct HTTPRequest: Sendable {
    public var method: Method
    /// Path and query, from the root of the host, already percent-encoded: `/api/v1/agents?limit=100`.
    public var target: String
    /// Header names are sent as written here. A request with a control character in a header is refused.
    public var headers: [(name: String, value: String)] = []
    public var body: [UInt8]?
    /// The longest time for the exchange, from when the connection is ready.
    public var timeout: Duration = .seconds(30)
    /// The largest accepted body of an answer, in bytes.
    public var bodyLimit: Int = 8 << 20
    /// Whether to open a new connection, for writes and reports: libcurl may send a request twice if it reuses a
    /// connection.
    public var needsFreshConnection = false
    /// Whether to open a new connection that later requests may use as well.
    var opensNewConnection = false
    /// Called at most once, for a read that was sent over a kept connection and gets no byte of an answer for a while
    /// (`KeptConnections`). The connection has probably died silently. The request goes on, also after it was cancelled, until
    /// its answer comes or a time limit ends it.
    var onSilence: (@Sendable () -> Void)?
    /// Whether to send the request even after `CurlTransport.hold`: it completes what earlier requests began, and
    /// others wait for it.
    var goesOnWhileHeld = false

    public enum Method: String, Sendable { case get = "GET", post = "POST", delete = "DELETE" }

    public init(_ method: Method, _ target: String) {
        self.method = method
        self.target = target
    }
}

/// Printing a request does not show its headers, which can hold the cookie or an API token, nor its body.
extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "HTTPRequest(\(method.rawValue) \(target))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Status line and headers of an answer.
public struct HTTPResponseHead: Sendable {
    public var status: Int
    /// In the order received, names in lower case.
    public var headers: [(name: String, value: String)]
    /// Whether the body ends only with the connection. A truncated body cannot be told from a complete one then.
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

/// Details of the connection that an answer came over.
public struct ConnectionInfo: Sendable, Equatable {
    /// The TLS version, such as `TLSv1.3`; nil over plain HTTP.
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

/// Sends requests: through libcurl in the product, in any way in a test.
public protocol HTTPTransport: Sendable {
    /// Sends a request and waits for the complete answer.
    ///
    /// `onHead` is called once, before the body is waited for, as soon as the blank line after the headers has arrived.
    /// `onBody`, where given, receives the body of a 2xx answer in pieces, and `HTTPResponse.body` stays empty.
    /// - Throws: `TransportError`; `.cancelled` when the surrounding task is cancelled.
    func send(
        _ request: HTTPRequest,
        onHead: (@Sendable (HTTPResponseHead) -> Void)?,
        onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse

    /// The best executor for a task that waits for one answer after another: the task need not change threads to send the next
    /// request. It must not block the executor's thread.
    var executor: (any TaskExecutor)? { get }

    /// Whether the proxy has refused its user name and password. Then all requests fail at once until `askProxyAgain`.
    var isRefusedByProxy: Bool { get }

    /// Lets the next request ask the proxy again.
    func askProxyAgain()
}

extension HTTPTransport {
    public var executor: (any TaskExecutor)? { nil }

    public var isRefusedByProxy: Bool { false }

    public func askProxyAgain() {}
}
