import FoundationEssentials
import MaskerAPI
import TerminalKit

/// The rows of the list of sessions. There can be a million of them, but most texts repeat. So each text is kept once, and a
/// row has its number. What can be computed from a row is not kept.
struct SessionRows: RowStore {
    /// The values that many rows have in common, by their numbers.
    private struct Combination: Hashable {
        var agentID, agentName, status, model, malformed: UInt32
    }

    private var table = RowTable<SessionRow>()
    /// Ids that are not in the usual form.
    private var odd = Pool<Identifier<CallSession>>()
    private var unusual: [Int: SessionRow.Unusual] = [:]
    private var combinations = Pool<Combination>()
    private var agentIDs = Pool<Identifier<Agent>>()
    /// Names, statuses and models.
    private var texts = Pool<String>()
    private var kinds = Pool<[String: Int]>()
    /// The texts of the redaction kinds as the list shows them, by the number of the kinds.
    private var kindTexts: [String?] = [nil]
    private var malformed = Pool<[String]>()

    var endIndex: Int { table.count }
    var handles: Range<Int> { table.handles }
    var bytes: Int {
        table.bytes + unusual.count * SessionRow.Unusual.bytes + odd.bytes + combinations.bytes + agentIDs.bytes + texts.bytes + 3 * kinds.bytes
            + malformed.bytes
    }
    func id(at index: Int) -> Identifier<CallSession> { id(table[index + head].key) }
    func index(of id: Identifier<CallSession>) -> Int? {
        let key = id.ulid.map { SessionRow.Key(bits: $0) } ?? odd.known(id).map(Self.key)
        return key.flatMap { table.handle(of: $0) }.map { $0 - head }
    }

    mutating func append(_ session: CallSession) {
        table.append(row(session, at: handles.upperBound))
    }

    mutating func prepend(_ session: CallSession) {
        table.prepend(row(session, at: handles.lowerBound - 1))
    }

    mutating func replace(at index: Int, with session: CallSession) { table[index + head] = row(session, at: index + head) }

    mutating func removeFirst(_ count: Int) {
        forget(handles.prefix(count))
        table.removeFirst(count)
    }

    mutating func removeLast(_ count: Int) {
        forget(handles.suffix(count))
        table.removeLast(count)
    }

    private mutating func forget(_ handles: Range<Int>) {
        guard !unusual.isEmpty else { return }
        for handle in handles { unusual[handle] = nil }
    }

    subscript(index: Int) -> CallSession {
        let handle = index + head, row = table[handle], common = combinations[row.combination]
        let rest = row.isUnusual ? unusual[handle] : SessionRow.Unusual(ended: row.ended, duration: row.durationMS, redactions: row.redactionCount)
        var session = CallSession(
            id: id(row.key), agentID: common.flatMap { agentIDs[$0.agentID] }, agentName: common.flatMap { texts[$0.agentName] },
            startedAt: row.started.isNaN ? nil : Date(timeIntervalSinceReferenceDate: row.started),
            endedAt: rest?.ended.map { Date(timeIntervalSinceReferenceDate: $0) }, durationMS: rest?.duration,
            status: common.flatMap { texts[$0.status] }.map(CallStatus.init), redactionCount: rest?.redactions, redactionsByKind: kinds[row.kinds],
            upstreamModel: common.flatMap { texts[$0.model] })
        if let common, common.malformed > 0 { session.malformedFields = malformed[common.malformed] ?? [] }
        return session
    }

    private func id(_ key: SessionRow.Key) -> Identifier<CallSession> {
        guard key.isText else { return Identifier(key.bits) }
        return odd[UInt32(truncatingIfNeeded: key.bits.low)] ?? Identifier("")
    }

    private static func key(_ odd: UInt32) -> SessionRow.Key { SessionRow.Key(bits: ULIDBits(0, UInt64(odd)), isText: true) }

    private mutating func row(_ session: CallSession, at handle: Int) -> SessionRow {
        let key = session.id.ulid.map { SessionRow.Key(bits: $0) } ?? Self.key(odd.number(of: session.id) { $0.heapBytes })
        let kindNumber = kinds.number(of: session.redactionsByKind) { $0.reduce(64) { $0 + 64 + $1.key.utf8.count } }
        if Int(kindNumber) == kindTexts.count { kindTexts.append(session.redactionsByKind.map(Format.kinds)) }
        let combination = Combination(
            agentID: agentIDs.number(of: session.agentID) { $0.heapBytes }, agentName: texts.number(of: session.agentName, RowBytes.of),
            status: texts.number(of: session.status?.rawValue, RowBytes.of), model: texts.number(of: session.upstreamModel, RowBytes.of),
            malformed: malformed.number(of: session.malformedFields.isEmpty ? nil : session.malformedFields) { $0.reduce(64) { $0 + 16 + RowBytes.of($1) } })
        let row = SessionRow(session, key: key, combination: combinations.number(of: combination) { _ in 0 }, kinds: kindNumber)
        if row.isUnusual {
            unusual[handle] = SessionRow.Unusual(
                ended: session.endedAt?.timeIntervalSinceReferenceDate, duration: session.durationMS, redactions: session.redactionCount)
        } else if !unusual.isEmpty {
            unusual[handle] = nil
        }
        return row
    }

