/// Rows that can be added and removed at both ends without moving the others. Each row has a handle that never changes:
/// the handles of rows added at the head count down.
///
/// The rows are stored in chunks. So a list that grows is never copied as a whole, and a copy of the list shares the chunks
/// that neither of the two changes.
public struct RowChunks<Row: Sendable>: Sendable {
    /// The rows from handle 0 on.
    private var below: [[Row]] = []
    /// The rows before handle 0, in reverse order.
    private var above: [[Row]] = []
    /// The handles of the rows, in their order.
    public private(set) var handles = 0..<0

    private static var chunk: Int { 512 }

    public init() {}

    /// The row with a handle, which must be one of `handles`.
    public subscript(handle: Int) -> Row {
        get {
            handle >= 0
                ? below[handle / Self.chunk][handle % Self.chunk] : above[~handle / Self.chunk][~handle % Self.chunk]
        }
        set {
            if handle >= 0 {
                below[handle / Self.chunk][handle % Self.chunk] = newValue
            } else {
                above[~handle / Self.chunk][~handle % Self.chunk] = newValue
            }
        }
    }

    /// Adds a row at the end.
    public mutating func append(_ row: Row) {
        let handle = handles.upperBound
        if handle >= 0 { Self.put(row, at: handle, in: &below) } else { Self.put(row, at: ~handle, in: &above) }
        handles = handles.lowerBound..<handle + 1
    }

    /// Adds a row at the head.
    public mutating func prepend(_ row: Row) {
        let handle = handles.lowerBound - 1
        if handle >= 0 { Self.put(row, at: handle, in: &below) } else { Self.put(row, at: ~handle, in: &above) }
        handles = handle..<handles.upperBound
    }

    /// Removes rows from the head.
    public mutating func removeFirst(_ count: Int) { keep(handles.dropFirst(count)) }

    /// Removes rows from the end.
    public mutating func removeLast(_ count: Int) { keep(handles.dropLast(count)) }

    /// Removes the rows whose handles are not in a range, and frees the chunks that contain no other rows.
    private mutating func keep(_ kept: Range<Int>) {
        func places(_ handles: Range<Int>) -> Range<Int> { max(handles.lowerBound, 0)..<max(handles.upperBound, 0) }
        func mirrored(_ handles: Range<Int>) -> Range<Int> { max(-handles.upperBound, 0)..<max(-handles.lowerBound, 0) }
        Self.free(&below, from: places(handles), keeping: places(kept))
        Self.free(&above, from: mirrored(handles), keeping: mirrored(kept))
        handles = kept
    }

    private static func put(_ row: Row, at place: Int, in chunks: inout [[Row]]) {
        let index = place / chunk, offset = place % chunk
        while chunks.count <= index { chunks.append([]) }
        if offset < chunks[index].count {
            chunks[index][offset] = row
        } else {
            // In a chunk that was freed, this row also fills the places before it, which no handle refers to.
            repeat { chunks[index].append(row) } while chunks[index].count <= offset
        }
    }

    private static func free(_ chunks: inout [[Row]], from used: Range<Int>, keeping kept: Range<Int>) {
        for index in used.lowerBound / chunk..<(used.upperBound + chunk - 1) / chunk where !kept.overlaps(index * chunk..<(index + 1) * chunk) {
            chunks[index] = []
        }
    }
}
