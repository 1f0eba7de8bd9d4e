/// A row of a `RowTable`.
public protocol TableRow: Sendable {
    associatedtype Key: Equatable & Sendable

    /// The id of the row, in the form in which it is stored.
    var key: Key { get }
    /// A hash that a server cannot foresee; otherwise it could choose ids for which finding a row takes long.
    static func hash(_ key: Key) -> UInt64
}

/// A row that is stored as it is.
public struct WholeRow<Element: Identifiable & Sendable>: TableRow where Element.ID: Sendable {
    public var element: Element

    public init(_ element: Element) { self.element = element }

    public var key: Element.ID { element.id }
    public static func hash(_ key: Element.ID) -> UInt64 { UInt64(truncatingIfNeeded: key.hashValue) }
}

/// Rows that can be found by their ids. The time for this does not depend on the number of rows.
public struct RowTable<Row: TableRow>: Sendable {
    public private(set) var rows = RowChunks<Row>()
    private var index = RowIndex()

    public init() {}

    public var count: Int { rows.handles.count }
    /// The handles of the rows, in their order.
    public var handles: Range<Int> { rows.handles }
    /// About how many bytes of memory the rows and their index take.
    public var bytes: Int { count * MemoryLayout<Row>.stride + index.bytes }

    /// The row with a handle. An id must not change.
    public subscript(handle: Int) -> Row {
        get { rows[handle] }
        set { rows[handle] = newValue }
    }

    /// The handle of the row with an id; nil when there is none.
    public func handle(of key: Row.Key) -> Int? { index.handle(Row.hash(key)) { rows[$0].key == key } }

    /// Adds a row at the end.
    public mutating func append(_ row: Row) {
        rows.append(row)
        note(rows.handles.upperBound - 1, besides: rows.handles.dropLast())
    }

    /// Adds a row at the head.
    public mutating func prepend(_ row: Row) {
        rows.prepend(row)
        note(rows.handles.lowerBound, besides: rows.handles.dropFirst())
    }

    /// Removes rows from the head.
    public mutating func removeFirst(_ count: Int) {
        for handle in rows.handles.prefix(count) { index.remove(handle) { Row.hash(rows[$0].key) } }
        rows.removeFirst(count)
    }

    /// Removes rows from the end.
    public mutating func removeLast(_ count: Int) {
        for handle in rows.handles.suffix(count) { index.remove(handle) { Row.hash(rows[$0].key) } }
        rows.removeLast(count)
    }

    private mutating func note(_ handle: Int, besides handles: Range<Int>) {
        index.insert(handle, among: handles) { Row.hash(rows[$0].key) }
    }
}
