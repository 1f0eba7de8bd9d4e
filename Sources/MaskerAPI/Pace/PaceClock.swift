import FoundationEssentials
import Glibc

/// The clocks that `RequestPacer` reads. Tests replace them.
struct PaceClock: Sendable {
    /// Microseconds since the machine was started. All processes read the same value, and it cannot be set.
    var now: @Sendable () -> Int
    /// The machine's date and time, for times that are shown to the user or must stay valid after a restart of the machine.
    var wall: @Sendable () -> Date
    /// Sleeps for a number of microseconds. Throws when the task is cancelled.
    var sleep: @Sendable (_ microseconds: Int) async throws -> Void

    static let system = PaceClock {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int(time.tv_sec) * 1_000_000 + Int(time.tv_nsec) / 1_000
    } wall: {
        Date()
    } sleep: { microseconds in
        try await Pause.sleep(for: .microseconds(microseconds))
    }
}
