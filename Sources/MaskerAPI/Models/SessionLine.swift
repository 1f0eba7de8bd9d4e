/// A session of a list as a line of JSON: its fields, sorted by name. It is made directly from the bytes of the answer, which
/// takes a fraction of the time of reading the session and encoding it again.
public struct SessionLine: Sendable, Identifiable {
    public let id: Identifier<CallSession>
    /// How the session is to be written.
    public let content: Content

    public enum Content: Sendable {
        /// The line, without a line break.
        case json(ArraySlice<UInt8>)
        /// The session, whose answer has anything unusual.
        case session(CallSession)
    }

    init(_ session: CallSession) {
        id = session.id
        content = .session(session)
    }

    init?(json: JSON) {
        guard let session = CallSession(json: json) else { return nil }
        self.init(session)
    }

    init(id: Identifier<CallSession>, json: ArraySlice<UInt8>) {
        self.id = id
        content = .json(json)
    }
}

/// Reads pages of call sessions as lines of JSON.
struct SessionLineReader {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The sorted objects of `redactions_by_kind`, by their bytes in the answer.
    private var kinds = SharedValues<[UInt8]>(most: 8_192)
    private var sharing = SessionSharing()

    /// Reads a page; nil when there is no array `data`.
    /// - Throws: `JSONSyntaxError` when the bytes are not JSON.
    mutating func read(_ bytes: [UInt8]) throws(JSONSyntaxError) -> Page<SessionLine>? {
        var lines: [UInt8] = []
        lines.reserveCapacity(bytes.count)
        let plain = bytes.withUnsafeBufferPointer { bytes in
            Page<Placed>.plain(bytes, { reader in
                let start = lines.count
                guard let id = line(&reader, to: &lines) else {
                    lines.removeSubrange(start...)
                    return nil
                }
                return Placed(id: id, place: start..<lines.count)
            }, { json in CallSession(json: json).map { Placed(id: $0.id, session: $0) } })
        }
        guard let plain else {
            return try Page<CallSession>(parsing: bytes, sharing: &sharing)?.map(SessionLine.init)
        }
        return plain.map { placed in
            placed.session.map(SessionLine.init) ?? SessionLine(id: placed.id, json: lines[placed.place])
        }
    }

    /// A record and where its line is, while the lines still grow.
    private struct Placed: Sendable {
        var id: Identifier<CallSession>
        var place = 0..<0
        var session: CallSession?
    }

