/// One page of a list: `{"data": […], "next_cursor": string|null}` (contract, *Conventions*). Newest first.
public struct Page<Element: Sendable>: Sendable {
    /// The records that could be read.
    public var data: [Element]
    /// Opaque; nil on the last page.
    public var nextCursor: String?
    /// How many records of the page could not be read at all (no object, or no id).
    public var unreadableCount: Int

    public init(data: [Element], nextCursor: String? = nil, unreadableCount: Int = 0) {
        self.data = data
        self.nextCursor = nextCursor
        self.unreadableCount = unreadableCount
    }
}

extension Page: Equatable where Element: Equatable {}

extension Page where Element: JSONObjectReadable {
    /// Reads a page record by record; nil when there is no `data` array at all.
    public init?(json: JSON) {
        guard case .array(let records)? = json["data"] else { return nil }
        data = records.compactMap(Element.init(json:))
        unreadableCount = records.count - data.count
        nextCursor = json["next_cursor"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
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
