import Foundation
import TestSupport
import Testing

/// The prompt of `masker-tui login` in a pseudo-terminal.
@Suite("The prompt of login", .ownThread)
struct LoginPromptTests {
    private static let prompt = "masker_session: "
    /// A shell without line editing, because line editing changes the terminal's modes.
    private static let shells = [["/bin/bash", "--norc", "--noediting", "-i"], ["/usr/bin/zsh", "-f", "-i", "+o", "zle"], ["/bin/dash", "-i"]]

    private func with(_ command: [String], _ body: (PseudoTerminal) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-prompt-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let server = try ScriptedServer([.sendAndClose(ScriptedServer.answer(#"{"user":{"id":"usr_1","github_login":"ada"}}"#))])
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory, "XDG_STATE_HOME": directory + "/state", "MASKER_URL": server.origin, "TERM": "dumb",
            "T": try #require(Program.built("masker-tui")), "PS1": "ready> ",
        ]
        let terminal = try PseudoTerminal(command, environment: environment)
        defer { terminal.stop() }
        try await body(terminal)
    }

    private func console() throws -> [String] { [try #require(Program.built("masker-tui")), "login"] }

    @Test("however the prompt ends, the terminal's modes are as before", arguments: [
        ("key 3", SIGINT), ("key 28", SIGQUIT), ("", SIGTERM), ("", SIGHUP), ("", SIGSEGV), ("", SIGUSR1), ("", SIGALRM), ("", SIGPWR), ("", 40),
    ])
    func signals(how: String, number: Int32) async throws {
        try await with(console()) { terminal in
            try await terminal.expect(Self.prompt)
            #expect(await terminal.eventually { $0.attributes != $0.attributesBefore }, "what is typed is hidden")
            await terminal.rest()
            terminal.send("half-a-s3cret")
            if let key = how.split(separator: " ").last.flatMap({ UInt8($0) }) {
                terminal.send(String(UnicodeScalar(key)))
            } else {
                kill(terminal.process, number)
            }
            #expect(try await terminal.expectEnd() == 128 + number)
            #expect(terminal.attributes == terminal.attributesBefore)
            #expect(!terminal.text.contains("s3cret"))
        }
    }

    @Test("after Ctrl-Z and after kill -STOP the shell has its terminal modes; after fg the typed text is hidden again", arguments: shells, [SIGTSTP, SIGSTOP])
    func stopped(shell: [String], signal: Int32) async throws {
        try await with(shell) { terminal in
            try await terminal.expect("ready> ")
            terminal.send("$T login\n")
            try await terminal.expect(Self.prompt)
            #expect(await terminal.eventually { $0.attributes[3] & UInt32(ECHO) == 0 })
            if signal == SIGTSTP {
                terminal.send("\u{1A}")
            } else {
                let children = try String(contentsOfFile: "/proc/\(terminal.process)/task/\(terminal.process)/children", encoding: .utf8)
                kill(try #require(pid_t(children.trimmingCharacters(in: .whitespaces))), SIGSTOP)
            }
            // “Stopped” in bash and dash, “suspended” in zsh.
            #expect(await terminal.eventually { $0.text.contains("topped") || $0.text.contains("suspended") })
            if signal == SIGTSTP { #expect(await terminal.eventually { $0.attributes[3] & UInt32(ECHO) != 0 }, "the shell shows what is typed") }
            terminal.forgetOutput()
            terminal.send("fg\n")
            try await terminal.expect(Self.prompt)
            #expect(await terminal.eventually { $0.attributes[3] & UInt32(ECHO) == 0 })
            terminal.send("s3cret-value\n")
            try await terminal.expect("signed in as ada")
            #expect(!terminal.text.contains("s3cret"), "\(terminal.text.debugDescription)")
            terminal.send("exit\n")
            try await terminal.expectEnd()
        }
    }
}
