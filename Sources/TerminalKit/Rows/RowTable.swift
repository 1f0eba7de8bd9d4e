/// Rows that can be added at both ends without moving the others. Each row has a handle that never changes: the handles of
/// rows added at the head count down. The time to find a row by its id does not depend on the number of rows.
public struct RowTable<ID: Hashable & Sendable, Row: Sendable>: Sendable {
    /// The rows before handle 0, in reverse order.
    private var above: [Row] = []
    private var below: [Row] = []
    private var handles: [ID: Int32] = [:]

    public init() {}

    public var count: Int { above.count + below.count }
    /// The handle of the first row.
    public var head: Int { -above.count }

    /// The row at an index, counted from the first row.
    public subscript(index: Int) -> Row {
        get { index < above.count ? above[above.count - 1 - index] : below[index - above.count] }
        set {
            if index < above.count { above[above.count - 1 - index] = newValue } else { below[index - above.count] = newValue }
        }
    }

    /// The index of the row with an id; nil when there is none.
    public func index(of id: ID) -> Int? { handles[id].map { Int($0) - head } }

    /// Adds a row at the end.
    public mutating func append(_ row: Row, id: ID) {
        handles[id] = Int32(below.count)
        below.append(row)
    }

    /// Adds a row at the head.
    public mutating func prepend(_ row: Row, id: ID) {
        above.append(row)
        handles[id] = Int32(-above.count)
    }
}
