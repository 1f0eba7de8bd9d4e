/// The locks between the consoles of a user, in files beside the login session: one set of them a host.
struct ConsoleLocks: Sendable {
    private let directory: String
    /// What the names of the files begin with.
    private let path: String

    init(in directory: String, beside path: String) {
        self.directory = directory
        self.path = path
    }

    /// Held briefly before each send.
    func takeGate(_ patience: Duration) async -> FileLock? { await take("gate", .exclusive, patience) }

    /// Held shared from the send until the headers of its answer are complete; exclusively while nothing may be out.
    func takeInFlight(_ kind: FileLock.Kind, _ patience: Duration) async -> FileLock? {
        await take("inflight", kind, patience)
    }

    /// Both, so that nothing of the user's is out. Less than that where they cannot be had in time.
    func takeAll(_ patience: Duration) async -> [FileLock] {
        var locks: [FileLock] = []
        for lock in [await takeGate(patience), await takeInFlight(.exclusive, patience)] {
            if let lock { locks.append(lock) }
        }
        return locks
    }

    /// Held while the file is read and replaced, which takes a slow disk a second. Never waits for the gate: whoever
    /// holds that may be waiting for us.
    func takeWriting() -> FileLock? {
        try? PrivateFile.makeDirectory(directory)
        return FileLock.takeWaiting(path + ".write", patience: .seconds(5))
    }

    private func take(_ name: String, _ kind: FileLock.Kind, _ patience: Duration) async -> FileLock? {
        try? PrivateFile.makeDirectory(directory)
        return await FileLock.take(path + "." + name, kind, patience: patience)
    }
}
