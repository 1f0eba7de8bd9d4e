import Synchronization

/// Passes values from one task to another, in order. At most `room` values wait in it; then the task that gives waits.
final class BoundedChannel<Value: Sendable>: Sendable {
    private struct State {
        var ready: [Value] = []
        var hasEnded = false
        var taker: CheckedContinuation<Value?, Never>?
        var giver: CheckedContinuation<Void, Never>?
    }

    private let room: Int
    private let state = Mutex(State())

    init(room: Int) { self.room = room }

    /// Adds a value, and returns when there is room for another. A value that is given after `end()` is dropped.
    func give(_ value: Value) async {
        let taker = state.withLock { state -> CheckedContinuation<Value?, Never>? in
            if let taker = state.taker.take() { return taker }
            if !state.hasEnded { state.ready.append(value) }
            return nil
        }
        if let taker { return taker.resume(returning: value) }
        await withCheckedContinuation { giver in
            let mustWait = state.withLock { state in
                guard state.ready.count >= room, !state.hasEnded else { return false }
                state.giver = giver
                return true
            }
            if !mustWait { giver.resume() }
        }
    }

    /// Waits for the next value. Returns nil after `end()`, when no value is left.
    func take() async -> Value? {
        await withCheckedContinuation { taker in
            let (value, isDecided, giver) = state.withLock { state -> (Value?, Bool, CheckedContinuation<Void, Never>?) in
                guard state.ready.isEmpty else { return (state.ready.removeFirst(), true, state.giver.take()) }
                if !state.hasEnded { state.taker = taker }
                return (nil, state.hasEnded, nil)
            }
            if isDecided { taker.resume(returning: value) }
            giver?.resume()
        }
    }

    /// Ends the channel: no further value is added. Values that were given before can still be taken.
    func end() {
        let (taker, giver) = state.withLock { state in
            state.hasEnded = true
            return (state.taker.take(), state.giver.take())
        }
        taker?.resume(returning: nil)
        giver?.resume()
    }
}
