/// When bulk requests may be sent. Knows no clock: every moment comes in, in microseconds of a clock that nobody sets.
///
/// Bulk requests keep a distance. An interactive request is never held up, but takes its share all the same: the next bulk
/// request comes later for it.
struct PaceBudget: Sendable, Equatable {
    /// From when on the next bulk request may go.
    private(set) var free = 0
    /// Until when the server wants none.
    private(set) var pausedUntil = 0

    /// Interactive requests put bulk work off this far at most.
    static let mostDebt = 10 * 1_000_000
    /// A longer pause than this is not waited for.
    static let longestPause = 600 * 1_000_000

    init() {}

    init(free: Int, pausedUntil: Int) {
        self.free = free
        self.pausedUntil = pausedUntil
    }

    /// Takes the turn for a bulk request. Returns the moment to ask again, where it is none yet.
    /// - Parameter interval: between two of them; 0 for no pace.
    mutating func takeTurn(at now: Int, interval: Int) -> Int? {
        bound(at: now)
        let next = max(interval > 0 ? free : now, pausedUntil)
        guard next <= now else { return next }
        free = now + interval
        return nil
    }

    /// Takes the share of interactive requests, which have gone.
    mutating func count(_ requests: Int = 1, at now: Int, interval: Int) {
        bound(at: now)
        let most = Self.mostDebt / max(interval, 1) + 1
        free = min(max(free, now) + min(requests, most) * interval, now + Self.mostDebt)
    }

    /// The server wants no more requests for a while.
    mutating func pause(until end: Int, at now: Int) {
        bound(at: now)
        pausedUntil = max(pausedUntil, min(end, now + Self.longestPause))
    }

    /// Takes over what another knows: the later moment counts.
    mutating func merge(_ other: PaceBudget) {
        free = max(free, other.free)
        pausedUntil = max(pausedUntil, other.pausedUntil)
    }

    /// What lies further ahead than anything here can reach is of another clock, or rubbish.
    mutating func bound(at now: Int) {
        if free - now > Self.mostDebt { free = now }
        if pausedUntil - now > Self.longestPause { pausedUntil = now }
    }
}
