import Glibc

/// Reads and writes files that only the user can read (mode 0600). A file is replaced completely or not at all.
public enum PrivateFile {
    /// Why a private file could not be read or written, in one sentence.
    public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        public let description: String
        init(_ description: String) { self.description = description }

        fileprivate static func failed(_ verb: String, _ path: String) -> Problem {
            Problem("could not \(verb) \(path): \(String(cString: strerror(errno)))")
        }
    }

    /// Replaces the file at `path` with `bytes`: a reader sees the old file or the new one, also after a crash.
    /// Creates missing directories with mode 0700.
    /// - Throws: `Problem`; the old file is unchanged then.
    public static func replace(_ path: String, with bytes: [UInt8]) throws(Problem) {
        try replace(path, with: bytes, by: nil)
    }

    /// - Parameter fixed: the path of the temporary file, for a caller that holds a lock; nil for a random name.
    static func replace(_ path: String, with bytes: [UInt8], by fixed: String?) throws(Problem) {
        let directory = parent(of: path)
        try makeDirectory(directory)
        if let fixed { unlink(fixed) }
        let temporary = fixed ?? directory + "/.new-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .failed("write", path) }
        let isWritten = fchmod(descriptor, 0o600) == 0 && writeAll(descriptor, bytes) && fsync(descriptor) == 0
        let problem = Problem.failed("write", path)
        _ = close(descriptor)
        guard isWritten else {
            unlink(temporary)
            throw problem
        }
        guard rename(temporary, path) == 0 else {
            let problem = Problem.failed("write", path)
            unlink(temporary)
            throw problem
        }
        syncDirectory(directory)
    }

    /// Overwrites the file without a temporary one and without `fsync`, for data that may be lost at any time. The caller must
    /// hold a lock: the bytes of two writers would mix.
    static func overwrite(_ path: String, with bytes: [UInt8]) throws(Problem) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw .failed("write", path) }
        defer { close(descriptor) }
        guard writeAll(descriptor, bytes), ftruncate(descriptor, off_t(bytes.count)) == 0 else { throw .failed("write", path) }
    }

    /// The bytes at `path`; nil when there is no such file.
    /// - Parameter limit: the most bytes that are read; the rest is ignored.
    /// - Throws: `Problem` when the file belongs to another user, other users can access it, or it is not a plain file.
    public static func read(_ path: String, limit: Int = 64 << 10) throws(Problem) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            if errno == ELOOP { throw Problem("\(path) is a symbolic link, which is not followed; put the file itself there, or remove the link") }
            let isDenied = errno == EACCES
            let problem = Problem.failed("read", path)
            throw isDenied ? Problem("\(problem); run chmod 600 on it, and chmod 700 on its directory") : problem
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .failed("read", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Problem("\(path) is not a plain file; remove it") }
        guard status.st_uid == geteuid() else {
            throw Problem("\(path) belongs to another user (uid \(status.st_uid)), so it is not used; remove it, or let root run chown \(geteuid()) on it")
        }
        guard status.st_mode & 0o077 == 0 else {
            let access = status.st_mode & 0o044 == 0 ? "written" : "read"
            throw Problem("\(path) can be \(access) by other users; it is not used until you run chmod 600 on it")
        }
        var bytes = [UInt8](repeating: 0, count: min(max(Int(status.st_size), 0), limit))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .failed("read", path) }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes.prefix(filled))
    }

    /// Creates the directory `path` and missing directories above it, with mode 0700.
    static func makeDirectory(_ path: String) throws(Problem) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw Problem("\(path) is not a directory") }
            guard status.st_uid == geteuid() else {
                throw Problem("\(path) belongs to another user (uid \(status.st_uid)), so nothing is written there; let root run chown \(geteuid()) on it")
            }
            guard status.st_mode & 0o022 == 0 else { throw Problem("\(path) can be written by other users; run chmod 700 on it") }
            return
        }
        let above = parent(of: path)
        if above != path, stat(above, &status) != 0 { try makeDirectory(above) }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw Problem("\(Problem.failed("create the directory", path)); set XDG_STATE_HOME to a directory in which you can write")
        }
    }

    /// Runs `body` while no other console changes the file at `path`, so that two changes do not undo each other. When the lock
    /// is not free within a second, because a console that holds it was stopped, `body` runs without it.
    public static func withLock<Result>(on path: String, _ body: () throws -> Result) throws -> Result {
        try makeDirectory(parent(of: path))
        let lock = FileLock.takeWaiting(path + ".write", patience: .seconds(1))
        defer { lock?.release() }
        return try body()
    }

    private static func parent(of path: String) -> String {
        var rest = path[...]
        while rest.count > 1, rest.last == "/" { rest.removeLast() }
        guard let slash = rest.lastIndex(of: "/") else { return "." }
        rest = rest[..<slash]
        while rest.last == "/" { rest.removeLast() }
        return rest.isEmpty ? "/" : String(rest)
    }

    /// `Descriptor` in the terminal layer has a similar loop; neither layer depends on the other.
    private static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func syncDirectory(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
