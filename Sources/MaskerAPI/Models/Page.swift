/// One page of a list: `{"data": […], "next_cursor": string|null}` (contract, *Conventions*). Newest first.
public struct Page<Element: Sendable>: Sendable {
    /// The records that could be read.
    public var data: [Element]
    /// Opaque; nil on the last page.
    public var nextCursor: String?
    /// How many records of the page could not be read at all (no object, or no id).
    public var unreadableCount: Int
    /// The server says where the list goes on, but not as a text: this is not its end, and it cannot be read on.
    public var hasUnreadableCursor = false
    /// How many records the page has beyond those that are taken of one. The contract's pages have 100 at most.
    public var leftOutCount: Int

    public init(data: [Element], nextCursor: String? = nil, unreadableCount: Int = 0, leftOutCount: Int = 0) {
        self.data = data
        self.nextCursor = nextCursor
        self.unreadableCount = unreadableCount
        self.leftOutCount = leftOutCount
    }
}

/// What is taken of a page, whatever a server sends.
public enum PageLimit {
    public static let elements = 1_000
}

extension Page: Equatable where Element: Equatable {}

extension Page where Element: JSONObjectReadable {
    /// Reads a page record by record; nil when there is no `data` array at all.
    /// - Parameter leftOut: how many were left out already.
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
    /// Takes over what the page says of where the list goes on.
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
