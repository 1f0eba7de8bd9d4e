import Synchronization

/// Hands values from one task to another, in their order. The giver is ahead by so many at most, then it waits.
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

    /// Returns when there is room for another. What is given after the end is lost.
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

    /// Waits for the next value; nil at the end, when there is none left.
    func take() async -> Value? {
        await withCheckedContinuation { taker in
            let (value, isThere, giver) = state.withLock { state -> (Value?, Bool, CheckedContinuation<Void, Never>?) in
                guard state.ready.isEmpty else { return (state.ready.removeFirst(), true, state.giver.take()) }
                if !state.hasEnded { state.taker = taker }
                return (nil, state.hasEnded, nil)
            }
            if isThere { taker.resume(returning: value) }
            giver?.resume()
        }
    }

    /// Nothing comes any more. What was given before can still be taken.
    func end() {
        let (taker, giver) = state.withLock { state in
            state.hasEnded = true
            return (state.taker.take(), state.giver.take())
        }
        taker?.resume(returning: nil)
        giver?.resume()
    }
}
