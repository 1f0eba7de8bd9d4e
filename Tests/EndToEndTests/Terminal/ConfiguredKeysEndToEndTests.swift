import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("Keys of the configuration file in a real terminal", .serialized, .ownThread)
struct ConfiguredKeysEndToEndTests {
    private struct Place {
        let directory: String
        let environment: [String: String]
        let console: String
    }

    private static func with(_ keys: String, _ body: (Place) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-keys-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var options = MockOptions()
        options.users = [MockUser(login: "ada", role: "admin", cookie: "cookie-of-ada")]
        let mock = MockProcess(options)
        let text = "url: \(try await mock.start())\nkeys:\n" + keys
        try Data(text.utf8).write(to: URL(fileURLWithPath: directory + "/config.yaml"))
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory, "XDG_STATE_HOME": directory + "/state", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
            "MASKER_TUI_CONFIG": directory + "/config.yaml", "MASKER_SESSION": "cookie-of-ada",
        ]
        var failure: (any Error)?
        do {
            let console = try #require(Program.built("masker-tui"))
            try await body(Place(directory: directory, environment: environment, console: console))
        } catch { failure = error }
        mock.stop()
        if let failure { throw failure }
    }

    @Test("the new keys open and quit, the old ones do neither, and the hint line shows the new ones")
    func pressed() async throws {
        try await Self.with("  console.quit: F12\n  agents:\n    agent.open: [e, Enter]\n") { place in
            let terminal = try PseudoTerminal([place.console], environment: place.environment)
            defer { terminal.stop() }
            try await terminal.expect("12 · end")
            try await terminal.expect("F12")
            terminal.forgetOutput()
            // The old key does nothing: the next screen is the detail that the new key opens.
            terminal.send("qe")
            try await terminal.expect("Agents › ")
            terminal.send("\u{1B}[24~")
            #expect(try await terminal.expectEnd() == 0)
        }
    }

    @Test("a mistake is reported before the screen is opened, with exit status 2; config prints the keys")
    func told() async throws {
        try await Self.with("  agent.delete: w\n  agent.opn: e\n") { place in
            let ended = try await Program.run("/bin/sh", ["-c", "exec 2>&1; exec \(place.console)"], environment: place.environment)
            #expect(ended.status == 2)
            #expect(ended.output.contains("/config.yaml:3:17: “w” is already the key of agent.check-webhook on agents"), "\(ended.output)")
            #expect(ended.output.contains("/config.yaml:4:3: “agent.opn” is not an action; did you mean “agent.open”?") && !ended.output.contains("\u{1B}["))
        }
        try await Self.with("  agent.delete: D\n  sessions:\n    session.open: [Enter, e]\n") { place in
            let ended = try await Program.run(place.console, ["config"], environment: place.environment)
            let lines = ended.output.split(separator: "\n").suffix(2).map { $0.split(separator: "\t").map(String.init) }
            #expect(lines.map { $0.prefix(2).joined(separator: " ") } == ["keys.agent.delete D", "keys.sessions.session.open Enter e"], "\(ended.output)")
            #expect(lines.last?.last == place.directory + "/config.yaml:5")
        }
    }
}
