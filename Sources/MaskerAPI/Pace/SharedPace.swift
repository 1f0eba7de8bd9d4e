import FoundationEssentials
import Glibc

/// The file in which all consoles and commands of a user on this machine share a server's pace. A lock protects the file.
/// If the file cannot be used, or its contents are damaged, requests are sent as if there were no file.
struct SharedPace: Sendable {
    let path: String
    private let directory: String
    /// Identifies the current start of the machine: the clock of the budget begins at 0 with each start.
    private let boot: String

    struct Contents: Sendable, Equatable {
        var budget = PaceBudget()
        /// When the server last answered 429, by the machine's date and time.
        var limitedAt: Date?
    }

    init(directory: String, host: APIHost, boot: String = Self.boot) {
        self.directory = directory
        self.boot = boot
        path = "\(directory)/pace-\(host.fileNamePart).json"
    }

    /// Changes the contents of the file and returns the result of `change`. Returns nil without calling `change` if the file
    /// cannot be read, or if another process holds the lock for longer than `patience`. An error on writing is ignored.
    func update<Result: Sendable>(_ patience: Duration, _ change: (inout Contents) -> Result) async -> Result? {
        try? PrivateFile.makeDirectory(directory)
        guard let lock = await FileLock.take(path, .exclusive, patience: patience) else { return nil }
        defer { lock.release() }
        // A file that belongs to, or can be read by, another user is not changed.
        guard let bytes = try? PrivateFile.read(path) else { return nil }
        let old = try? JSON(parsing: bytes)
        var contents = parse(old)
        let result = change(&contents)
        try? PrivateFile.overwrite(path, with: Array((json(contents).keepingUnknown(of: old).compactText + "\n").utf8))
        return result
    }

    /// Reads the file without the lock; nil if there is no file or it cannot be read.
    func read() -> Contents? { (try? PrivateFile.read(path)).flatMap { $0 }.map { parse(try? JSON(parsing: $0)) } }

    // MARK: The file

    private enum Key: String, CodingKey {
        case boot
        case free = "free_us"
        case pausedUntil = "paused_until_us"
        case limitedAt = "limited_at"
    }

    private func parse(_ json: JSON?) -> Contents {
        guard var fields = json.flatMap(JSONFields<Key>.init) else { return Contents() }
        var contents = Contents(limitedAt: fields.date(.limitedAt))
        if fields.string(.boot) == boot {
            contents.budget = PaceBudget(free: moment(fields.int(.free)), pausedUntil: moment(fields.int(.pausedUntil)))
        }
        return contents
    }

    /// Limits a time from the file to a range in which calculations cannot overflow.
    private func moment(_ number: Int?) -> Int { min(max(number ?? 0, 0), 1 << 60) }

    private func json(_ contents: Contents) -> JSON {
        .object([
            Key.boot.member(.string(boot)), Key.free.member(.number(Double(contents.budget.free))),
            Key.pausedUntil.member(.number(Double(contents.budget.pausedUntil))),
            Key.limitedAt.member(contents.limitedAt.map { .string(Timestamp.format($0)) }),
        ])
    }

    /// The kernel's id of the current start (`boot_id`); empty if it cannot be read.
    static let boot: String = {
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).trimmed
    }()
}
