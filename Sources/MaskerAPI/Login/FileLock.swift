import Glibc
import Synchronization

/// A `flock` lock on a file that is never renamed or deleted. The kernel releases the lock when the process that holds it ends.
final class FileLock: Sendable {
    enum Kind: Sendable { case shared, exclusive }

    /// -1 once it is released.
    private let descriptor: Atomic<Int32>

    /// Takes the lock, and waits for it in short sleeps that do not block the thread. Nil when it is still held by others after
    /// `patience`, or its file cannot be opened (a read-only home).
    static func take(_ path: String, _ kind: Kind, patience: Duration) async -> FileLock? {
        let deadline = ContinuousClock.now + patience
        var pause = GrowingPause(from: .milliseconds(1), upTo: .milliseconds(20))
        while true {
            switch attempt(path, kind) {
            case .taken(let lock): return lock
            case .impossible: return nil
            case .busy: break
            }
            guard ContinuousClock.now < deadline, (try? await Pause.sleep(for: pause.next())) != nil else { return nil }
        }
    }

    /// Takes the exclusive lock, and blocks the thread meanwhile: for locks that are held for milliseconds.
    static func takeWaiting(_ path: String, patience: Duration) -> FileLock? {
        let deadline = ContinuousClock.now + patience
        while true {
            switch attempt(path, .exclusive) {
            case .taken(let lock): return lock
            case .impossible: return nil
            case .busy where ContinuousClock.now >= deadline: return nil
            case .busy: usleep(1_000)
            }
        }
    }

    private enum Attempt { case taken(FileLock), busy, impossible }

    private static func attempt(_ path: String, _ kind: Kind) -> Attempt {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return .impossible }
        guard flock(descriptor, (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            let isBusy = errno == EWOULDBLOCK || errno == EINTR
            close(descriptor)
            return isBusy ? .busy : .impossible
        }
        return .taken(FileLock(descriptor: descriptor))
    }

    private init(descriptor: Int32) { self.descriptor = Atomic(descriptor) }

    /// Releases the lock; a second call does nothing.
    func release() {
        let open = descriptor.exchange(-1, ordering: .acquiringAndReleasing)
        if open >= 0 { close(open) }
    }

    deinit { release() }
}
