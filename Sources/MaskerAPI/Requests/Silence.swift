import Synchronization

/// Says once that a kept connection is silent, to the one task that waits for it.
final class Silence: Sendable {
    private enum State {
        case unknown, silent, over
        case awaited(CheckedContinuation<Bool, Never>)
    }

    private let state = Mutex(State.unknown)

    /// Whether the connection was found silent.
    var isNoticed: Bool {
        state.withLock { if case .silent = $0 { true } else { false } }
    }

    func notice() { settle(.silent) }

    /// Waits for the silence. Returns false when the task is cancelled first.
    func wait() async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known: Bool? = state.withLock { state in
                    switch state {
                    case .silent: return true
                    case .over, .awaited: return false
                    case .unknown:
                        state = .awaited(continuation)
                        return nil
                    }
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            settle(.over)
        }
    }

    /// The first call decides.
    private func settle(_ end: State) {
        let waiting: CheckedContinuation<Bool, Never>? = state.withLock { state in
            switch state {
            case .silent, .over: return nil
            case .unknown:
                state = end
                return nil
            case .awaited(let continuation):
                state = end
                return continuation
            }
        }
        if case .silent = end { waiting?.resume(returning: true) } else { waiting?.resume(returning: false) }
    }
}
