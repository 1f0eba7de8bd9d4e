/// Which rows of a list are shown, in which order. When rows are added, only those are examined. When a letter is added to
/// the searched text, only the rows that contained the shorter text are searched.
public struct RowOrder<Rows: RowStore>: Sendable {
    /// The handles of the shown rows, in order. Nil: every row, in the order of the server.
    private var handles: [Int32]?
    private var text = ""
    private var sort: ListLayout.Sort?
    private var revision = 0
    /// The handles of the rows that have been examined.
    private var covered = 0..<0

    public init() {}

    /// Updates the order for the rows, the searched text, and the column that the rows are sorted by.
    public mutating func update(
        _ listing: some RowList<Rows>, finding newText: String, sort newSort: ListLayout.Sort?, by keys: (Rows) -> RowKeys?
    ) {
        let rows = listing.items
        let now = rows.head..<rows.head + rows.count
        let isSameList = listing.revision == revision && newSort == sort && covered.lowerBound >= now.lowerBound
            && covered.upperBound <= now.upperBound
        defer { (text, sort, revision, covered) = (newText, newSort, listing.revision, now) }
        guard !newText.isEmpty || newSort != nil else {
            handles = nil
            return
        }
        if isSameList, newText == text, covered == now { return }
        let isShown = rows.matching(TextSearch(newText))
        func shown(_ handles: Range<Int>) -> [Int32] { handles.lazy.filter { isShown($0 - rows.head) }.map { Int32($0) } }
        let comparison = newSort.flatMap { sort in keys(rows).map { RowComparison(keys: $0, isDescending: sort.isDescending, head: rows.head) } }
        guard isSameList, let known = handles, newText.hasPrefix(text) else {
            let all = shown(now)
            handles = comparison?.sorted(all) ?? all
            return
        }
        let kept = newText == text ? known : known.filter { isShown(Int($0) - rows.head) }
        let above = shown(now.lowerBound..<covered.lowerBound), below = shown(covered.upperBound..<now.upperBound)
        handles = comparison?.merged(kept, above + below) ?? (above + kept + below)
    }

    /// The shown rows. No rows when the list has changed since `update` and is sorted or searched.
    public func rows(of listing: some RowList<Rows>) -> ShownRows<Rows> {
        let isCurrent = listing.revision == revision && covered == listing.items.head..<listing.items.head + listing.items.count
        return ShownRows(rows: listing.items, handles: isCurrent || handles == nil ? handles : [])
    }
}

/// The shown rows of a list, in their order.
public struct ShownRows<Rows: RowStore>: RandomAccessCollection {
    /// All rows of the list.
    public let rows: Rows
    /// The handles of the shown rows, in order; nil: all rows.
    public let handles: [Int32]?

    public init(rows: Rows, handles: [Int32]?) {
        self.rows = rows
        self.handles = handles
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { handles?.count ?? rows.count }
    public subscript(index: Int) -> Rows.Element { rows[place(index)] }
    /// The id of the row at an index among the shown rows.
    public func id(at index: Int) -> Rows.Element.ID { rows.id(at: place(index)) }

    private func place(_ index: Int) -> Int { handles.map { Int($0[index]) - rows.head } ?? index }

    /// The index of a row among the shown rows; nil when it is not shown.
    public func index(of id: Rows.Element.ID) -> Int? {
        guard let place = rows.index(of: id) else { return nil }
        guard let handles else { return place }
        return handles.firstIndex(of: Int32(place + rows.head))
    }
}

/// Sorts rows by their keys. Of rows with equal keys the newer one comes first, in both directions.
public struct RowComparison {
    public let keys: RowKeys
    public let isDescending: Bool
    public let head: Int

    public init(keys: RowKeys, isDescending: Bool, head: Int) {
        self.keys = keys
        self.isDescending = isDescending
        self.head = head
    }

    /// Sorts handles by the keys of their rows.
    public func sorted(_ handles: [Int32]) -> [Int32] {
        switch keys {
        case .numbers(let key): sorted(handles, key)
        case .texts(let key): sorted(handles) { key($0)?.lowercased() }
        }
    }

    /// Merges `added`, which may be in any order, into `sorted`.
    public func merged(_ sorted: [Int32], _ added: [Int32]) -> [Int32] {
        guard !added.isEmpty else { return sorted }
        let added = self.sorted(added)
        switch keys {
        case .numbers(let key): return merged(sorted, added, key)
        case .texts(let key): return merged(sorted, added) { key($0)?.lowercased() }
        }
    }

    private struct Entry<Key: Comparable> {
        var key: Key?
        var handle: Int32
    }

    private func sorted<Key: Comparable>(_ handles: [Int32], _ key: (Int) -> Key?) -> [Int32] {
        var entries = handles.map { Entry(key: key(Int($0) - head), handle: $0) }
        entries.sort(by: precedes)
        return entries.map(\.handle)
    }

    private func merged<Key: Comparable>(_ sorted: [Int32], _ added: [Int32], _ key: (Int) -> Key?) -> [Int32] {
        func entry(_ handle: Int32) -> Entry<Key> { Entry(key: key(Int(handle) - head), handle: handle) }
        var result: [Int32] = []
        result.reserveCapacity(sorted.count + added.count)
        var from = 0
        for handle in added {
            let new = entry(handle)
            let place = sorted[from...].partitioningIndex { !precedes(entry($0), new) }
            result += sorted[from..<place]
            result.append(handle)
            from = place
        }
        return result + sorted[from...]
    }

    private func precedes<Key: Comparable>(_ left: Entry<Key>, _ right: Entry<Key>) -> Bool {
        switch (left.key, right.key) {
        case (let first?, let second?) where first != second: isDescending ? first > second : first < second
        case (nil, _?): false
        case (_?, nil): true
        default: left.handle < right.handle
        }
    }
}

extension RandomAccessCollection {
    /// The first index where `belongs` is true, by binary search. It must be true for all elements behind that one, too.
    public func partitioningIndex(where belongs: (Element) -> Bool) -> Index {
        var low = startIndex, length = count
        while length > 0 {
            let half = length / 2, middle = index(low, offsetBy: half)
            if belongs(self[middle]) {
                length = half
            } else {
                low = index(after: middle)
                length -= half + 1
            }
        }
        return low
    }
}
