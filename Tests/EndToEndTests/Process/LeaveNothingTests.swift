import Foundation
import TestSupport
import Testing

@Suite("The test runner leaves no process behind", .ownThread)
struct LeaveNothingTests {
    /// Starts a process in its own session, as a daemon does, and prints its id.
    private static let daemon = "setsid sleep 600 > /dev/null 2>&1 & echo daemon $!.; "

    private func daemon(_ output: String) throws -> pid_t {
        try #require(output.firstMatch(of: /daemon (\d+)\./).flatMap { pid_t($0.1) })
    }

    @Test("a daemon that a command leaves behind is ended and named, and counts as a failure")
    func leftBehind() async throws {
        let program = try #require(Program.built("leave-nothing"))
        let result = try await Program.run("/bin/sh", ["-c", "\"$@\" 2>&1", "sh", program, "sh", "-c", Self.daemon])
        let process = try daemon(result.output)
        #expect(result.status == 1 && result.output.contains("left behind: process \(process), s"))
        #expect(kill(process, 0) == -1 && errno == ESRCH)
    }

    @Test("a command that leaves nothing keeps its own exit status", arguments: [0, 3])
    func status(status: Int32) async throws {
        let program = try #require(Program.built("leave-nothing"))
        let result = try await Program.run(program, ["sh", "-c", "exit \(status)"])
        #expect(result.status == status && result.output.isEmpty)
    }

    @Test("when it is interrupted, it ends the command and all processes started by it", arguments: [SIGINT, SIGTERM, SIGHUP])
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
