import CTerminal
import Glibc
import MaskerAPI
import Synchronization

/// Ends the process when the UI thread hangs in a terminal that takes nothing any more: the lid of a laptop is closed,
/// and the console could neither lock nor end by itself.
final class HangWatchdog: Sendable {
    /// By when the UI thread has to come back, by `BootClock`; it sets a new moment each time it is alive.
    private let deadline: Atomic<UInt64>
    private let isOver = Atomic(false)
    /// After a sleep of the machine the UI thread gets this many seconds to show that it is well.
    private static let grace = 3.0

    init(deadline: Double) {
        self.deadline = Atomic(deadline.bitPattern)
    }

    func expect(by moment: Double) { deadline.store(moment.bitPattern, ordering: .relaxed) }

    /// Nobody is to come back any more.
    func stop() { isOver.store(true, ordering: .relaxed) }

    /// False when the system has no thread left.
    func start() -> Bool {
        DetachedThread.start { [self] in
            terminal_guard_add_thread()
            watch()
        }
    }

    private var remaining: Double {
        Double(bitPattern: deadline.load(ordering: .relaxed)) + Self.grace - BootClock.now
    }

    private func watch() {
        while true {
            while remaining > 0 { sleep(remaining) }
            sleep(Self.grace)
            if isOver.load(ordering: .relaxed) { return }
            if remaining <= 0 { break }
        }
        // Nothing can be written to this terminal, and what is in memory is not to stay there.
        terminal_guard_restore_attributes()
        _exit(128 + SIGHUP)
    }

    private func sleep(_ seconds: Double) {
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(seconds.truncatingRemainder(dividingBy: 1) * 1e9))
        clock_nanosleep(CLOCK_BOOTTIME, 0, &time, nil)
    }
}
