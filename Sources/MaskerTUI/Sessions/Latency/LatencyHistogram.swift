/// A histogram of durations. It counts them in buckets, so a million durations need no more memory than a thousand.
///
/// Below 64 ms a bucket is 1 ms wide; above, each doubling has 32 buckets. So the error of a quantile is at most 1/64
/// (1.6 %), and two histograms can be added. The longest duration is exact.
package struct LatencyHistogram: Sendable, Equatable {
    private struct Bucket: Sendable, Equatable {
        var number: UInt16
        var count: Int
    }

    /// The buckets that are not empty, the shortest durations first.
    private var buckets: [Bucket] = []
    private(set) var count = 0
    /// The longest duration, in milliseconds as all durations here; 0 while there is none.
    private(set) var longest = 0.0

    /// Below this duration a bucket is 1 ms wide; from there on each doubling has half as many buckets.
    private static let fine = 64
    private static let limit = Double(1 << 40)

    /// Adds a duration. Ignores a value that is not a duration (negative or not finite), which a server may send.
    mutating func add(_ milliseconds: Double) {
        guard milliseconds.isFinite, milliseconds >= 0 else { return }
        let bounded = min(milliseconds, Self.limit)
        longest = max(longest, bounded)
        add(Bucket(number: Self.bucket(of: Int(bounded.rounded())), count: 1))
    }

    mutating func merge(_ other: LatencyHistogram) {
        longest = max(longest, other.longest)
        for bucket in other.buckets { add(bucket) }
    }

    /// The duration that a share (0 to 1) of all durations do not exceed; nil when the histogram is empty.
    package func quantile(_ share: Double) -> Double? {
        guard count > 0 else { return nil }
        let rank = max(Int((share * Double(count)).rounded(.up)), 1)
        guard rank < count else { return longest }
        var seen = 0
        for bucket in buckets {
            seen += bucket.count
            if seen >= rank { return min(Self.middle(of: bucket.number), longest) }
        }
        return longest
    }

    private mutating func add(_ bucket: Bucket) {
        count += bucket.count
        var low = 0, high = buckets.count
        while low < high {
            let middle = (low + high) / 2
            if buckets[middle].number < bucket.number { low = middle + 1 } else { high = middle }
        }
        if low < buckets.count, buckets[low].number == bucket.number {
            buckets[low].count += bucket.count
        } else {
            buckets.insert(bucket, at: low)
        }
    }

    private static func bucket(of value: Int) -> UInt16 {
        guard value >= fine else { return UInt16(max(value, 0)) }
        let doublings = Int.bitWidth - 1 - value.leadingZeroBitCount - 5
        return UInt16(doublings * fine / 2 + (value >> doublings))
    }

    private static func middle(of bucket: UInt16) -> Double {
        let number = Int(bucket)
        guard number >= fine else { return Double(number) }
        let doublings = number / (fine / 2) - 1
        let lowest = (number - doublings * fine / 2) << doublings
        return Double(lowest) + Double((1 << doublings) - 1) / 2
    }
}
