import FoundationEssentials
import Glibc

/// When the console locks, and when it quits, because no key is pressed.
struct IdleTimer: Sendable, Equatable {
    enum Due: Sendable { case lock, end }

    /// Seconds without a key until the console locks.
    let lockAfter: Double
    /// Seconds without a key until the console quits.
    static let endAfter = 3_600.0

    private var lastKeyAt: Double
    private var hasLocked = false

    /// - Parameter now: The time of `BootClock`, as in all functions of this type.
    init(lockAfter: Double, now: Double) {
        self.lockAfter = lockAfter
        lastKeyAt = now
    }

    /// When the next step is due.
    var nextDue: Double { lastKeyAt + (hasLocked ? Self.endAfter : min(lockAfter, Self.endAfter)) }

    mutating func keyPressed(now: Double) {
        lastKeyAt = now
        hasLocked = false
    }

    /// Returns the step that is due by now. Each step is returned once.
    mutating func due(now: Double) -> Due? {
        if now - lastKeyAt >= Self.endAfter { return .end }
        guard !hasLocked, now - lastKeyAt >= lockAfter else { return nil }
        hasLocked = true
        return .lock
    }
}

/// Seconds since the machine started. This clock also runs while the machine sleeps, and it cannot be set. All timers use it;
/// the machine's clock is only used for display.
enum BootClock {
    private static let started = (date: Date(), seconds: now)

    /// The same as a date: the time that the machine's clock would show if it had not been set since the start.
    static var date: Date { started.date.addingTimeInterval(now - started.seconds) }

    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
