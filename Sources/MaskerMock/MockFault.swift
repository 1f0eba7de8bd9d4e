/// A fault that the mock produces on purpose. The first fault that matches a request is applied to it.
public struct MockFault: Sendable, Codable, Equatable {
    /// The method of the requests; nil matches every method.
    public var method: String?
    /// The beginning of the path; or the whole path, if there is a `{…}` in it, such as `/api/v1/agents/{id}`. Nil matches
    /// every path.
    public var path: String?
    /// The number of requests that the fault is applied to; nil for all.
    public var times: Int?

    /// The time to wait before everything else, in milliseconds.
    public var latencyMS: Int?
    /// Answers with this status, and does not carry out the request.
    public var status: Int?
    /// The error code (`code`) of that answer.
    public var code: String?
    /// The header `Retry-After` of that answer.
    public var retryAfter: String?
    /// Closes the connection without an answer, before or after carrying out the request.
    public var drop: Drop?
    /// Sends only this many bytes of the body, with the `Content-Length` of the whole body, and closes the connection.
    public var truncateAt: Int?
    /// Answers with a body that is not JSON.
    public var garbage: Bool?

    /// Closes the connection without sending an answer.
    public enum Drop: String, Sendable, Codable {
        /// Before carrying out the request.
        case before
        /// After carrying out the request.
        case after
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
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
        (method.map { $0 == request.method } ?? true) && (path.map { Self.path($0, matches: request.path) } ?? true)
    }

    private static func path(_ pattern: String, matches path: String) -> Bool {
        guard pattern.contains("{") else { return path.hasPrefix(pattern) }
        let wanted = pattern.split(separator: "/"), given = path.split(separator: "/")
        return wanted.count == given.count && zip(wanted, given).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}

extension MockFault {
    /// Reads a fault. Refuses unknown names and numbers out of range, which would have no effect.
    public init(from decoder: any Decoder) throws {
        let names = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        let known = CodingKeys.allCases.map(\.rawValue)
        if let odd = names.first(where: { !known.contains($0) }) { throw Self.error(decoder, "a fault has no \(odd)") }
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys, _ type: Value.Type = Value.self) throws -> Value? {
            try fields.decodeIfPresent(type, forKey: key)
        }
        func number(_ key: CodingKeys, _ range: ClosedRange<Int>) throws -> Int? {
            guard let value: Int = try read(key) else { return nil }
            guard range.contains(value) else { throw Self.error(decoder, "\(key.rawValue) must be in \(range)") }
            return value
        }
        self.init(
            method: try read(.method), path: try read(.path), times: try number(.times, 0...1_000_000),
            latencyMS: try number(.latencyMS, 0...600_000), status: try number(.status, 200...599),
            code: try read(.code),
            retryAfter: try read(.retryAfter), drop: try read(.drop),
            truncateAt: try number(.truncateAt, 0...1_000_000_000), garbage: try read(.garbage))
    }

    private static func error(_ decoder: any Decoder, _ sentence: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: sentence))
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }
}
