import CTerminal
import Glibc
import MaskerAPI
import Synchronization

/// Ends the process when the UI thread hangs because the terminal does not accept output any more, for example after the lid of
/// a laptop was closed. Otherwise the console could neither lock nor end.
final class HangWatchdog: Sendable {
    /// The time (`BootClock`) by which the UI thread must report again. The thread sets a new time whenever it wakes.
    private let deadline: Atomic<UInt64>
    private let isOver = Atomic(false)
    /// After the machine has slept, the UI thread has this many seconds to report.
    private static let grace = 3.0

    init(deadline: Double) {
        self.deadline = Atomic(deadline.bitPattern)
    }

    func expect(by moment: Double) { deadline.store(moment.bitPattern, ordering: .relaxed) }

    /// Ends the watch, because the UI thread ends.
    func stop() { isOver.store(true, ordering: .relaxed) }

    /// Returns false when the system cannot create a thread.
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
        // Nothing can be written to this terminal, and the data in memory must not remain there.
        terminal_guard_restore_attributes()
        _exit(128 + SIGHUP)
    }

    private func sleep(_ seconds: Double) {
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(seconds.truncatingRemainder(dividingBy: 1) * 1e9))
        clock_nanosleep(CLOCK_BOOTTIME, 0, &time, nil)
    }
}
