import MaskerAPI

/// How long sessions took, as counts in round ranges and by status. The counts are exact; they are made from the loaded sessions,
/// which are not kept.
struct DurationTable: Sendable {
    struct Range: Sendable, Equatable {
        /// Milliseconds. The upper end does not belong to the range.
        var low: Double
        var high: Double
        var statuses = StatusCounts()

        /// `200–300 ms`, `0.7–1 s`, `under 50 ms`, `5 min or more`.
        var label: String {
            if low == 0 { return "under \(Int(high)) ms" }
            let (unit, size) = high < 1_000 ? ("ms", 1.0) : low < 60_000 ? ("s", 1_000) : ("min", 60_000)
            func number(_ value: Double) -> String {
                let tenths = Int((value / size * 10).rounded())
                return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
            }
            return high.isInfinite ? "\(number(low)) \(unit) or more" : "\(number(low))–\(number(high)) \(unit)"
        }
    }

    /// The durations of one status.
    struct Durations: Sendable {
        /// Nil for all statuses together.
        var status: CallStatus?
        var counts = DurationCounts()
        /// The values at these shares of the durations.
        private(set) var quantiles: [Double?] = [nil, nil, nil]

        static let shares = [0.5, 0.95, 1]

        mutating func findQuantiles() {
            counts.sort()
            quantiles = Self.shares.map { counts.quantile($0) }
        }
    }

    private static let ends: [Double] = [
        50, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 7_000, 10_000, 15_000, 20_000, 30_000, 60_000,
        120_000, 300_000, .infinity,
    ]

    private var allRanges = zip([0] + Self.ends, Self.ends).map { Range(low: $0, high: $1) }
    private(set) var all = Durations()
    private var statuses = [CallStatus.ok, .partial, .error].map { Durations(status: $0) }

    /// Only statuses that occur.
    var byStatus: [Durations] { statuses.filter { $0.counts.count > 0 } }

    /// The ranges from the first to the last one that contains a session.
    var ranges: ArraySlice<Range> {
        guard let first = allRanges.firstIndex(where: { $0.statuses.total > 0 }),
            let last = allRanges.lastIndex(where: { $0.statuses.total > 0 })
        else { return [] }
        return allRanges[first...last]
    }

    /// The place of a status among those that are counted separately; nil for others.
    static func place(of status: CallStatus?) -> Int? { [CallStatus.ok, .partial, .error].firstIndex { $0 == status } }

    /// Counts a session. `findQuantiles` must be called after the last one.
    /// - Parameter place: `place(of:)` the session's status.
    mutating func add(_ duration: Double?, _ place: Int?) {
        guard let duration, duration.isFinite, duration >= 0 else { return }
        all.counts.add(duration)
        if let place { statuses[place].counts.add(duration) }
        guard let index = allRanges.firstIndex(where: { duration < $0.high }) else { return }
        allRanges[index].statuses.add(place.map { statuses[$0].status } ?? nil)
    }

    mutating func findQuantiles() {
        all.findQuantiles()
        for place in statuses.indices { statuses[place].findQuantiles() }
    }

    /// The share of sessions that were faster, from 0 to 1.
    func shareFaster(than duration: Double) -> Double {
        guard all.counts.count > 0 else { return 0 }
        return Double(all.counts.count(below: duration)) / Double(all.counts.count)
    }
}
