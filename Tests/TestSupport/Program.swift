import Foundation

/// Programs that tests run as a user would.
public enum Program {
    /// Runs a program without holding a thread of the pool. The status is 128 and its number when a signal ended it.
    public static func run(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil
    ) async throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program.hasPrefix("/") ? program : "/usr/bin/env")
        process.arguments = program.hasPrefix("/") ? arguments : [program] + arguments
        if let environment { process.environment = environment }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            Thread {
                do {
                    try process.run()
                    let output = pipe.fileHandleForReading.readDataToEndOfFile()
                    process.waitUntilExit()
                    let isExit = process.terminationReason == .exit
                    let status = isExit ? process.terminationStatus : 128 + process.terminationStatus
                    continuation.resume(returning: (status, String(decoding: output, as: UTF8.self)))
                } catch { continuation.resume(throwing: error) }
            }.start()
        }
    }

    /// The path of a program of this package, built beside the test bundle; nil when it is not there.
    public static func built(_ name: String) -> String? {
        let starts = [Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0])]
        let folders = starts.flatMap { [$0.deletingLastPathComponent(), $0.deletingLastPathComponent().deletingLastPathComponent()] }
        return folders.map { $0.appendingPathComponent(name).path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
