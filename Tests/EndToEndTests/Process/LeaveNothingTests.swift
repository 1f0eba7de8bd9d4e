import Foundation
import TestSupport
import Testing

@Suite("What runs the tests leaves no process behind", .ownThread)
struct LeaveNothingTests {
    /// Starts a process in a session of its own, as a daemon is, and says its number.
    private static let daemon = "setsid sleep 600 > /dev/null 2>&1 & echo daemon $!.; "

    private func daemon(_ output: String) throws -> pid_t {
        try #require(output.firstMatch(of: /daemon (\d+)\./).flatMap { pid_t($0.1) })
    }

    @Test("a daemon that a command leaves behind is ended, named, and counts as a failure")
    func leftBehind() async throws {
        let program = try #require(Program.built("leave-nothing"))
        let result = try await Program.run("/bin/sh", ["-c", "\"$@\" 2>&1", "sh", program, "sh", "-c", Self.daemon])
        let process = try daemon(result.output)
        #expect(result.status == 1 && result.output.contains("left behind: process \(process), s"))
        #expect(kill(process, 0) == -1 && errno == ESRCH)
    }

    @Test("a command that leaves nothing has its own status", arguments: [0, 3])
    func status(status: Int32) async throws {
        let program = try #require(Program.built("leave-nothing"))
        let result = try await Program.run(program, ["sh", "-c", "exit \(status)"])
        #expect(result.status == status && result.output.isEmpty)
    }

    @Test("interrupted, it ends the command and all that it has started", arguments: [SIGINT, SIGTERM, SIGHUP])
    func interrupted(number: Int32) async throws {
        let program = try #require(Program.built("leave-nothing"))
        let terminal = try PseudoTerminal(
            [program, "/bin/sh", "-c", Self.daemon + "sleep 600"], environment: ["PATH": "/usr/bin:/bin"])
        defer { terminal.stop() }
        try await terminal.expect(".")
        let process = try daemon(terminal.text)
        kill(terminal.process, number)
        #expect(try await terminal.expectEnd() == 128 + number)
        #expect(kill(process, 0) == -1 && errno == ESRCH)
    }
}
