import FoundationEssentials
import Glibc

/// What all consoles and commands of a user on this machine know of a server's pace: a small file, under a lock. It holds up
/// no request: where it cannot be used, or holds rubbish, it is as if it were not there.
struct SharedPace: Sendable {
    let path: String
    private let directory: String
    /// Tells one start of the machine from another, as the clock of the budget begins anew with each.
    private let boot: String

    struct Contents: Sendable, Equatable {
        var budget = PaceBudget()
        /// When the server has last answered 429, by the machine's own clock.
        var limitedAt: Date?
    }

    init(directory: String, host: APIHost, boot: String = Self.boot) {
        self.directory = directory
        self.boot = boot
        path = "\(directory)/pace-\(host.fileNamePart).json"
    }

    /// Changes what the file holds. Nil, and nothing is changed, where that cannot be done, or others hold the lock for
    /// longer than `patience`.
    func update<Result: Sendable>(_ patience: Duration, _ change: (inout Contents) -> Result) async -> Result? {
        try? PrivateFile.makeDirectory(directory)
        guard let lock = await FileLock.take(path, .exclusive, patience: patience) else { return nil }
        defer { lock.release() }
        // Somebody else's, or to be read by others: not touched.
        guard let bytes = try? PrivateFile.read(path) else { return nil }
        let old = try? JSON(parsing: bytes)
        var contents = parse(old)
        let result = change(&contents)
        try? PrivateFile.overwrite(path, with: Array((json(contents).keepingUnknown(of: old).compactText + "\n").utf8))
        return result
    }

    /// What it holds now; nil where there is nothing.
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

    /// Within what can be computed with.
    private func moment(_ number: Int?) -> Int { min(max(number ?? 0, 0), 1 << 60) }

    private func json(_ contents: Contents) -> JSON {
        .object([
            Key.boot.member(.string(boot)), Key.free.member(.number(Double(contents.budget.free))),
            Key.pausedUntil.member(.number(Double(contents.budget.pausedUntil))),
            Key.limitedAt.member(contents.limitedAt.map { .string(Timestamp.format($0)) }),
        ])
    }

    /// Empty where the system does not tell.
    static let boot: String = {
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).trimmed
    }()
}
