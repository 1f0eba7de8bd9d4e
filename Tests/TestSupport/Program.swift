import Foundation
import Synchronization

/// Programs that tests run as a user would.
public enum Program {
    /// Runs a program without holding a thread of the pool. The status is 128 and its number when a signal ended it.
    public static func run(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil
    ) async throws -> (status: Int32, output: String) {
        let (status, output, _) = try await measure(program, arguments, environment: environment)
        return (status, output)
    }

    /// The same, with the most memory it had at a time, in KiB.
    public static func measure(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil
    ) async throws -> (status: Int32, output: String, peakKiB: Int) {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Result { try wait(program, arguments, environment) }) }.start()
        }
    }

    // Foundation's Process waits for a socket that every descendant inherits, so it never ends when a daemon is left behind.
    private static func wait(
        _ program: String, _ arguments: [String], _ environment: [String: String]?
    ) throws -> (status: Int32, output: String, peakKiB: Int) {
        let pipe = Pipe(), output = pipe.fileHandleForWriting
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.fileDescriptor, 1)
        for other in 3..<firstFreeDescriptor() { posix_spawn_file_actions_addclose(&actions, other) }

        var attributes = defaultSignals()
        defer { posix_spawnattr_destroy(&attributes) }
        let variables = (environment ?? ProcessInfo.processInfo.environment).map { "\($0)=\($1)" }
        var child: pid_t = 0
        let failure = withCStrings([program] + arguments) { arguments in
            withCStrings(variables) { variables in posix_spawnp(&child, program, &actions, &attributes, arguments, variables) }
        }
        guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EINVAL) }
        try output.close()
        let peak = PeakMemory(of: child)
        defer { peak.stop() }
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return (signal == 0 ? (status >> 8) & 0xff : 128 + signal, text, peak.kib)
    }

    /// Threads of the pool block every signal, and a program started by one could not be told to end.
    /// - Parameter blocked: those that the program is to start with blocked all the same.
    static func defaultSignals(flags: Int16 = 0, blocked: [Int32] = []) -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var mask = sigset_t(), everything = sigset_t()
        sigemptyset(&mask)
        for number in blocked { sigaddset(&mask, number) }
        sigfillset(&everything)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setsigdefault(&attributes, &everything)
        posix_spawnattr_setflags(&attributes, flags | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        return attributes
    }

    /// No program may inherit the sockets of the servers in the tests: a daemon left behind would keep their connections
    /// open. The reserve is for those that other tests open meanwhile.
    static func firstFreeDescriptor() -> Int32 {
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return (open.compactMap { Int32($0) }.max() ?? 512) + 256
    }

    static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { copies.forEach { free($0) } }
        return body(copies)
    }

    /// The path of a program of this package, built beside the test bundle; nil when it is not there.
    public static func built(_ name: String) -> String? {
        let starts = [Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0])]
        let folders = starts.flatMap { [$0.deletingLastPathComponent(), $0.deletingLastPathComponent().deletingLastPathComponent()] }
        return folders.map { $0.appendingPathComponent(name).path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// The most memory that a process has at a time. The kernel's own figure for a child counts what its parent had before
/// the start, so the child is looked at while it lives.
private final class PeakMemory: Sendable {
    private let peak = Atomic(0), isOver = Atomic(false)

    var kib: Int { peak.load(ordering: .relaxed) }

    init(of process: pid_t) {
        let own = "/proc/self/exe", its = "/proc/\(process)/exe"
        let parent = try? FileManager.default.destinationOfSymbolicLink(atPath: own)
        Thread { [self] in
            while !isOver.load(ordering: .relaxed) {
                // Until it has become the other program it is a copy of this one.
                if let program = try? FileManager.default.destinationOfSymbolicLink(atPath: its), program != parent,
                    let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
                    let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
                    let kib = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
                {
                    peak.store(kib, ordering: .relaxed)
                }
                usleep(1_000)
            }
        }.start()
    }

    func stop() { isOver.store(true, ordering: .relaxed) }
}
