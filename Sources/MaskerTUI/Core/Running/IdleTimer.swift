import FoundationEssentials
import Glibc

/// When the console locks, and ends, for want of a key.
struct IdleTimer: Sendable, Equatable {
    enum Due: Sendable { case lock, end }

    /// Seconds without a key.
    let lockAfter: Double
    /// Nobody comes back to a console that was left this long.
    static let endAfter = 3_600.0

    private var lastKeyAt: Double
    private var hasLocked = false

    /// - Parameter now: of `BootClock`, as everywhere here.
    init(lockAfter: Double, now: Double) {
        self.lockAfter = lockAfter
        lastKeyAt = now
    }

    /// When something is due next.
    var nextDue: Double { lastKeyAt + (hasLocked ? Self.endAfter : min(lockAfter, Self.endAfter)) }

    mutating func keyPressed(now: Double) {
        lastKeyAt = now
        hasLocked = false
    }

    /// What has become due by now; each only once.
    mutating func due(now: Double) -> Due? {
        if now - lastKeyAt >= Self.endAfter { return .end }
        guard !hasLocked, now - lastKeyAt >= lockAfter else { return nil }
        hasLocked = true
        return .lock
    }
}

/// Seconds since the machine was started. Goes on while it sleeps, and nobody can set it. What the console does after a
/// while it does by this clock; the machine's own is for what is shown only.
enum BootClock {
    private static let started = (date: Date(), seconds: now)

    /// The same as a moment: what the machine's own clock would show if nobody had set it since the start.
    static var date: Date { started.date.addingTimeInterval(now - started.seconds) }

    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
