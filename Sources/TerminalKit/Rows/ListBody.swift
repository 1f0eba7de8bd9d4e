/// The state that every list has: the selected row, the searched text, and which rows are shown in which order.
public struct ListBody<Rows: RowStore>: Sendable {
    /// The selected row and the scroll position.
    public private(set) var cursor = ListCursor<Rows.Element.ID>()
    /// The field for the searched text.
    public var find = FindField()
    private var order = RowOrder<Rows>()
    /// The row that was selected when the list began to be searched or sorted anew; nil when the cursor was moved since then.
    private var wanted: Rows.Element.ID?

    public init() {}

    /// The shown rows, in their order.
    public func rows(_ listing: some RowList<Rows>) -> ShownRows<Rows> { order.rows(of: listing) }

    /// The selected row; nil when there is none.
    public func selected(_ listing: some RowList<Rows>) -> Rows.Element? {
        let rows = rows(listing)
        // Only the row that is marked as selected on the screen.
        return rows.indices.contains(cursor.index) && rows.id(at: cursor.index) == cursor.id ? rows[cursor.index] : nil
    }

    /// Moves the cursor; `page` is the number of rows on the screen.
    public mutating func move(_ move: ScrollMove, _ listing: some RowList<Rows>, page: Int) {
        wanted = nil
        cursor.move(move, in: rows(listing), page: page)
    }

    /// Whether `reconcile` has to be called again, because the rows are not all searched and sorted yet.
    public var isWorking: Bool { !order.isComplete }
    /// The share of the rows that has been searched and sorted, from 0 to 1.
    public var progress: Double { order.progress }

    /// Updates the shown rows after a change of the list, the searched text or the sort order; the cursor stays on its row.
    /// - Parameters:
    ///   - limit: how many rows are searched and sorted. `isWorking` says whether more are left.
    ///   - staysOnTop: if the first row is selected, the new first row is selected when rows come above it.
    public mutating func reconcile(
        _ listing: some RowList<Rows>, _ layout: ListLayout, _ columns: [ListColumn<Rows>], page: Int, limit: Int = RowOrder<Rows>.slice,
        staysOnTop: Bool = false
    ) {
        order.update(listing, finding: find.text, sort: layout.sort, limit: limit, by: layout.keys(columns))
        let wasOnTop = cursor.index == 0, before = cursor.id
        if isWorking, wanted == nil { wanted = before }
        let rows = rows(listing)
        if let wanted, rows.index(of: wanted) != nil {
            cursor.select(wanted, in: rows, page: page)
            self.wanted = nil
        } else {
            cursor.reconcile(with: rows, page: page, isWaiting: listing.isReplacing && find.text.isEmpty)
        }
        if !isWorking { wanted = nil }
        if staysOnTop, wasOnTop { cursor.move(.first, in: rows, page: page) }
    }

    /// Forgets which rows were shown, but keeps the cursor.
    public mutating func forget() {
        order = RowOrder()
        wanted = nil
    }

    /// Whether the cursor is within two pages of the last shown row, so that more rows should be loaded.
    public func isNearEnd(_ listing: some RowList<Rows>, page: Int) -> Bool {
        rows(listing).count - cursor.index <= 2 * page
    }
}
