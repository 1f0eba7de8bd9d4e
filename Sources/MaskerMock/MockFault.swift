/// Something that goes wrong on purpose. The first one that matches a request is applied to it.
public struct MockFault: Sendable, Codable, Equatable {
    /// Nil matches every method.
    public var method: String?
    /// What the path begins with; one with a `{…}` in it is the whole path, such as `/api/v1/agents/{id}`. Nil
    /// matches every path.
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
    /// Reads a fault and refuses what would have no effect or no sense: a name misspelt, a number out of range.
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
