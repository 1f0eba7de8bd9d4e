/// Pauses between tries. Each is twice as long as the one before, up to `longest`.
package struct GrowingPause: Sendable {
    private let first: Duration, longest: Duration
    private var count = 0

    package init(from first: Duration, upTo longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// The length of the pause that follows `count` earlier pauses.
    package func pause(after count: Int) -> Duration { min(first * (1 << min(max(count, 0), 16)), longest) }

    /// The length of the next pause.
    package mutating func next() -> Duration {
        defer { count += 1 }
        return pause(after: count)
    }
}
