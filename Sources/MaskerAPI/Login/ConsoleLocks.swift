/// The locks that the user's consoles share, in files beside the login session: one set for each host.
struct ConsoleLocks: Sendable {
    private let directory: String
    /// The start of the paths of the lock files.
    private let path: String

    init(in directory: String, beside path: String) {
        self.directory = directory
        self.path = path
    }

    /// Takes the lock that a console holds briefly before it sends a request.
    func takeGate(_ patience: Duration) async -> FileLock? { await take("gate", .exclusive, patience) }

    /// Takes the lock that a request holds (shared) until the headers of its answer are complete. While it is held
    /// exclusively, other requests wait.
    func takeInFlight(_ kind: FileLock.Kind, _ patience: Duration) async -> FileLock? {
        await take("inflight", kind, patience)
    }

    /// Takes both locks, so that no request of the user is in flight. Returns fewer when one is not free in time.
    func takeAll(_ patience: Duration) async -> [FileLock] {
        var locks: [FileLock] = []
        for lock in [await takeGate(patience), await takeInFlight(.exclusive, patience)] {
            if let lock { locks.append(lock) }
        }
        return locks
    }

    /// Takes the lock for reading and replacing the file, which takes a second on a slow disk. Does not wait for the gate,
    /// because the console that holds the gate may wait for this one.
    func takeWriting() -> FileLock? {
        try? PrivateFile.makeDirectory(directory)
        return FileLock.takeWaiting(path + ".write", patience: .seconds(5))
    }

    private func take(_ name: String, _ kind: FileLock.Kind, _ patience: Duration) async -> FileLock? {
        try? PrivateFile.makeDirectory(directory)
        return await FileLock.take(path + "." + name, kind, patience: patience)
    }
}
