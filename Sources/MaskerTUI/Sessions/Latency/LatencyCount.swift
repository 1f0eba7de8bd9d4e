import MaskerAPI
import TerminalKit

/// Counts the durations of the sessions in the list that match a search. When rows are added to the list, only those are
/// counted. Each `update` counts a limited number of rows, so that no key has to wait while a million rows are counted.
struct LatencyCount: Sendable {
    private let find: String
    private var counted = DurationTable()
    /// The figures before rows changed, which are shown until all rows are counted again.
    private var before: DurationTable?
    /// The handles of the rows that match; not used when all do.
    private var found: [Int32] = []
    /// The handles of the rows that have been counted, or do not match.
    private var covered = 0..<0
    private var revision = 0
    private(set) var isWorking = false
    /// The share of the rows that has been counted, from 0 to 1.
    private(set) var progress = 0.0

    init(finding find: String = "") { self.find = find }

    var table: DurationTable { before ?? counted }

    mutating func update(_ listing: SessionListing, limit: Int) {
        let rows = listing.items, handles = rows.handles
        let unchanged = listing.unchanged(since: revision)?.clamped(to: handles)
        if unchanged.map({ covered.clamped(to: $0) != covered }) ?? true {
            let last = isWorking ? before : counted
            self = LatencyCount(finding: find)
            before = last.flatMap { $0.all.counts.count > 0 ? $0 : nil }
            covered = rows.head..<rows.head
        }
        revision = listing.revision
        guard covered != handles else { return }
        let isFound = find.isEmpty ? nil : rows.matching(TextSearch(find))
        func count(_ handles: Range<Int>) -> [Int32] {
            guard let isFound else {
                rows.count(handles, in: &counted)
                return []
            }
            let found = handles.filter { isFound(rows, $0 - rows.head) }
            rows.count(found, in: &counted)
            return found.map { Int32($0) }
        }
        let above = max(handles.lowerBound, covered.lowerBound - limit)..<covered.lowerBound
        if !above.isEmpty { found = count(above) + found }
        let below = covered.upperBound..<min(handles.upperBound, covered.upperBound + limit - above.count)
        found += count(below)
        covered = above.lowerBound..<below.upperBound
        counted.findQuantiles()
        isWorking = covered != handles
        progress = Double(covered.count) / Double(handles.count)
        if !isWorking { before = nil }
    }

    /// The sessions of a sample, spread over those that were counted.
    func sample(of rows: SessionRows) -> [Identifier<CallSession>] {
        guard !find.isEmpty else { return StageSample.spread(rows.indices).map(rows.id) }
        return StageSample.spread(found).map { rows.id(at: Int($0) - rows.head) }
    }
}

extension SessionRows {
    /// Counts the durations of the rows with these handles.
    fileprivate func count(_ handles: some Sequence<Int>, in table: inout DurationTable) {
        let statuses = statusPlaces
        for handle in handles {
            let (duration, combination) = duration(of: handle)
            table.add(duration, statuses[combination])
        }
    }
}
