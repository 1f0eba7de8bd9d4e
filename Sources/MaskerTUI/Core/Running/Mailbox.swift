import CTerminal
import Synchronization

/// Actions from other threads for the event loop. Each one writes to `bell`, which wakes the loop's `poll`.
final class Mailbox: Sendable {
    private let actions = Mutex<[Action]>([])
    /// The descriptor to poll for reading; -1 when the system has no descriptor left.
    let bell: Int32

    init() { bell = bell_open() }

    func post(_ action: Action) {
        actions.withLock { $0.append(action) }
        bell_ring(bell)
    }

    func takeAll() -> [Action] {
        bell_silence(bell)
        return actions.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
