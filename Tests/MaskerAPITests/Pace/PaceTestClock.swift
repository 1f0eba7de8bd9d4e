import Foundation
import Synchronization

@testable import MaskerAPI

/// A clock that stands still until a task sleeps with it: then it moves to the end of the sleep at once, and the events in
/// between happen. With `holds`, only the test moves the clock.
final class PaceTestClock: Sendable {
    private struct State {
        var now: Int
        var wall = Date(timeIntervalSince1970: 1_777_900_000)
        var sleepers: [(number: Int, end: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var lastNumber = 0
        var pauses: [Int] = []
    }

    private let state: Mutex<State>
    private let holds: Bool
    /// Runs the events before a time, and moves the clock to each of them in turn.
    private let events: @Sendable (PaceTestClock, _ before: Int) async -> Void

    init(at now: Int = 5_000_000, holds: Bool = false, events: @escaping @Sendable (PaceTestClock, Int) async -> Void = { _, _ in }) {
        state = Mutex(State(now: now))
        self.holds = holds
        self.events = events
    }

    var now: Int { state.withLock { $0.now } }
    var wall: Date { state.withLock { $0.wall } }
    /// How long each pause was, in microseconds.
    var pauses: [Int] { state.withLock { $0.pauses } }
    var sleepers: Int { state.withLock { $0.sleepers.count } }

    var clock: PaceClock {
        PaceClock { self.now } wall: { self.wall } sleep: { try await self.sleep($0) }
    }

    /// Sets the machine's date and time, forward or back.
    func set(_ now: Int) { state.withLock { $0.now = now } }
    func setWall(_ wall: Date) { state.withLock { $0.wall = wall } }

    /// Lets time pass, and runs the events in it.
    func pass(_ microseconds: Int) async {
        let end = now + microseconds
        await events(self, end)
        state.withLock { $0.now = max($0.now, end) }
    }

    /// Moves the clock forward, and wakes the tasks whose sleeps have ended.
    func advance(_ microseconds: Int) {
        let due = state.withLock { state in
            state.now += microseconds
            let due = state.sleepers.filter { $0.end <= state.now }
            state.sleepers.removeAll { $0.end <= state.now }
            return due
        }
        for sleeper in due { sleeper.continuation.resume(returning: true) }
    }

    private func sleep(_ microseconds: Int) async throws {
        state.withLock { $0.pauses.append(microseconds) }
        guard holds else {
            try Task.checkCancellation()
            return await pass(microseconds)
        }
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        let isOver: Bool = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    guard !Task.isCancelled else { return true }
                    state.sleepers.append((number, state.now + microseconds, continuation))
                    return false
                }
                if isCancelled { continuation.resume(returning: false) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                guard let place = state.sleepers.firstIndex(where: { $0.number == number }) else { return nil }
                return state.sleepers.remove(at: place).continuation
            }
            sleeper?.resume(returning: false)
        }
        guard isOver else { throw CancellationError() }
    }
}

extension RequestPacer {
    /// The clocks of a pacer, read from a test's clock.
    static func on(_ clock: PaceTestClock, _ setting: PaceSetting = .rate(10), shared: SharedPace? = nil, isHosted: Bool = false) -> RequestPacer {
        RequestPacer(setting, isHosted: isHosted, shared: shared, clock: clock.clock)
    }
}
