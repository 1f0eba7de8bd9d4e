/// What every list keeps: the selected row, what is looked for, and which rows are shown in which order.
package struct ListBody<Rows: RowStore>: Sendable {
    package private(set) var cursor = ListCursor<Rows.Element.ID>()
    package var find = FindField()
    private var order = RowOrder<Rows>()

    package init() {}

    package func rows(_ listing: some RowList<Rows>) -> ShownRows<Rows> { order.rows(of: listing) }

    package func selected(_ listing: some RowList<Rows>) -> Rows.Element? {
        let rows = rows(listing)
        // Only the row that is seen to be selected.
        return rows.indices.contains(cursor.index) && rows.id(at: cursor.index) == cursor.id ? rows[cursor.index] : nil
    }

    package mutating func move(_ move: ScrollMove, _ listing: some RowList<Rows>, page: Int) {
        cursor.move(move, in: rows(listing), page: page)
    }

    /// Follows the list, what is looked for and what it is sorted by; the cursor stays on its row.
    /// - Parameter staysOnTop: at the head of the list it stays there, whatever comes above.
    package mutating func settle(
        _ listing: some RowList<Rows>, _ look: ListLook, _ columns: [ListColumn<Rows>], page: Int, staysOnTop: Bool = false
    ) {
        order.update(listing, finding: find.text, sort: look.sort, by: look.keys(columns))
        let wasOnTop = cursor.index == 0
        cursor.reconcile(with: rows(listing), page: page, isWaiting: listing.isReplacing && find.text.isEmpty)
        if staysOnTop, wasOnTop { cursor.move(.first, in: rows(listing), page: page) }
    }

    /// Lets go of which rows were shown, not of the place.
    package mutating func forget() { order = RowOrder() }

    /// Whether the end of what is loaded is near enough to want more.
    package func isNearEnd(_ listing: some RowList<Rows>, page: Int) -> Bool {
        rows(listing).count - cursor.index <= 2 * page
    }
}
