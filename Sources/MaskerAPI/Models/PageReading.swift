/// Reads pages of call sessions, one after another. Values that rows have in common are stored once.
public struct SessionPageReader: ~Copyable {
    private var sharing = SessionSharing()

    public init() {}

    /// Reads a page; nil when there is no array `data`.
    /// - Throws: `JSONSyntaxError` when the bytes are not JSON.
    public mutating func read(_ bytes: [UInt8]) throws(JSONSyntaxError) -> Page<CallSession>? {
        try Page<CallSession>(parsing: bytes, sharing: &sharing)
    }
}

extension Page where Element == CallSession {
    /// Reads sessions directly from the bytes, because lists have hundreds of thousands of them. A record, or a page, that
    /// `PlainReader` cannot read is read as a tree (`JSON`).
    init?(parsing bytes: [UInt8], sharing: inout SessionSharing) throws(JSONSyntaxError) {
        let plain = bytes.withUnsafeBufferPointer { bytes in
            Page.plain(bytes, { CallSession.plain(&$0, &sharing) }, CallSession.init(json:))
        }
        if let plain {
            self = plain
        } else {
            let (json, leftOut) = try JSON.page(parsing: bytes, mostElements: PageLimit.elements)
            self.init(json: json, leftOut: leftOut)
        }
    }
}

extension Page {
    /// Reads a page with `PlainReader`; nil when it cannot read the page.
    /// - Parameters:
    ///   - record: reads a record; nil when `PlainReader` cannot read that.
    ///   - other: makes such a record from its tree.
    static func plain(
        _ bytes: PlainReader.Bytes, _ record: (inout PlainReader) -> Element?, _ other: (JSON) -> Element?
    ) -> Page? {
        var reader = PlainReader(bytes)
        var page = Page(data: [])
        var hasData = false, hasCursor = false
        reader.skipSpace()
        guard reader.take("{") else { return nil }
        reader.skipSpace()
        var isGoingOn = true
        while isGoingOn {
            guard let key = reader.key() else { return nil }
            if key.equals("data") {
                guard !hasData, page.readRecords(&reader, record, other) else { return nil }
                hasData = true
            } else {
                guard let value = reader.tree(depth: 1) else { return nil }
                if key.equals("next_cursor") {
                    guard !hasCursor else { return nil }
                    hasCursor = true
                    page.takeCursor(value)
                }
            }
            guard let hasMore = reader.next(orEnd: "}") else { return nil }
            isGoingOn = hasMore
        }
        reader.skipSpace()
        return hasData && reader.isAtEnd ? page : nil
    }

    /// Returns false when the value is not an array or has a syntax error.
    private mutating func readRecords(
        _ reader: inout PlainReader, _ record: (inout PlainReader) -> Element?, _ other: (JSON) -> Element?
    ) -> Bool {
        guard reader.take("[") else { return false }
        reader.skipSpace()
        if reader.take("]") { return true }
        data.reserveCapacity(Endpoint.largestPage)
        while true {
            let start = reader.at
            if data.count + unreadableCount >= PageLimit.elements {
                guard reader.tree(depth: 2) != nil else { return false }
                leftOutCount += 1
            } else if let record = record(&reader) {
                data.append(record)
            } else {
                reader.goBack(to: start)
                guard let json = reader.tree(depth: 2) else { return false }
                if let record = other(json) { data.append(record) } else { unreadableCount += 1 }
            }
            guard let hasMore = reader.next(orEnd: "]") else { return false }
            if !hasMore { return true }
        }
    }
}
