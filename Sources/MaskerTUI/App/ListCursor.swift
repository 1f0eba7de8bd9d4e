/// Which row of a list is selected. It holds on to the row's id, not to its place, so that a refresh moves nothing.
struct ListCursor<ID: Hashable & Sendable>: Sendable, Equatable {
    /// Nil until the list has a row.
    private(set) var id: ID?
    private(set) var index = 0
    /// The first row on the screen.
    private(set) var top = 0

    /// Moves within `ids`; `page` is how many rows are on the screen.
    mutating func move(_ move: ScrollMove, in ids: [ID], page: Int) {
        guard !ids.isEmpty else { return }
        let page = max(page, 1)
        switch move {
        case .by(let rows): index += rows
        case .pages(let share):
            let rows = Int((share * Double(page)).rounded())
            index += rows
            top += rows
        case .first: index = 0
        case .last: index = ids.count - 1
        }
        settle(in: ids, page: page)
    }

    /// Finds the selected row again after the list has changed; one that is gone gives way to what took its place.
    mutating func reconcile(with ids: [ID], page: Int) {
        let before = index
        if let id, index >= ids.count || ids[index] != id { index = ids.firstIndex(of: id) ?? index }
        // Rows that come or go above do not move the selected row on the screen; at the head of the list they show.
        if top > 0 { top += index - before }
        settle(in: ids, page: page)
    }

    private mutating func settle(in ids: [ID], page: Int) {
        guard !ids.isEmpty else {
            id = nil
            index = 0
            top = 0
            return
        }
        index = min(max(index, 0), ids.count - 1)
        id = ids[index]
        top = min(max(top, index - max(page, 1) + 1), index)
        top = min(max(top, 0), max(ids.count - max(page, 1), 0))
    }
}