    /// Adds the line of a record. Nil for a record with anything that would be written differently from how it was read.
    private mutating func line(_ reader: inout PlainReader, to lines: inout [UInt8]) -> Identifier<CallSession>? {
        guard reader.take("{") else { return nil }
        reader.skipSpace()
        // The values in the order of their names.
        var values = (Bytes?.none, Bytes?.none, Bytes?.none, Bytes?.none, Bytes?.none, Bytes?.none, Bytes?.none)
        var ended: PrintedTime?, started: PrintedTime?
        var counts: [UInt8]?, seen: UInt32 = 0, isGoingOn = true
        while isGoingOn {
            guard let key = reader.key() else { return nil }
            if let field = CallSession.Field(key) {
                guard seen & field.rawValue == 0 else { return nil }
                seen |= field.rawValue
                if !reader.takeNull() {
                    switch field {
                    case .agentID: values.0 = Self.text(&reader, mayBeEmpty: false)
                    case .agentName: values.1 = Self.text(&reader)
                    case .durationMS: values.2 = Self.number(&reader)
                    case .endedAt: ended = PrintedTime(&reader)
                    case .id: values.3 = Self.text(&reader, mayBeEmpty: false)
                    case .redactionCount: values.4 = Self.number(&reader)
                    case .redactionsByKind: counts = sortedCounts(&reader)
                    case .startedAt: started = PrintedTime(&reader)
                    case .status: values.5 = Self.text(&reader)
                    case .upstreamModel: values.6 = Self.text(&reader)
                    }
                    let isRead = switch field {
                    case .agentID: values.0 != nil
                    case .agentName: values.1 != nil
                    case .durationMS: values.2 != nil
                    case .endedAt: ended != nil
                    case .id: values.3 != nil
                    case .redactionCount: values.4 != nil
                    case .redactionsByKind: counts != nil
                    case .startedAt: started != nil
                    case .status: values.5 != nil
                    case .upstreamModel: values.6 != nil
                    }
                    guard isRead else { return nil }
                }
            } else if reader.tree(depth: CallSession.fieldDepth) == nil {
                return nil
            }
            guard let hasMore = reader.next(orEnd: "}") else { return nil }
            isGoingOn = hasMore
        }
        guard let id = values.3 else { return nil }
        var line = LineWriter(lines)
        lines = []
        line.add(#""agent_id":""#, values.0, "\"")
        line.add(#""agent_name":""#, values.1, "\"")
        line.add(#""duration_ms":"#, values.2)
        line.add(#""ended_at":""#, ended)
        line.add(#""id":""#, id, "\"")
        line.add(#""redaction_count":"#, values.4)
        counts?.withUnsafeBufferPointer { line.add(#""redactions_by_kind":"#, $0) }
        line.add(#""started_at":""#, started)
        line.add(#""status":""#, values.5, "\"")
        line.add(#""upstream_model":""#, values.6, "\"")
        line.end()
        lines = line.bytes
        return Identifier(CompactID(id))
    }

    // MARK: Values that are written as they were read

    /// A text of printable ASCII characters.
    private static func text(_ reader: inout PlainReader, mayBeEmpty: Bool = true) -> Bytes? {
        guard let text = reader.string(), mayBeEmpty || !text.isEmpty, isPlain(text) else { return nil }
        return text
    }

    private static func isPlain(_ text: Bytes) -> Bool {
        var isPlain = true
        for byte in text where byte < 0x20 || byte > 0x7E { isPlain = false }
        return isPlain
    }

    /// A whole number that is not negative, without zeros before it.
    private static func number(_ reader: inout PlainReader) -> Bytes? {
        let start = reader.at
        guard reader.integer() != nil else { return nil }
        let digits = Bytes(rebasing: reader.bytes[start..<reader.at])
        return digits[0] == UInt8(ascii: "-") || digits[0] == UInt8(ascii: "0") && digits.count > 1 ? nil : digits
    }

    /// An object of whole numbers, with its keys sorted.
    private mutating func sortedCounts(_ reader: inout PlainReader) -> [UInt8]? {
        if let likely = reader.upToBrace, let known = kinds.find(likely) {
            reader.skip(likely.count)
            return known
        }
        let start = reader.at
        guard reader.take("{") else { return nil }
        reader.skipSpace()
        var counts: [(key: [UInt8], count: Bytes)] = []
        var isGoingOn = !reader.take("}")
        while isGoingOn {
            guard let key = reader.key(), Self.isPlain(key), let count = Self.number(&reader), let hasMore = reader.next(orEnd: "}"),
                !counts.contains(where: { $0.key.elementsEqual(key) })
            else { return nil }
            counts.append((Array(key), count))
            isGoingOn = hasMore
        }
        var sorted: [UInt8] = [UInt8(ascii: "{")]
        for (key, count) in counts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            if sorted.count > 1 { sorted.append(UInt8(ascii: ",")) }
            sorted += [UInt8(ascii: "\"")] + key + [UInt8(ascii: "\""), UInt8(ascii: ":")] + count
        }
        sorted.append(UInt8(ascii: "}"))
        kinds.insert(Bytes(rebasing: reader.bytes[start..<reader.at]), sorted)
        return sorted
    }
}

/// A timestamp in UTC, to be printed with milliseconds: `2026-05-03T21:14:32.481Z`.
private struct PrintedTime {
    /// `2026-05-03T21:14:32`.
    private(set) var seconds: UnsafeBufferPointer<UInt8>
    private(set) var milliseconds: Int

    /// Reads a time. Nil for one that would be printed with other seconds: with an offset, in a leap second, or rounded up to
    /// the next second.
    init?(_ reader: inout PlainReader) {
        guard let text = reader.string(), (20...30).contains(text.count), text[10] == UInt8(ascii: "T"),
            text[text.count - 1] == UInt8(ascii: "Z"), text[17] != UInt8(ascii: "6"), Timestamp.parse(text) != nil
        else { return nil }
        seconds = UnsafeBufferPointer(rebasing: text[..<19])
        milliseconds = 0
        guard text.count > 20 else { return }
        let digits = text[20..<text.count - 1]
        for place in 20..<23 { milliseconds = milliseconds * 10 + (place < digits.endIndex ? Int(text[place] & 0xF) : 0) }
        guard digits.count > 3 else { return }
        var rest = 0
        for place in 23..<27 { rest = rest * 10 + (place < digits.endIndex ? Int(text[place] & 0xF) : 0) }
        // About half a millisecond: a Double decides how it is rounded.
        guard abs(rest - 5_000) > 10 else { return nil }
        if rest > 5_000 { milliseconds += 1 }
        guard milliseconds < 1_000 else { return nil }
    }
}

/// Writes the members of an object.
private struct LineWriter {
    private(set) var bytes: [UInt8]
    private var isFirst = true

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func add(_ name: StaticString, _ value: UnsafeBufferPointer<UInt8>?, _ end: StaticString = "") {
        guard let value else { return }
        bytes.append(UInt8(ascii: isFirst ? "{" : ","))
        isFirst = false
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(contentsOf: value)
        bytes.append(contentsOf: UnsafeBufferPointer(start: end.utf8Start, count: end.utf8CodeUnitCount))
    }

    mutating func add(_ name: StaticString, _ time: PrintedTime?) {
        guard let time else { return }
        add(name, time.seconds)
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(ascii: "0") + UInt8(time.milliseconds / 100))
        bytes.append(UInt8(ascii: "0") + UInt8(time.milliseconds / 10 % 10))
        bytes.append(UInt8(ascii: "0") + UInt8(time.milliseconds % 10))
        bytes.append(UInt8(ascii: "Z"))
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func end() { bytes.append(UInt8(ascii: "}")) }
}

extension Page {
    /// The same page with other elements.
    fileprivate func map<Other>(_ make: (Element) -> Other) -> Page<Other> {
        var page = Page<Other>(data: data.map(make), nextCursor: nextCursor, unreadableCount: unreadableCount, leftOutCount: leftOutCount)
        page.hasUnreadableCursor = hasUnreadableCursor
        return page
    }
}
