/// Something that goes wrong on purpose. The first one that matches a request is applied to it.
public struct MockFault: Sendable, Codable, Equatable {
    /// Nil matches every method.
    public var method: String?
    /// What the path begins with; nil matches every path.
    public var path: String?
    /// How many requests it applies to; nil for all.
    public var times: Int?

    /// Waits before anything else.
    public var latencyMS: Int?
    /// Answers with this status instead, and carries nothing out.
    public var status: Int?
    /// The machine code of that answer.
    public var code: String?
    /// The `Retry-After` of that answer.
    public var retryAfter: String?
    public var drop: Drop?
    /// Sends only so many bytes of the body, under the length of the whole, and closes.
    public var truncateAt: Int?
    /// Answers with something that is no JSON.
    public var garbage: Bool?

    /// Closes the connection without a byte of an answer.
    public enum Drop: String, Sendable, Codable {
        /// Before the request is carried out.
        case before
        /// After it was carried out.
        case after
    }

    enum CodingKeys: String, CodingKey {
        case method, path, times, status, code, drop, garbage
        case latencyMS = "latency_ms"
        case retryAfter = "retry_after"
        case truncateAt = "truncate_at"
    }

    public init(
        method: String? = nil, path: String? = nil, times: Int? = nil, latencyMS: Int? = nil, status: Int? = nil,
        code: String? = nil, retryAfter: String? = nil, drop: Drop? = nil, truncateAt: Int? = nil, garbage: Bool? = nil
    ) {
        self.method = method
        self.path = path
        self.times = times
        self.latencyMS = latencyMS
        self.status = status
        self.code = code
        self.retryAfter = retryAfter
        self.drop = drop
        self.truncateAt = truncateAt
        self.garbage = garbage
    }

    func matches(_ request: MockRequest) -> Bool {
        (method.map { $0 == request.method } ?? true) && (path.map { request.path.hasPrefix($0) } ?? true)
    }
}
