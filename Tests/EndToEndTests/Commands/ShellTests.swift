import Foundation
import TestSupport
import Testing

/// The console as a job of a shell. Shells differ in which terminal modes they set when a job continues.
@Suite("Stopping in a shell", .serialized, .ownThread)
struct ShellTests {
    private static let shells = [["/bin/bash", "--norc", "-i"], ["/usr/bin/zsh", "-f", "-i"], ["/bin/dash", "-i"]]

    @Test("promise 26: stopped by SIGSTOP or Ctrl-Z, after fg in bash, zsh and dash the modes, keys and screen are those of the console again",
        arguments: shells, [true, false])
    func goesOn(shell: [String], isForced: Bool) async throws {
        let console = try #require(Program.built("masker-tui"))
        var setup = RawTerminal.Setup()
        setup.command = shell
        setup.environment = ["ENV": "/dev/null"]
        try await RawTerminal.with(setup) { raw in
            let terminal = raw.terminal
            func attributes(_ name: String) async throws -> String {
                let path = raw.directory + "/" + name
                terminal.send("stty -g > \(path).part; mv \(path).part \(path)\n")
                try #require(await Patience.wait(until: { FileManager.default.fileExists(atPath: path) }, unless: { terminal.status != nil }))
                return try String(contentsOfFile: path, encoding: .utf8)
            }
            let before = try await attributes("before")
            terminal.send("\(console) --refresh 0\n")
            try await terminal.expect("appointment-bot-prod")
            let children = try String(contentsOfFile: "/proc/\(terminal.process)/task/\(terminal.process)/children", encoding: .utf8)
            let process = try #require(children.split(separator: " ").last.flatMap { pid_t($0) })
            await ProcessRest.wait(process, terminal: "/proc/\(process)/fd/0", also: { terminal.output.count }, unless: { terminal.status != nil })
            let own = terminal.attributes
            for number in 0..<2 {
                terminal.forgetOutput()
                if isForced { kill(process, SIGSTOP) } else { terminal.send("\u{1A}") }
                // “Stopped” in bash and dash, “suspended” in zsh.
                #expect(await terminal.eventually { $0.text.contains("topped") || $0.text.contains("suspended") })
                terminal.forgetOutput()
                // A line feed, because dash leaves the terminal in the modes of the stopped program, in which Return ends no line.
                terminal.send("fg\n")
                try await terminal.expect(number == 0 ? "appointment-bot-prod" : "STARTED")
                #expect(await terminal.eventually { $0.attributes == own }, "the modes are the console's")
                terminal.forgetOutput()
                // One key, without Enter.
                terminal.send("2")
                if number == 0 { try await terminal.expect("STARTED") }
            }
            terminal.send("q")
            #expect(await terminal.eventually { $0.text.contains("\u{1B}[?1049l") })
            #expect(try await attributes("after") == before)
            terminal.send("exit\n")
            try await terminal.expectEnd()
        }
    }
}
