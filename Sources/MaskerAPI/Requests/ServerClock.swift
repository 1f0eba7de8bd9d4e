import FoundationEssentials

/// By how much the server's clock is ahead of this machine's, as the `Date` headers of answers show it.
///
/// The server writes `Date` at some time between the request and the head of the answer, some servers when they begin to work on
/// it. So each answer gives a range only. A slow answer gives a wide range and must not look like a wrong clock.
struct ServerClock: Sendable {
    /// Seconds; negative when the server's clock is behind. Differences below 2 s are 0, because `Date` has whole seconds.
    var offset: Double { abs(estimate) < 2 ? 0 : estimate }

    private var estimate = 0.0
    /// The differences that are possible after all answers since a clock was set.
    private var range = -Double.infinity...Double.infinity

    /// In a range up to this width in seconds, the middle is a good estimate, as `Date` is written about half-way. Of a wider
    /// range only the end nearest to the earlier estimate is believed.
    private static let narrow = 10.0

    /// Learns from one answer. Without a `Date` that can be read, nothing changes.
    /// - Parameters:
    ///   - now: the time of this machine's clock when the head of the answer had come.
    ///   - elapsed: the time since the request was sent, by a clock that cannot be set.
    mutating func note(_ head: HTTPResponseHead, at now: Date, after elapsed: Duration) {
        guard let date = head["date"].flatMap(HTTPDate.parse) else { return }
        // A cache says with `Age` how many seconds ago the server has written the answer.
        let age = head["age"].flatMap { Int($0) }.map { Double(min(max($0, 0), 1 << 31)) } ?? 0
        let least = date.timeIntervalSince(now)
        // `Date` leaves out the parts of a second.
        let answer = least...least + 1 + max(elapsed / .seconds(1), 0) + age
        range = range.overlaps(answer) ? range.clamped(to: answer) : answer
        let isNarrow = range.upperBound - range.lowerBound <= Self.narrow
        estimate = isNarrow ? (range.lowerBound + range.upperBound) / 2 : min(max(estimate, range.lowerBound), range.upperBound)
    }
}
