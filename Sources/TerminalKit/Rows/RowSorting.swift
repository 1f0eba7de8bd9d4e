/// Sorts rows by their keys. Of rows with equal keys the newer one comes first, in both directions.
struct RowSorting<Rows: RowStore>: Sendable {
    let keys: RowKeys<Rows>
    let isDescending: Bool

    /// A row with its key, for the time of sorting.
    struct Entry {
        var key: UInt64
        var handle: Int32
    }

    /// Merges rows in any order into rows that are sorted.
    /// - Parameter known: the keys of the sorted rows, or nothing when they are not known. Afterwards they are known, if that
    ///   costs little.
    func merge(_ added: [Int32], into sorted: inout [Int32], _ known: inout [UInt64], _ rows: Rows) {
        guard !added.isEmpty else { return }
        switch keys {
        case .texts(let text): merge(added, into: &sorted, rows, text)
        case .numbers:
            let entries = self.sorted(added, rows)
            if sorted.count > 8 * added.count, known.count != sorted.count {
                insert(entries, into: &sorted, rows)
            } else {
                if known.count != sorted.count { known = sorted.map { key($0, rows) } }
                merge(entries, into: &sorted, &known, rows)
            }
        }
    }

    // MARK: Numbers

    private func key(_ handle: Int32, _ rows: Rows) -> UInt64 {
        guard case .numbers(let key, _) = keys else { return RowKeys<Rows>.none }
        let value = key(rows, Int(handle) - rows.head)
        return isDescending && value != RowKeys<Rows>.none ? RowKeys<Rows>.none - 1 - value : value
    }

    private func second(_ handle: Int32, _ rows: Rows) -> UInt64 {
        guard case .numbers(_, let second?) = keys else { return 0 }
        let value = second(rows, Int(handle) - rows.head)
        return isDescending ? ~value : value
    }

    private func precedes(_ left: Entry, _ right: Entry, _ rows: Rows) -> Bool {
        if left.key != right.key { return left.key < right.key }
        let first = second(left.handle, rows), other = second(right.handle, rows)
        return first == other ? left.handle < right.handle : first < other
    }

    private func sorted(_ handles: [Int32], _ rows: Rows) -> [Entry] {
        var entries = handles.map { Entry(key: key($0, rows), handle: $0) }
        if entries.count < RadixSort.least {
            entries.sort { precedes($0, $1, rows) }
            return entries
        }
        // Radix sort keeps the order of equal keys, so the handles must be in order.
        RadixSort.sort(&entries) { $0.key }
        guard case .numbers(_, _?) = keys else { return entries }
        var start = 0
        for end in 1...entries.count where end == entries.count || entries[end].key != entries[start].key {
            if end - start > 1 { entries[start..<end].sort { precedes($0, $1, rows) } }
            start = end
        }
        return entries
    }

    /// Inserts a few rows, looking at few of the others.
    private func insert(_ added: [Entry], into sorted: inout [Int32], _ rows: Rows) {
        var result: [Int32] = []
        result.reserveCapacity(sorted.count + added.count)
        var from = 0
        for new in added {
            let place = sorted[from...].partitioningIndex { !precedes(Entry(key: key($0, rows), handle: $0), new, rows) }
            result += sorted[from..<place]
            result.append(new.handle)
            from = place
        }
        sorted = result + sorted[from...]
    }

    /// Merges from the end, so that no other array is needed.
    private func merge(_ added: [Entry], into sorted: inout [Int32], _ known: inout [UInt64], _ rows: Rows) {
        var left = sorted.count - 1, right = added.count - 1
        sorted += repeatElement(0, count: added.count)
        known += repeatElement(0, count: added.count)
        var place = sorted.count - 1
        while right >= 0 {
            let new = added[right]
            if left >= 0, known[left] > new.key || known[left] == new.key && !precedes(Entry(key: known[left], handle: sorted[left]), new, rows) {
                known[place] = known[left]
                sorted[place] = sorted[left]
                left -= 1
            } else {
                known[place] = new.key
                sorted[place] = new.handle
                right -= 1
            }
            place -= 1
        }
    }

    // MARK: Texts

    private func merge(_ added: [Int32], into sorted: inout [Int32], _ rows: Rows, _ text: (Rows, Int) -> String?) {
        func entry(_ handle: Int32) -> (key: String?, handle: Int32) { (text(rows, Int(handle) - rows.head)?.lowercased(), handle) }
        func precedes(_ left: (key: String?, handle: Int32), _ right: (key: String?, handle: Int32)) -> Bool {
            switch (left.key, right.key) {
            case (let first?, let second?) where first != second: isDescending ? first > second : first < second
            case (nil, _?): false
            case (_?, nil): true
            default: left.handle < right.handle
            }
        }
        let entries = added.map(entry).sorted(by: precedes)
        var result: [Int32] = []
        result.reserveCapacity(sorted.count + added.count)
        var from = 0
        for new in entries {
            let place = sorted[from...].partitioningIndex { !precedes(entry($0), new) }
            result += sorted[from..<place]
            result.append(new.handle)
            from = place
        }
        sorted = result + sorted[from...]
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
