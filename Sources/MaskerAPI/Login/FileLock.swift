import Glibc
import Synchronization

/// A `flock` on a file that is never renamed or deleted: the kernel lets go of it when its holder dies.
final class FileLock: Sendable {
    enum Kind: Sendable { case shared, exclusive }

    /// -1 once it is released.
    private let descriptor: Atomic<Int32>

    /// Takes the lock, waiting in small steps, so that the thread of its task is not held. Nil when it could not be had in
    /// time, or the file cannot be opened (a read-only home).
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

    /// The same on a thread that may wait: for holders that let go within milliseconds.
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

    /// Lets go of it; again does nothing.
    func release() {
        let open = descriptor.exchange(-1, ordering: .acquiringAndReleasing)
        if open >= 0 { close(open) }
    }

    deinit { release() }
}
