import TerminalKit

/// Counts durations exactly. Nearly all are whole milliseconds, and of these it keeps only how often each occurs. So a million
/// durations need little more memory than a thousand, and they need not be sorted.
struct DurationCounts: Sendable {
    /// How often each number of milliseconds occurs, up to the longest one.
    private var whole: [UInt32] = []
    /// Durations that are not whole milliseconds or are long; in ascending order after `sort`.
    private var others: [Double] = []
    /// How many of `others` are in order.
    private var sorted = 0
    private(set) var count = 0

    /// From this number of milliseconds on, durations are kept one by one.
    private static let limit = 1 << 16

    mutating func add(_ duration: Double) {
        count += 1
        let milliseconds = duration < Double(Self.limit) ? Int(duration) : -1
        guard Double(milliseconds) == duration else {
            others.append(duration)
            return
        }
        while whole.count <= milliseconds { whole += repeatElement(0, count: max(whole.count, 64)) }
        whole[milliseconds] += 1
    }

    /// Must be called after durations were added and before the next question.
    mutating func sort() {
        guard sorted < others.count else { return }
        var added = Array(others[sorted...])
        RadixSort.sort(&added) { $0.bitPattern }
        var left = sorted - 1, right = added.count - 1, place = others.count - 1
        while right >= 0 {
            if left >= 0, others[left] > added[right] {
                others[place] = others[left]
                left -= 1
            } else {
                others[place] = added[right]
                right -= 1
            }
            place -= 1
        }
        sorted = others.count
    }

    /// The value that a share of all durations do not exceed, by nearest rank; nil when there is none.
    func quantile(_ share: Double) -> Double? {
        guard count > 0 else { return nil }
        return value(atRank: min(max(Int((share * Double(count)).rounded(.up)), 1), count))
    }

    /// The shortest duration has rank 1.
    func value(atRank rank: Int) -> Double? {
        var before = 0, other = 0
        for milliseconds in whole.indices where whole[milliseconds] > 0 {
            while other < others.count, others[other] < Double(milliseconds) {
                other += 1
                before += 1
                if before == rank { return others[other - 1] }
            }
            before += Int(whole[milliseconds])
            if before >= rank { return Double(milliseconds) }
        }
        let rest = other + rank - before - 1
        return others.indices.contains(rest) ? others[rest] : nil
    }

    func count(below duration: Double) -> Int {
        let shorter = whole.indices.prefix { Double($0) < duration }
        return whole[shorter].reduce(0) { $0 + Int($1) } + others.partitioningIndex { $0 >= duration }
    }
}
