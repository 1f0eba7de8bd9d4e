/// Pauses between tries, each twice as long as the one before, up to a longest.
package struct GrowingPause: Sendable {
    private let first: Duration, longest: Duration
    private var count = 0

    package init(from first: Duration, upTo longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// After so many pauses.
    package func pause(after count: Int) -> Duration { min(first * (1 << min(max(count, 0), 16)), longest) }

    package mutating func next() -> Duration {
        defer { count += 1 }
        return pause(after: count)
    }
}
