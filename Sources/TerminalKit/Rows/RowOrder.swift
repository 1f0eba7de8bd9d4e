/// Which rows of a list are shown, in which order. When rows are added, only those are examined. When a letter is added to
/// the searched text, only the rows that contained the shorter text are searched.
///
/// Each `update` examines a limited number of rows, so that no key has to wait while a million rows are searched or sorted.
/// Until `isComplete`, the rows that have been examined are shown, the newest first, and `update` has to be called again.
public struct RowOrder<Rows: RowStore>: Sendable {
    /// The handles of the shown rows, in order. Nil: every row, in the order of the server.
    private var shown: [Int32]?
    /// The shown rows for a shorter text that have not been examined for the present one.
    private var candidates: ArraySlice<Int32> = []
    private var text = ""
    private var sort: ListLayout.Sort?
    private var revision = 0
    /// The handles of the rows that have been examined, or are candidates.
    private var covered = 0..<0
    private var pass: Pass?
    /// Whether all rows have been examined.
    public private(set) var isComplete = true

    /// The work on all rows that there were when it began.
    private struct Pass: Sendable {
        let handles: Range<Int>
        let isShown: RowTest<Rows>
        let sorting: RowSorting<Rows>?
        /// The keys of the shown rows, or nothing when they are not known.
        var keys: [UInt64] = []
    }

    /// How many rows an update examines. It takes less time than a frame.
    public static var slice: Int { 1 << 17 }

    public init() {}

    /// The share of the rows that has been examined, from 0 to 1.
    public var progress: Double {
        guard !isComplete, let all = pass?.handles.count, all > 0 else { return 1 }
        return Double(covered.count - candidates.count) / Double(all)
    }

    /// Updates the order for the rows, the searched text, and the column that the rows are sorted by.
    /// - Parameter limit: how many rows are examined.
    public mutating func update(
        _ listing: some RowList<Rows>, finding newText: String, sort newSort: ListLayout.Sort?, limit: Int = slice, by keys: (Rows) -> RowKeys<Rows>?
    ) {
        let rows = listing.items
        defer { (text, sort, revision) = (newText, newSort, listing.revision) }
        guard !newText.isEmpty || newSort != nil else {
            self = RowOrder()
            covered = rows.handles
            return
        }
        if shown != nil, newSort == sort, newText.hasPrefix(text), let unchanged = listing.unchanged(since: revision) {
            keep(unchanged.clamped(to: rows.handles), of: rows)
            if newText != text { narrow() }
        } else {
            self = RowOrder()
            shown = []
            covered = rows.head..<rows.head
        }
        work(on: rows, limit) {
            let sorting = newSort.flatMap { sort in keys(rows).map { RowSorting(keys: $0, isDescending: sort.isDescending) } }
            return Pass(handles: rows.handles, isShown: rows.matching(TextSearch(newText)), sorting: sorting)
        }
    }

    /// Forgets rows that have changed or are gone.
    private mutating func keep(_ unchanged: Range<Int>, of rows: Rows) {
        if let pass, pass.handles.clamped(to: rows.handles) != pass.handles { self.pass = nil }
        let kept = covered.clamped(to: unchanged)
        guard kept != covered else { return }
        covered = kept
        shown?.removeAll { !kept.contains(Int($0)) }
        candidates.removeAll { !kept.contains(Int($0)) }
        pass = nil
    }

    /// A longer text can be shown only by rows that showed the shorter one.
    private mutating func narrow() {
        candidates = (shown ?? [])[...] + candidates
        shown = []
        pass = nil
    }

    private mutating func work(on rows: Rows, _ limit: Int, _ begin: () -> Pass) {
        var left = limit
        while left > 0, !candidates.isEmpty || covered != rows.handles {
            var now = pass ?? begin()
            pass = nil
            if case .texts? = now.sorting?.keys { left = min(left, limit / 8) }
            examine(&now, rows, &left)
            if !candidates.isEmpty || covered != now.handles { pass = now }
        }
        isComplete = candidates.isEmpty && covered == rows.handles
    }

    private mutating func examine(_ pass: inout Pass, _ rows: Rows, _ left: inout Int) {
        var shown = self.shown ?? []
        self.shown = nil
        let isShown = pass.isShown
        if !candidates.isEmpty {
            // They are in the order of the rows already.
            let some = candidates.prefix(left)
            shown += some.lazy.filter { isShown(rows, Int($0) - rows.head) }
            candidates = some.endIndex == candidates.endIndex ? [] : candidates.dropFirst(some.count)
            left -= some.count
            pass.keys = []
        }
        let above = max(pass.handles.lowerBound, covered.lowerBound - left)..<covered.lowerBound
        add(above, atHead: true, to: &shown, &pass, rows)
        left -= above.count
        let below = covered.upperBound..<min(pass.handles.upperBound, covered.upperBound + left)
        add(below, atHead: false, to: &shown, &pass, rows)
        left -= below.count
        covered = above.lowerBound..<below.upperBound
        self.shown = shown
    }

    private func add(_ handles: Range<Int>, atHead: Bool, to shown: inout [Int32], _ pass: inout Pass, _ rows: Rows) {
        guard !handles.isEmpty else { return }
        let isShown = pass.isShown
        let found = handles.lazy.filter { isShown(rows, $0 - rows.head) }.map { Int32($0) }
        if let sorting = pass.sorting {
            sorting.merge(Array(found), into: &shown, &pass.keys, rows)
        } else if atHead {
            shown = Array(found) + shown
        } else {
            shown += found
        }
    }

    /// The shown rows. No rows when the list has changed since `update` and is sorted or searched.
    public func rows(of listing: some RowList<Rows>) -> ShownRows<Rows> {
        let handles = listing.items.handles
        let isCurrent = listing.revision == revision && covered.clamped(to: handles) == covered
        return ShownRows(rows: listing.items, handles: isCurrent || shown == nil ? shown : [])
    }
}
