import Foundation
import TestSupport
import Testing

@Suite("Restricted, as the ForceCommand of a real sshd", .serialized, .ownThread)
struct ForceCommandTests {
    private static let noTerminal = "masker-tui: masker-tui needs a terminal for its screen; over ssh, ask for one with `ssh -t`."

    /// The console over ssh, signed in with a pasted login session.
    private func signedIn(_ server: SSHServer, _ command: [String] = []) async throws -> PseudoTerminal {
        let terminal = try server.terminal(command)
        try await terminal.expect("You are not signed in.")
        terminal.send("\u{1B}[200~\(server.cookie)\u{1B}[201~\r")
        try await terminal.expect("appointment-bot-prod")
        return terminal
    }

    @Test("promise 39: over ssh -t the console opens whatever command is given; Ctrl-Z does nothing; q ends the connection",
        .enabled(if: SSHServer.givesTerminals))
    func console() async throws {
        try await SSHServer.with { server in
            for command in [[], ["sh"]] {
                let terminal = try await signedIn(server, command)
                defer { terminal.stop() }
                #expect(!terminal.text.contains("elsewhere.example"))
                let console = try #require(try server.consoles().first)
                terminal.send("\u{1A}")
                kill(console, SIGTSTP)
                terminal.send("2")
                try await terminal.expect("STARTED")
                #expect(try await !server.run(["cat", "/proc/\(console)/status"]).output.contains("T (stopped)"))
                terminal.send("q")
                #expect(try await terminal.expectEnd() == 0)
                #expect(try server.consoles().isEmpty)
            }
        }
    }

    @Test("promise 6, 39: in a ChrootDirectory without /proc, the options of the ForceCommand hold")
    func chroot() async throws {
        guard geteuid() == 0 else { return print("promise 6, 39: left out, only root can make a ChrootDirectory") }
        try await ChrootDirectory.with { chroot in
            try await SSHServer.with(chroot: chroot, options: "--read-only") { server in
                let terminal = try await signedIn(server)
                defer { terminal.stop() }
                terminal.send("d")
                try await terminal.expect("read-only")
                #expect(!terminal.text.contains("elsewhere.example") && !terminal.text.contains("Delete this agent?"))
                #expect(server.mock.requests.allSatisfy { $0.cookie == server.cookie })
                terminal.send("q")
                #expect(try await terminal.expectEnd() == 0)
            }
        }
    }

    @Test("promise 39: without a terminal there is one sentence and no shell; sftp, scp and forwarding are refused")
    func refused() async throws {
        try await SSHServer.with { server in
            let target = "\(server.user)@127.0.0.1", copied = server.directory + "/copied"
            let shell = try await server.run(["ssh", "-p", "\(server.port)"] + server.clientOptions + [target, "sh", "-c", "'id; touch \(copied)'"])
            #expect(shell.status == 2 && shell.output == Self.noTerminal + "\n")
            for program in [["sftp"], ["scp"], ["scp", "-O"]] {
                let isSFTP = program == ["sftp"]
                let files = isSFTP ? ["\(target):/etc/hostname", copied] : [server.directory + "/key.pub", "\(target):\(copied)"]
                let result = try await server.run(program + ["-P", "\(server.port)"] + server.clientOptions + files)
                // sshd discards what a subsystem writes to standard error.
                let said = result.output.contains(Self.noTerminal) || result.output.contains("Connection closed")
                #expect(result.status != 0 && said, "\(program): \(result.output)")
            }
            #expect(!FileManager.default.fileExists(atPath: copied))
            let forwarded = try await server.run(
                ["ssh", "-p", "\(server.port)", "-W", "127.0.0.1:\(server.port)"] + server.clientOptions + [target])
            #expect(forwarded.status != 0 && forwarded.output.contains("forwarding failed"))
        }
    }

    @Test("promise 39: a connection that is cut or silent ends the console", .enabled(if: SSHServer.givesTerminals), arguments: [SIGKILL, SIGSTOP])
    func cut(how: Int32) async throws {
        try await SSHServer.with { server in
            let terminal = try await signedIn(server)
            defer { terminal.stop() }
            #expect(try server.consoles().count == 1)
            kill(terminal.process, how)
            let isGone = try await Patience.wait { try server.consoles().isEmpty }
            #expect(isGone)
        }
    }
}
