import FoundationEssentials

/// One page of a list: `{"data": […], "next_cursor": string|null}` (contract, *Conventions*). Newest first.
public struct Page<Element: Sendable>: Sendable {
    /// The records that could be read.
    public var data: [Element]
    /// The cursor of the next page, an opaque string; nil on the last page.
    public var nextCursor: String?
    /// How many records of the page could not be read, because they are not objects or have no id.
    public var unreadableCount: Int
    /// Whether `next_cursor` is neither a string nor null. The list does not end here, but it cannot be read further.
    public var hasUnreadableCursor = false
    /// How many records of the page were left out because of `PageLimit.elements`. The contract's pages have 100 at most.
    public var leftOutCount: Int
    /// How many records of the page were passed over, because they are newer than the wanted ones.
    public private(set) var passedOverCount = 0

    public init(data: [Element], nextCursor: String? = nil, unreadableCount: Int = 0, leftOutCount: Int = 0) {
        self.data = data
        self.nextCursor = nextCursor
        self.unreadableCount = unreadableCount
        self.leftOutCount = leftOutCount
    }
}

extension Page where Element == CallSession {
    /// The page without the sessions that began at a moment or later; nil for the whole page. A session without a start time stays.
    public func passingOver(from end: Date?) -> Page {
        guard let end else { return self }
        var page = self
        page.data.removeAll { session in session.startedAt.map { $0 >= end } ?? false }
        page.passedOverCount = data.count - page.data.count
        return page
    }
}

/// The limits for a page from the server.
public enum PageLimit {
    /// The most records that are read of a page.
    public static let elements = 1_000
}

extension Page: Equatable where Element: Equatable {}

extension Page where Element: JSONObjectReadable {
    /// Reads a page record by record; nil when there is no array `data`.
    /// - Parameter leftOut: how many records were left out before.
    public init?(json: JSON, leftOut: Int = 0) {
        guard case .array(let all)? = json["data"] else { return nil }
        let records = all.prefix(PageLimit.elements)
        leftOutCount = all.count - records.count + leftOut
        data = records.compactMap(Element.init(json:))
        unreadableCount = records.count - data.count
        takeCursor(json["next_cursor"])
    }
}

extension Page {
    /// Reads `next_cursor`.
    mutating func takeCursor(_ value: JSON?) {
        switch value {
        case nil, .null?: break
        case .string(let text)?: nextCursor = text.isEmpty ? nil : text
        default: hasUnreadableCursor = true
        }
    }
}

extension Page: Encodable where Element: Encodable {
    enum CodingKeys: String, CodingKey {
        case data
        case nextCursor = "next_cursor"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(data, forKey: .data)
        try container.encode(nextCursor, forKey: .nextCursor)
    }
}
