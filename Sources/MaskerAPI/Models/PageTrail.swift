/// The cursors with which a list was read, so that reading ends even if the server repeats its pages.
public struct PageTrail: Sendable {
    /// After this many pages in a row without a record, the list counts as endless.
    private static let mostEmptyPages = 3

    /// The hashes of the cursors, because a server can make cursors of any length.
    private var seen: Set<Int>
    private var emptyPages = 0

    /// - Parameter first: the `next_cursor` of the first page, if it has been read already.
    public init(from first: String? = nil) { seen = first.map { [$0.hashValue] } ?? [] }

    /// How many different cursors there were.
    public var count: Int { seen.count }

    /// Records the cursor of the next page. Returns true when the list counts as endless: the cursor was used before, or
    /// there were too many empty pages.
    public mutating func isEndless(goingOnTo cursor: String, afterEmptyPage isEmpty: Bool) -> Bool {
        emptyPages = isEmpty ? emptyPages + 1 : 0
        return !seen.insert(cursor.hashValue).inserted || emptyPages >= Self.mostEmptyPages
    }
}
