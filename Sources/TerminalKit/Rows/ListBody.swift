/// What every list keeps: the selected row, what is looked for, and which rows are shown in which order.
public struct ListBody<Rows: RowStore>: Sendable {
    public private(set) var cursor = ListCursor<Rows.Element.ID>()
    public var find = FindField()
    private var order = RowOrder<Rows>()

    public init() {}

    public func rows(_ listing: some RowList<Rows>) -> ShownRows<Rows> { order.rows(of: listing) }

    public func selected(_ listing: some RowList<Rows>) -> Rows.Element? {
        let rows = rows(listing)
        // Only the row that is seen to be selected.
        return rows.indices.contains(cursor.index) && rows.id(at: cursor.index) == cursor.id ? rows[cursor.index] : nil
    }

    public mutating func move(_ move: ScrollMove, _ listing: some RowList<Rows>, page: Int) {
        cursor.move(move, in: rows(listing), page: page)
    }

    /// Follows the list, what is looked for and what it is sorted by; the cursor stays on its row.
    /// - Parameter staysOnTop: at the head of the list it stays there, whatever comes above.
    public mutating func reconcile(
        _ listing: some RowList<Rows>, _ layout: ListLayout, _ columns: [ListColumn<Rows>], page: Int, staysOnTop: Bool = false
    ) {
        order.update(listing, finding: find.text, sort: layout.sort, by: layout.keys(columns))
        let wasOnTop = cursor.index == 0
        cursor.reconcile(with: rows(listing), page: page, isWaiting: listing.isReplacing && find.text.isEmpty)
        if staysOnTop, wasOnTop { cursor.move(.first, in: rows(listing), page: page) }
    }

    /// Lets go of which rows were shown, not of the place.
    public mutating func forget() { order = RowOrder() }

    /// Whether the end of what is loaded is near enough to want more.
    public func isNearEnd(_ listing: some RowList<Rows>, page: Int) -> Bool {
        rows(listing).count - cursor.index <= 2 * page
    }
}
