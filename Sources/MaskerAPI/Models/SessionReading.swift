import FoundationEssentials

/// The values that rows of session lists share across pages. Nearly all rows have one of a few agents, models and statuses.
struct SessionSharing {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    private var commons = SharedValues<CallSession.Shared>(most: 4_096)
    private var kinds = SharedValues<[String: Int]>(most: 8_192)
    private var key: [UInt8] = []

    /// How many shared values are stored.
    var count: Int { commons.count + kinds.count }

    fileprivate mutating func common(_ agentID: Bytes?, _ agentName: Bytes?, _ status: Bytes?, _ model: Bytes?) -> CallSession.Shared? {
        guard agentID != nil || agentName != nil || status != nil || model != nil else { return nil }
        key.removeAll(keepingCapacity: true)
        add(agentID)
        add(agentName)
        add(status)
        add(model)
        return key.withUnsafeBufferPointer { key in
            if let known = commons.find(key) { return known }
            let shared = CallSession.Shared(CallSession.Common(
                agentID: agentID.map { Identifier(CompactID($0)) }, agentName: Self.text(agentName),
                status: Self.text(status).map(CallStatus.init), upstreamModel: Self.text(model)))
            commons.insert(key, shared)
            return shared
        }
    }

    /// Adds a piece to the key. A piece contains neither quote nor backslash, so a quote can end it, and a backslash can stand
    /// for nil.
    private mutating func add(_ piece: Bytes?) {
        if let piece { key.append(contentsOf: piece) } else { key.append(UInt8(ascii: "\\")) }
        key.append(UInt8(ascii: "\""))
    }

    private static func text(_ piece: Bytes?) -> String? { piece.map { String(decoding: $0, as: UTF8.self) } }

    /// Reads an object of numbers. If the same text was read before, the stored object is returned; that is safe, because a
    /// complete object cannot be the beginning of a longer one.
    fileprivate mutating func kinds(_ reader: inout PlainReader) -> [String: Int]? {
        if let likely = reader.upToBrace, let known = kinds.find(likely) {
            reader.skip(likely.count)
            return known
        }
        let start = reader.at
        guard reader.take("{") else { return nil }
        reader.skipSpace()
        var result: [String: Int] = [:]
        var isGoingOn = !reader.take("}")
        while isGoingOn {
            guard let key = reader.key(), let count = reader.integer(), let hasMore = reader.next(orEnd: "}") else { return nil }
            result[String(decoding: key, as: UTF8.self)] = count
            isGoingOn = hasMore
        }
        kinds.insert(Bytes(rebasing: reader.bytes[start..<reader.at]), result)
        return result
    }
}

extension CallSession {
    /// The fields of a row, each with a bit of its own.
    enum Field: UInt32 {
        case id = 1, status = 2, agentID = 4, agentName = 8, startedAt = 16, endedAt = 32, durationMS = 64
        case redactionCount = 128, redactionsByKind = 256, upstreamModel = 512

        init?(_ key: PlainReader.Bytes) {
            switch key.count {
            case 2 where key.equals("id"): self = .id
            case 6 where key.equals("status"): self = .status
            case 8 where key.equals("agent_id"): self = .agentID
            case 8 where key.equals("ended_at"): self = .endedAt
            case 10 where key.equals("agent_name"): self = .agentName
            case 10 where key.equals("started_at"): self = .startedAt
            case 11 where key.equals("duration_ms"): self = .durationMS
            case 14 where key.equals("upstream_model"): self = .upstreamModel
            case 15 where key.equals("redaction_count"): self = .redactionCount
            case 18 where key.equals("redactions_by_kind"): self = .redactionsByKind
            default: return nil
            }
        }
    }

    /// Reads a row of a list without building a tree. Nil for a row that `PlainReader` cannot read; `init(json:)` then reads it
    /// and decides whether it is malformed.
    static func plain(_ reader: inout PlainReader, _ sharing: inout SessionSharing) -> CallSession? {
        guard reader.take("{") else { return nil }
        reader.skipSpace()
        var id: CompactID?, started: Date?, ended: Date?, duration: Double?, count: Int?, kinds: [String: Int]?
        var agentID: PlainReader.Bytes?, agentName: PlainReader.Bytes?, status: PlainReader.Bytes?, model: PlainReader.Bytes?
        var seen: UInt32 = 0
        var isGoingOn = true
        while isGoingOn {
            guard let key = reader.key() else { return nil }
            if let field = Field(key) {
                guard seen & field.rawValue == 0 else { return nil }
                seen |= field.rawValue
                if !reader.takeNull() {
                    let isRead: Bool
                    switch field {
                    case .id: isRead = take(reader.string()) { id = $0.isEmpty ? nil : CompactID($0) } && id != nil
                    case .agentID: isRead = take(reader.string()) { agentID = $0 } && agentID?.isEmpty == false
                    case .agentName: isRead = take(reader.string()) { agentName = $0 }
                    case .status: isRead = take(reader.string()) { status = $0 }
                    case .upstreamModel: isRead = take(reader.string()) { model = $0 }
                    case .startedAt: isRead = take(reader.string().flatMap(Timestamp.parse)) { started = $0 }
                    case .endedAt: isRead = take(reader.string().flatMap(Timestamp.parse)) { ended = $0 }
                    case .durationMS: isRead = take(reader.number()) { duration = $0 }
                    case .redactionCount: isRead = take(reader.integer()) { count = $0 }
                    case .redactionsByKind: isRead = take(sharing.kinds(&reader)) { kinds = $0 }
                    }
                    guard isRead else { return nil }
                }
            } else if reader.tree(depth: fieldDepth) == nil {
                return nil
            }
            guard let hasMore = reader.next(orEnd: "}") else { return nil }
            isGoingOn = hasMore
        }
        guard let id else { return nil }
        var session = CallSession(
            id: Identifier(id), shared: sharing.common(agentID, agentName, status, model), redactionsByKind: kinds)
        session.startedAt = started
        session.endedAt = ended
        session.durationMS = duration
        session.redactionCount = count
        return session
    }

    /// The depth of a field: it lies in a record, in an array, in the document's object.
    static let fieldDepth = 3

    @inline(__always)
    private static func take<Value>(_ value: Value?, _ use: (Value) -> Void) -> Bool {
        guard let value else { return false }
        use(value)
        return true
    }
}
