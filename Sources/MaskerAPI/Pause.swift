import Glibc
import Synchronization

/// Pauses of tasks. All pauses share one thread, which sleeps until the next pause ends. `Task.sleep` is not used, because it
/// starts Dispatch's threads, and with them a timer that wakes the process every second (see `WorkThread`).
package enum Pause {
    private static let timer = PauseTimer()

    /// Suspends the task for this time, measured with `ContinuousClock`. Throws `CancellationError` as soon as the task is
    /// cancelled.
    package static func sleep(for duration: Duration) async throws {
        let pause = OnePause()
        guard timer.end(pause, at: .now + duration) else { return try await Task.sleep(for: duration) }
        await withTaskCancellationHandler {
            await withCheckedContinuation { pause.begin($0) }
        } onCancel: {
            pause.end()
        }
        try Task.checkCancellation()
    }
}

/// A pause that ends once. It can be ended more than once, also before it has begun.
private final class OnePause: Sendable {
    private enum State {
        case new, over
        case waiting(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.new)

    func begin(_ continuation: CheckedContinuation<Void, Never>) {
        let isOver = state.withLock { state in
            if case .over = state { return true }
            state = .waiting(continuation)
            return false
        }
        if isOver { continuation.resume() }
    }

    func end() {
        let before = state.withLock { state in
            defer { state = .over }
            return state
        }
        if case .waiting(let continuation) = before { continuation.resume() }
    }
}

/// Ends each pause at its deadline.
private final class PauseTimer: Sendable {
    private struct State {
        var pauses: [(deadline: ContinuousClock.Instant, pause: OnePause)] = []
        var isStarted = false
    }

    private let state = Mutex(State())
    /// A pipe that wakes the thread when a pause is added, because the new pause may end before all others. -1 when the system
    /// cannot open another pipe.
    private let bellRead, bellWrite: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) != 0 { ends = [-1, -1] }
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (bellRead, bellWrite) = (ends[0], ends[1])
    }

    /// Ends the pause at `deadline`. Returns false when the thread cannot be started.
    func end(_ pause: OnePause, at deadline: ContinuousClock.Instant) -> Bool {
        guard bellRead >= 0 else { return false }
        let isRunning = state.withLock { state in
            if !state.isStarted { state.isStarted = DetachedThread.start { [self] in run() } }
            if state.isStarted { state.pauses.append((deadline, pause)) }
            return state.isStarted
        }
        var byte: UInt8 = 0
        if isRunning { _ = write(bellWrite, &byte, 1) }
        return isRunning
    }

    private func run() {
        while true {
            let now = ContinuousClock.now
            let (due, next) = state.withLock { state in
                let due = state.pauses.filter { $0.deadline <= now }
                if !due.isEmpty { state.pauses.removeAll { $0.deadline <= now } }
                return (due, state.pauses.map(\.deadline).min())
            }
            for entry in due { entry.pause.end() }
            // The time is rounded up, so that no pause is too short. The limit of an hour fits poll's argument.
            let left = next.map { ($0 - now) / .milliseconds(1) } ?? -1
            var descriptor = pollfd(fd: bellRead, events: Int16(POLLIN), revents: 0)
            poll(&descriptor, 1, Int32(min(left, 3_600_000).rounded(.up)))
            var bytes = [UInt8](repeating: 0, count: 64)
            _ = read(bellRead, &bytes, bytes.count)
        }
    }
}
