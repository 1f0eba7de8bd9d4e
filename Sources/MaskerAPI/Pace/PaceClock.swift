import FoundationEssentials
import Glibc

/// The clock of the pace: replaced by tests.
struct PaceClock: Sendable {
    /// Microseconds since the machine was started: the same for all processes, and set by nobody.
    var now: @Sendable () -> Int
    /// The machine's own clock, for what people read and what outlasts a start of the machine.
    var wall: @Sendable () -> Date
    /// Throws when the task is cancelled.
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
