/// Reads pages of call sessions, one after another; what their rows have in common is held once.
public struct SessionPageReader: ~Copyable {
    private var sharing = SessionSharing()

    public init() {}

    /// Nil when there is no `data` array at all.
    /// - Throws: `JSONSyntaxError` when the bytes are no JSON.
    public mutating func read(_ bytes: [UInt8]) throws(JSONSyntaxError) -> Page<CallSession>? {
        try Page<CallSession>(parsing: bytes, sharing: &sharing)
    }
}

extension Page where Element == CallSession {
    /// Sessions are read from the bytes themselves, because they come by the hundred thousand. Whatever is unusual is read
    /// by way of a tree: one record, or the whole page.
    init?(parsing bytes: [UInt8], sharing: inout SessionSharing) throws(JSONSyntaxError) {
        if let page = bytes.withUnsafeBufferPointer({ Page.plain($0, &sharing) }) {
            self = page
        } else {
            let (json, leftOut) = try JSON.page(parsing: bytes, mostElements: PageLimit.elements)
            self.init(json: json, leftOut: leftOut)
        }
    }

    private static func plain(_ bytes: PlainReader.Bytes, _ sharing: inout SessionSharing) -> Page? {
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
                guard !hasData, page.readRecords(&reader, &sharing) else { return nil }
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

    /// False when it is no array, or one that ends badly.
    private mutating func readRecords(_ reader: inout PlainReader, _ sharing: inout SessionSharing) -> Bool {
        guard reader.take("[") else { return false }
        reader.skipSpace()
        if reader.take("]") { return true }
        data.reserveCapacity(Endpoint.largestPage)
        while true {
            let start = reader.at
            if data.count + unreadableCount >= PageLimit.elements {
                guard reader.tree(depth: 2) != nil else { return false }
                leftOutCount += 1
            } else if let record = CallSession.plain(&reader, &sharing) {
                data.append(record)
            } else {
                reader.goBack(to: start)
                guard let json = reader.tree(depth: 2) else { return false }
                if let record = CallSession(json: json) { data.append(record) } else { unreadableCount += 1 }
            }
            guard let hasMore = reader.next(orEnd: "]") else { return false }
            if !hasMore { return true }
        }
    }
}
