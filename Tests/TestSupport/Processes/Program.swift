import Foundation
import Synchronization

/// Programs that tests run as a user would.
public enum Program {
    /// Runs a program without blocking a thread of the pool. If a signal ended it, the status is 128 plus the signal's number.
    public static func run(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil
    ) async throws -> (status: Int32, output: String) {
        let (status, output, _) = try await measure(program, arguments, environment: environment)
        return (status, output)
    }

    /// Runs a program in the same way, and also returns its peak memory in KiB.
    public static func measure(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil
    ) async throws -> (status: Int32, output: String, peakKiB: Int) {
        let meter = ProcessorMeter.current
        return try await withCheckedThrowingContinuation { continuation in
            Thread {
                let result = ProcessorMeter.$current.withValue(meter) { Result { try wait(program, arguments, environment) } }
                continuation.resume(with: result)
            }.start()
        }
    }

    // Foundation's Process is not used: it waits for a socket that every descendant inherits, so it never ends when a daemon is
    // left behind.
    private static func wait(
        _ program: String, _ arguments: [String], _ environment: [String: String]?
    ) throws -> (status: Int32, output: String, peakKiB: Int) {
        let pipe = Pipe(), output = pipe.fileHandleForWriting
        let child = try ChildProcess([program] + arguments, environment: environment ?? ProcessInfo.processInfo.environment) { files in
            posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_adddup2(&files, output.fileDescriptor, 1)
            posix_spawn_file_actions_adddup2(&files, 2, 2)
        }
        try output.close()
        let peak = PeakMemory(of: child.process)
        defer { peak.stop() }
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        return (child.waitForEnd(), text, peak.kib)
    }

    /// The path of a program of this package, built beside the test bundle; nil when it is not there.
    public static func built(_ name: String) -> String? {
        let starts = [Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0])]
        let folders = starts.flatMap { [$0.deletingLastPathComponent(), $0.deletingLastPathComponent().deletingLastPathComponent()] }
        return folders.map { $0.appendingPathComponent(name).path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// The peak memory of a process. The kernel's figure for a child that has ended includes the memory of its parent before the
/// start, so the child's memory is read while it runs.
private final class PeakMemory: Sendable {
    private let peak = Atomic(0), isOver = Atomic(false)

    var kib: Int { peak.load(ordering: .relaxed) }

    init(of process: pid_t) {
        let own = "/proc/self/exe", its = "/proc/\(process)/exe"
        let parent = try? FileManager.default.destinationOfSymbolicLink(atPath: own)
        Thread { [self] in
            while !isOver.load(ordering: .relaxed) {
                // Before exec, the process is still a copy of this one.
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
