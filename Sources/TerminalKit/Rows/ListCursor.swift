/// The selected row of a list. It is known by the row's id, not by its index, so that a refresh does not move the cursor.
public struct ListCursor<ID: Hashable & Sendable>: Sendable, Equatable {
    /// Nil until the list has a row.
    public private(set) var id: ID?
    /// The index of the selected row among the shown rows.
    public private(set) var index = 0
    /// The first row on the screen.
    public private(set) var top = 0

    public init() {}

    /// Moves within `rows`; `page` is the number of rows on the screen.
    public mutating func move<Rows>(_ move: ScrollMove, in rows: ShownRows<Rows>, page: Int) where Rows.Element.ID == ID {
        guard !rows.isEmpty else { return }
        let page = max(page, 1)
        switch move {
        case .by(let count): index += count
        case .pages(let share):
            let count = Int((share * Double(page)).rounded())
            index += count
            top += count
        case .first: index = 0
        case .last: index = rows.count - 1
        }
        reconcile(in: rows, page: page)
    }

    /// Selects a row.
    public mutating func select<Rows>(_ id: ID, in rows: ShownRows<Rows>, page: Int) where Rows.Element.ID == ID {
        self.id = id
        reconcile(with: rows, page: page)
    }

    /// Finds the selected row again after the list has changed. If the row is gone, the row at the same index is selected.
    /// - Parameter isWaiting: whether more rows are being loaded, so that the selected row may still come: then nothing changes.
    public mutating func reconcile<Rows>(with rows: ShownRows<Rows>, page: Int, isWaiting: Bool = false) where Rows.Element.ID == ID {
        if isWaiting, let id, rows.index(of: id) == nil { return }
        let before = index
        if let id, index >= rows.count || rows.id(at: index) != id { index = rows.index(of: id) ?? index }
        // Rows that come or go above it do not move the selected row on the screen, unless the list is at its top.
        if top > 0 { top += index - before }
        reconcile(in: rows, page: page)
    }

    private mutating func reconcile<Rows>(in rows: ShownRows<Rows>, page: Int) where Rows.Element.ID == ID {
        guard !rows.isEmpty else {
            id = nil
            index = 0
            top = 0
            return
        }
        index = min(max(index, 0), rows.count - 1)
        id = rows.id(at: index)
        top = min(max(top, index - max(page, 1) + 1), index)
        top = min(max(top, 0), max(rows.count - max(page, 1), 0))
    }
}
