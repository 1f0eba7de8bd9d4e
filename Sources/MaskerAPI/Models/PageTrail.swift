/// The cursors that a list was read by: a server whose pages repeat themselves must not hold anybody for ever.
public struct PageTrail: Sendable {
    /// A page that brings nothing but a cursor is asked on for this often.
    private static let mostEmptyPages = 3

    private var seen: Set<String>
    private var emptyPages = 0

    /// - Parameter first: the cursor that leads on from the first page, where there is one.
    public init(from first: String? = nil) { seen = first.map { [$0] } ?? [] }

    /// How many pages there were to go on to.
    public var count: Int { seen.count }

    /// Goes on to the next page. True when the pages do not end: the cursor was there before, or they bring nothing.
    public mutating func isEndless(goingOnTo cursor: String, afterEmptyPage isEmpty: Bool) -> Bool {
        emptyPages = isEmpty ? emptyPages + 1 : 0
        return !seen.insert(cursor).inserted || emptyPages >= Self.mostEmptyPages
    }
}
