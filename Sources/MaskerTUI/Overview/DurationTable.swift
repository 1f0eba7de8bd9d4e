import MaskerAPI

/// How long sessions took, as counts in round ranges and by status. The counts are exact; they are made from the loaded sessions.
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

    /// The durations of one status, in ascending order.
    struct Durations: Sendable, Equatable {
        /// Nil for all statuses together.
        var status: CallStatus?
        var sorted: [Double]

        func quantile(_ share: Double) -> Double? { Quantile.of(sorted, share) }
    }

    private static let ends: [Double] = [
        50, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 7_000, 10_000, 15_000, 20_000, 30_000, 60_000,
        120_000, 300_000, .infinity,
    ]

    /// The ranges from the first to the last one that contains a session.
    private(set) var ranges: [Range] = []
    let all: Durations
    /// Only statuses that occur.
    let byStatus: [Durations]

    init(_ sessions: [CallSession]) {
        let timed = sessions.filter { $0.durationMS.map { $0.isFinite && $0 >= 0 } ?? false }
        func durations(_ status: CallStatus?) -> Durations {
            Durations(status: status, sorted: timed.filter { status == nil || $0.status == status }.compactMap(\.durationMS).sorted())
        }
        all = durations(nil)
        byStatus = [.ok, .partial, .error].map { durations($0) }.filter { !$0.sorted.isEmpty }
        var ranges = zip([0] + Self.ends, Self.ends).map { Range(low: $0, high: $1) }
        for session in timed {
            guard let duration = session.durationMS, let index = ranges.firstIndex(where: { duration < $0.high }) else { continue }
            ranges[index].statuses.add(session.status)
        }
        guard let first = ranges.firstIndex(where: { $0.statuses.total > 0 }),
            let last = ranges.lastIndex(where: { $0.statuses.total > 0 })
        else { return }
        self.ranges = Array(ranges[first...last])
    }

    /// The share of sessions that were faster, from 0 to 1.
    func shareFaster(than duration: Double) -> Double {
        guard !all.sorted.isEmpty else { return 0 }
        return Double(all.sorted.count { $0 < duration }) / Double(all.sorted.count)
    }
}