    // MARK: Finding

    func matching(_ text: TextSearch) -> RowTest<SessionRows> {
        let found = combinations.map { shows(text, $0) }, kinds = kindTexts.map { text.finds(in: $0 ?? "") }, ids = SessionIDSearch(text.text)
        return { rows, index in
            let row = rows.table[index + rows.head]
            let combination = Int(row.combination), kind = Int(row.kinds)
            // Rows that were added after the search had begun can have texts that are newer than it.
            if combination < found.count ? found[combination] : rows.shows(text, rows.combinations[row.combination]) { return true }
            if kind < kinds.count ? kinds[kind] : text.finds(in: rows.kindTexts[kind] ?? "") { return true }
            let key = row.key
            return key.isText ? text.finds(in: rows.id(key).rawValue) : ids.finds(in: key.bits)
        }
    }

    private func shows(_ text: TextSearch, _ common: Combination?) -> Bool {
        guard let common else { return false }
        return text.finds(in: texts[common.agentName] ?? "") || text.finds(in: texts[common.status] ?? "")
            || text.finds(in: texts[common.model] ?? "") || text.finds(in: agentIDs[common.agentID]?.rawValue ?? "")
    }

    // MARK: Counting

    /// Where `DurationTable` counts the sessions of each combination.
    var statusPlaces: [Int?] { combinations.map { DurationTable.place(of: $0.flatMap { texts[$0.status] }.map(CallStatus.init)) } }

    /// The duration of the row with a handle, and the number of its combination.
    func duration(of handle: Int) -> (Double?, combination: Int) {
        let row = table[handle]
        return (row.isUnusual ? unusual[handle]?.duration : row.durationMS, Int(row.combination))
    }

    // MARK: Sorting

    enum SortKey: Sendable { case id, started, agent, status, duration, redactions, kinds, model }

    func keys(_ key: SortKey) -> RowKeys<SessionRows> {
        switch key {
        case .id where odd.count == 0:
            return .numbers({ $0.table[$1 + $0.head].key.bits.high }, then: { $0.table[$1 + $0.head].key.bits.low })
        case .id: return .texts { $0.id(at: $1).rawValue }
        case .started:
            return .numbers { rows, index in
                let started = rows.table[index + rows.head].started
                return RowKeys<SessionRows>.number(started.isNaN ? nil : started)
            }
        case .duration: return .numbers { RowKeys<SessionRows>.number($0.rest(at: $1).duration) }
        case .redactions: return .numbers { RowKeys<SessionRows>.number($0.rest(at: $1).redactions.map(Double.init)) }
        case .agent: return ranks { $0.agentName }
        case .status: return ranks { $0.status }
        case .model: return ranks { $0.model }
        case .kinds:
            let ranks = Self.ranks(kindTexts)
            return .numbers { rows, index in
                let kinds = Int(rows.table[index + rows.head].kinds)
                return kinds < ranks.count ? ranks[kinds] : RowKeys<SessionRows>.none
            }
        }
    }

    /// The duration and the redactions of a row.
    private func rest(at index: Int) -> SessionRow.Unusual {
        let handle = index + head, row = table[handle]
        if row.isUnusual, let rest = unusual[handle] { return rest }
        return SessionRow.Unusual(duration: row.durationMS, redactions: row.redactionCount)
    }

    /// The ranks of the rows by one of their shared texts.
    private func ranks(_ part: (Combination) -> UInt32) -> RowKeys<SessionRows> {
        let byText = Self.ranks(texts.map { $0 })
        let ranks = combinations.map { $0.map { byText[Int(part($0))] } ?? RowKeys<SessionRows>.none }
        return .numbers { rows, index in
            let combination = Int(rows.table[index + rows.head].combination)
            return combination < ranks.count ? ranks[combination] : RowKeys<SessionRows>.none
        }
    }

    /// The rank of each text among all texts. Rows are sorted by ranks, because numbers sort much faster than texts.
    private static func ranks(_ texts: [String?]) -> [UInt64] {
        var ranks = [UInt64](repeating: RowKeys<SessionRows>.none, count: texts.count)
        let sorted = texts.indices.compactMap { index in texts[index].map { (text: $0.lowercased(), index: index) } }
            .sorted { $0.text < $1.text }
        var rank: UInt64 = 0
        for (place, entry) in sorted.enumerated() {
            if place > 0, sorted[place - 1].text != entry.text { rank += 1 }
            ranks[entry.index] = rank
        }
        return ranks
    }
}

/// A pool of values: each is kept once and has a number; 0 stands for none.
struct Pool<Value: Hashable & Sendable>: Sendable {
    private var values: [Value?] = [nil]
    private var numbers: [Value: UInt32] = [:]
    /// The memory of the values in bytes, about.
    private(set) var bytes = 0

    subscript(number: UInt32) -> Value? { values[Int(number)] }

    /// How many different values there are.
    var count: Int { values.count - 1 }

    /// The number of a value; nil when it is not in the pool.
    func known(_ value: Value) -> UInt32? { numbers[value] }

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
