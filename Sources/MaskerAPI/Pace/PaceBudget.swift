/// Computes when bulk requests may be sent. It reads no clock: the caller passes every time, in microseconds of `PaceClock.now`.
///
/// Bulk requests are sent at least one interval apart. An interactive request is never delayed, but it is counted: it delays
/// the next bulk request by one interval.
struct PaceBudget: Sendable, Equatable {
    /// The earliest time for the next bulk request.
    private(set) var free = 0
    /// The end of the pause that the server asked for.
    private(set) var pausedUntil = 0

    /// The longest time, in microseconds, by which interactive requests can delay bulk requests.
    static let mostDebt = 10 * 1_000_000
    /// The longest pause, in microseconds, that bulk requests wait for.
    static let longestPause = 600 * 1_000_000

    init() {}

    init(free: Int, pausedUntil: Int) {
        self.free = free
        self.pausedUntil = pausedUntil
    }

    /// Takes the turn for a bulk request and returns nil. If the turn has not come yet, returns the time at which to ask again.
    /// - Parameter interval: microseconds between two bulk requests; 0 for no limit.
    mutating func takeTurn(at now: Int, interval: Int) -> Int? {
        bound(at: now)
        let next = max(interval > 0 ? free : now, pausedUntil)
        guard next <= now else { return next }
        free = now + interval
        return nil
    }

    /// Counts interactive requests that are being sent or were sent.
    mutating func count(_ requests: Int = 1, at now: Int, interval: Int) {
        bound(at: now)
        let most = Self.mostDebt / max(interval, 1) + 1
        free = min(max(free, now) + min(requests, most) * interval, now + Self.mostDebt)
    }

    /// Pauses bulk requests until `end`, or for `longestPause` if that is sooner.
    mutating func pause(until end: Int, at now: Int) {
        bound(at: now)
        pausedUntil = max(pausedUntil, min(end, now + Self.longestPause))
    }

    /// Takes the later of each time from this budget and another one.
    mutating func merge(_ other: PaceBudget) {
        free = max(free, other.free)
        pausedUntil = max(pausedUntil, other.pausedUntil)
    }

    /// Resets times that lie further ahead than this type ever sets them: they come from another clock or a damaged file.
    mutating func bound(at now: Int) {
        if free - now > Self.mostDebt { free = now }
        if pausedUntil - now > Self.longestPause { pausedUntil = now }
    }
}
