import FoundationEssentials
import Glibc
import MaskerAPI
import Synchronization
import TerminalKit

/// The file of `--log`, with one line for each request. A lock keeps the lines of this console whole, and O_APPEND those of
/// several consoles.
final class RequestLog: Sendable {
    private let descriptor: Int32
    private let isFull = Mutex(false)

    /// The maximum size in bytes. The log then ends with a last line: its beginning is kept, and the disk does not fill up.
    static let limit = 1 << 20
    private static let lastLine = "the log ends here: it has reached 1 MiB\n"

    /// Opens or creates the file, which only the user can read. Symbolic links are not followed.
    /// - Throws: `CommandFailure` with a sentence and exit status 2.
    init(path: String) throws(CommandFailure) {
        func refused(_ reason: String) -> CommandFailure { .usage("the file “\(path)” given with --log \(reason)") }
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw refused("cannot be written: \(String(cString: strerror(errno)))") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw refused("is not a plain file") }
        guard status.st_uid == geteuid(), fchmod(descriptor, 0o600) == 0 else { throw refused("belongs to another user") }
        guard Int(status.st_size) < Self.limit else { throw refused("is full; move it away") }
    }

    deinit { close(descriptor) }

    /// Writes one line for a request.
    func write(_ record: RequestRecord) {
        let line = Array((Self.line(record, at: Date()) + "\n").utf8)
        isFull.withLock { isFull in
            var status = stat()
            guard !isFull, fstat(descriptor, &status) == 0 else { return }
            isFull = Int(status.st_size) + line.count + Self.lastLine.utf8.count > Self.limit
            let bytes = isFull ? Array(Self.lastLine.utf8) : line
            // Errors are ignored: a full disk must not disturb the work.
            _ = Glibc.write(descriptor, bytes, bytes.count)
        }
    }

    /// Writes time (UTC), method, path, status or kind of failure, milliseconds and request id.
    static func line(_ record: RequestRecord, at time: Date) -> String {
        let outcome = switch record.outcome {
        case .status(let status): "\(status)"
        case .failure(let reason): reason.rawValue
        }
        let (seconds, attoseconds) = record.duration.components
        let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
        let requestID = record.requestID.map { PrintableText($0).truncated(to: 80).string } ?? "-"
        return "\(Timestamp.uniform(time)) \(record.method.rawValue) \(record.template) \(outcome) \(milliseconds)ms \(requestID)"
    }
}
