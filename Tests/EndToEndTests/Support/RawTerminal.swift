import Foundation
import MaskerMock
import TestSupport
import Testing

/// The console in a pseudo-terminal that records every byte, with a mock in this process.
struct RawTerminal {
    let terminal: PseudoTerminal
    let mock: MockProcess
    /// The mock's URL.
    let origin: String
    /// The console's `XDG_STATE_HOME` and home, which are removed afterwards.
    let directory: String

    struct Setup {
        var columns = 100, rows = 30
        var arguments: [String] = []
        /// The path of a program that runs the console, with its arguments.
        var wrapper: [String] = []
        var environment: [String: String] = [:]
        var mock = MockOptions()
        /// The name of the signed-in user at the start.
        var login = "ada"
        /// Starts the console as `nohup` does.
        var ignoresHangUp = false
        /// Starts the console as a careless parent does, with signals blocked.
        var blockedSignals: [Int32] = []
        /// A command to run instead of the console.
        var command: [String]?
    }

    static func with(_ setup: Setup = Setup(), _ body: (RawTerminal) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-raw-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let mock = MockProcess(setup.mock)
        let origin = try await mock.start()
        let console = try #require(Program.built("masker-tui"))
        let cookie = try #require(setup.mock.users.first { $0.login == setup.login }).cookie
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory, "XDG_STATE_HOME": directory + "/state", "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color", "MASKER_URL": origin, "MASKER_SESSION": cookie,
        ].merging(setup.environment) { $1 }
        var failure: (any Error)?
        do {
            let prefix = setup.ignoresHangUp ? ["/bin/sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""] : []
            let terminal = try PseudoTerminal(
                prefix + setup.wrapper + (setup.command ?? [console]) + setup.arguments, environment: environment,
                columns: setup.columns, rows: setup.rows, blockedSignals: setup.blockedSignals)
            do { try await body(RawTerminal(terminal: terminal, mock: mock, origin: origin, directory: directory)) } catch { failure = error }
            terminal.stop()
        } catch { failure = error }
        mock.stop()
        if let failure { throw failure }
    }

    /// Waits until the console is at rest and no request is running.
    func rest() async {
        repeat { await terminal.rest() } while terminal.status == nil && !mock.requestsUnderWay.isEmpty
    }

    /// A value of `/proc/PID/status`, such as `VmHWM`, in KiB.
    static func memory(of process: pid_t, _ line: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let found = status.split(separator: "\n").first { $0.hasPrefix(line + ":") }
        return try #require(found?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
    }
}
