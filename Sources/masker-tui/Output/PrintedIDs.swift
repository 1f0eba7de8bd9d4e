import MaskerAPI
import TerminalKit

/// The ids of the records that were printed. An id of a session in the usual form takes 20 to 27 bytes; in a `Set` it would
/// take twice as much.
struct PrintedIDs<ID: Hashable> {
    private struct Row: TableRow {
        var key: ULIDBits

        static func hash(_ key: ULIDBits) -> UInt64 { key.hash }
    }

    private var usual = RowTable<Row>()
    private var others: Set<ID> = []

    /// Returns whether the id is new.
    mutating func insert(_ id: ID) -> Bool {
        guard let bits = (id as? Identifier<CallSession>)?.ulid else { return others.insert(id).inserted }
        guard usual.handle(of: bits) == nil else { return false }
        usual.append(Row(key: bits))
        return true
    }
}
