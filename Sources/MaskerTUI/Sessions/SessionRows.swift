import FoundationEssentials
import MaskerAPI
import TerminalKit

/// The rows of the list of sessions. There can be 100,000 of them, but most texts repeat. So each text is kept once, and a
/// row has its number.
struct SessionRows: RowStore {
    private struct Row: Sendable {
        var id: Identifier<CallSession>
        /// In seconds since the reference date (2001); NaN for none.
        var started, ended: Double
        /// In milliseconds; NaN for none.
        var duration: Double
        var redactions: Int?
        var agentID, agentName, status, model, kinds, malformed: UInt32
    }

    private var table = RowTable<Identifier<CallSession>, Row>()
    private var idBytes = 0
    private var agentIDs = Pool<Identifier<Agent>>()
    /// Names, statuses and models.
    private var texts = Pool<String>()
    private var kinds = Pool<[String: Int]>()
    /// The texts of the redaction kinds as the list shows them, by the number of the kinds.
    private var kindTexts: [String?] = [nil]
    private var malformed = Pool<[String]>()

    var endIndex: Int { table.count }
    var bytes: Int {
        // Arrays and dictionaries that grow can reserve twice the memory that they use.
        table.count * (2 * MemoryLayout<Row>.stride + 64) + idBytes + agentIDs.bytes + texts.bytes + 3 * kinds.bytes + malformed.bytes
    }
    var head: Int { table.head }
    func id(at index: Int) -> Identifier<CallSession> { table[index].id }
    func index(of id: Identifier<CallSession>) -> Int? { table.index(of: id) }

    mutating func append(_ session: CallSession) {
        idBytes += session.id.heapBytes
        table.append(row(session), id: session.id)
    }

    mutating func prepend(_ session: CallSession) {
        idBytes += session.id.heapBytes
        table.prepend(row(session), id: session.id)
    }

    mutating func replace(at index: Int, with session: CallSession) { table[index] = row(session) }

    subscript(index: Int) -> CallSession {
        let row = table[index]
        var session = CallSession(
            id: row.id, agentID: agentIDs[row.agentID], agentName: texts[row.agentName],
            startedAt: row.started.isNaN ? nil : Date(timeIntervalSinceReferenceDate: row.started),
            endedAt: row.ended.isNaN ? nil : Date(timeIntervalSinceReferenceDate: row.ended),
            durationMS: row.duration.isNaN ? nil : row.duration, status: texts[row.status].map(CallStatus.init),
            redactionCount: row.redactions, redactionsByKind: kinds[row.kinds], upstreamModel: texts[row.model])
        session.malformedFields = malformed[row.malformed] ?? []
        return session
    }

    private mutating func row(_ session: CallSession) -> Row {
        let kindNumber = kinds.number(of: session.redactionsByKind) { $0.reduce(64) { $0 + 64 + $1.key.utf8.count } }
        if Int(kindNumber) == kindTexts.count { kindTexts.append(session.redactionsByKind.map(Format.kinds)) }
        return Row(
            id: session.id, started: session.startedAt?.timeIntervalSinceReferenceDate ?? .nan,
            ended: session.endedAt?.timeIntervalSinceReferenceDate ?? .nan, duration: session.durationMS ?? .nan,
            redactions: session.redactionCount, agentID: agentIDs.number(of: session.agentID) { $0.heapBytes },
            agentName: texts.number(of: session.agentName, RowBytes.of), status: texts.number(of: session.status?.rawValue, RowBytes.of),
            model: texts.number(of: session.upstreamModel, RowBytes.of), kinds: kindNumber,
            malformed: malformed.number(of: session.malformedFields.isEmpty ? nil : session.malformedFields) { $0.reduce(64) { $0 + 16 + RowBytes.of($1) } })
    }

    func matching(_ text: TextSearch) -> (Int) -> Bool {
        let agents = agentIDs.map { text.finds(in: $0?.rawValue ?? "") }
        let texts = texts.map { text.finds(in: $0 ?? "") }
        let kinds = kindTexts.map { text.finds(in: $0 ?? "") }
        return { index in
            let row = table[index]
            return texts[Int(row.agentName)] || texts[Int(row.status)] || texts[Int(row.model)] || kinds[Int(row.kinds)]
                || agents[Int(row.agentID)] || text.finds(in: row.id.rawValue)
        }
    }

    // MARK: Sorting

    enum SortKey: Sendable { case id, started, agent, status, duration, redactions, kinds, model }

    func keys(_ key: SortKey) -> RowKeys {
        func number(_ value: Double) -> Double? { value.isNaN ? nil : value }
        switch key {
        case .id: return .texts { table[$0].id.rawValue }
        case .started: return .numbers { number(table[$0].started) }
        case .duration: return .numbers { number(table[$0].duration) }
        case .redactions: return .numbers { table[$0].redactions.map(Double.init) }
        case .agent: return ranks(texts.map { $0 }) { $0.agentName }
        case .status: return ranks(texts.map { $0 }) { $0.status }
        case .model: return ranks(texts.map { $0 }) { $0.model }
        case .kinds: return ranks(kindTexts) { $0.kinds }
        }
    }

    /// The rank of each row's text among all texts. Rows are sorted by ranks, because numbers sort much faster than texts.
    private func ranks(_ texts: [String?], _ number: @escaping (Row) -> UInt32) -> RowKeys {
        var ranks = [Double?](repeating: nil, count: texts.count)
        let sorted = texts.indices.compactMap { index in texts[index].map { (text: $0.lowercased(), index: index) } }
            .sorted { $0.text < $1.text }
        var rank = 0.0
        for (place, entry) in sorted.enumerated() {
            if place > 0, sorted[place - 1].text != entry.text { rank += 1 }
            ranks[entry.index] = rank
        }
        return .numbers { ranks[Int(number(table[$0]))] }
    }
}

/// A pool of values: each is kept once and has a number; 0 stands for none.
struct Pool<Value: Hashable & Sendable>: Sendable {
    private var values: [Value?] = [nil]
    private var numbers: [Value: UInt32] = [:]
    /// The memory of the values in bytes, about.
    private(set) var bytes = 0

    subscript(number: UInt32) -> Value? { values[Int(number)] }

    /// The number of a value, which is added when it is new.
    /// - Parameter size: the bytes that a value uses beyond its own stride.
    mutating func number(of value: Value?, _ size: (Value) -> Int) -> UInt32 {
        guard let value else { return 0 }
        if let number = numbers[value] { return number }
        let number = UInt32(values.count)
        numbers[value] = number
        bytes += size(value) + 4 * MemoryLayout<Value>.stride
        values.append(value)
        return number
    }

    /// The results of `transform` for all values, by their numbers.
    func map<Result>(_ transform: (Value?) -> Result) -> [Result] { values.map(transform) }
}
