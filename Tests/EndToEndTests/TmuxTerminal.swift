import Foundation
import TestSupport
import Testing

/// The real console in a real terminal: a tmux of its own, driven as by a person.
struct TmuxTerminal {
    private let socket: String
    let directory: String

    /// What to start: the console on the mock, with options of both.
    struct Setup {
        var columns = 100, rows = 30
        var term = "tmux-256color"
        var mock: [String] = []
        var console: [String] = []
        /// Settings in front of the command, such as `NO_COLOR=1`; `-u NAME` removes one.
        var environment: [String] = []
        /// Instead of the console on the mock.
        var command: String?
    }

    /// Starts a terminal, runs `body` and takes everything down again.
    static func with(_ setup: Setup = Setup(), _ body: (TmuxTerminal) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "masker-e2e-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let terminal = TmuxTerminal(socket: "masker-e2e-\(UUID().uuidString.prefix(8))", directory: directory)
        try await terminal.start(setup)
        var failure: (any Error)?
        do { try await body(terminal) } catch { failure = error }
        _ = try? await terminal.tmux("kill-server")
        try? FileManager.default.removeItem(atPath: directory)
        if let failure { throw failure }
    }

    /// The command line of the console on a mock.
    static func onMock(_ setup: Setup) throws -> String {
        let mock = try #require(Program.built("masker-mock")), console = try #require(Program.built("masker-tui"))
        return ([mock, "exec", "--traffic", "0"] + setup.mock + ["--", console] + setup.console).map(quoted).joined(separator: " ")
    }

    private func start(_ setup: Setup) async throws {
        let command = try setup.command ?? Self.onMock(setup)
        let environment = (["XDG_STATE_HOME=\(directory)/state", "LC_ALL=C.UTF-8", "TERM=\(setup.term)"] + setup.environment)
            .map { $0.hasPrefix("-u ") ? $0 : Self.quoted($0) }.joined(separator: " ")
        let removed = setup.environment.filter { $0.hasPrefix("-u ") }.joined(separator: " ")
        let assigned = environment.split(separator: " ").filter { $0.contains("=") }.joined(separator: " ")
        // The attributes before and after, and the exit status, are what "as it was" is measured by.
        let script = """
            stty -g > \(directory)/before
            env \(removed) \(assigned) \(command)
            echo "EXIT $?"
            stty -g > \(directory)/after.part; mv \(directory)/after.part \(directory)/after
            exec sleep 600
            """
        try Data(script.utf8).write(to: URL(fileURLWithPath: directory + "/run.sh"))
        try await tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", "\(setup.columns)", "-y", "\(setup.rows)", "bash \(directory)/run.sh")
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    @discardableResult
    func tmux(_ arguments: String...) async throws -> String {
        try await Program.run("tmux", ["-L", socket] + arguments).output
    }

    // MARK: Acting

    /// Keys by tmux's names: `Enter`, `Escape`, `C-c`, `j`.
    func press(_ keys: String...) async throws {
        for key in keys { try await tmux("send-keys", "--", key) }
    }

    /// Types as a person does, one key after the other.
    func type(_ text: String) async throws {
        for character in text {
            // tmux takes a bare semicolon for the end of the command.
            try await tmux("send-keys", "-l", "--", character == ";" ? "\\;" : String(character))
            try await Task.sleep(for: .milliseconds(15))
        }
    }

    /// Pastes as a terminal does, between the marks of a bracketed paste.
    func paste(_ text: String) async throws {
        let path = directory + "/paste"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try await tmux("load-buffer", path)
        try await tmux("paste-buffer", "-p", "-d")
    }

    func resize(columns: Int, rows: Int) async throws {
        try await tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    }

    // MARK: Looking

    /// The text on the screen.
    func screen() async throws -> String { try await tmux("capture-pane", "-p") }

    /// The text with its colours and attributes as escape sequences.
    func styledScreen() async throws -> String { try await tmux("capture-pane", "-p", "-e") }

    /// Waits until the screen shows a text; a bound keeps a broken console from holding the tests.
    @discardableResult
    func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
        try await expect(text, true, sourceLocation) { $0.contains(text) }
    }

    /// Waits until a text is gone from the screen.
    @discardableResult
    func expectGone(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
        try await expect(text, false, sourceLocation) { !$0.contains(text) }
    }

    private func expect(
        _ text: String, _ wanted: Bool, _ sourceLocation: SourceLocation, _ isThere: (String) -> Bool
    ) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(30)
        var shown = ""
        while ContinuousClock.now < deadline {
            shown = try await screen()
            if isThere(shown) { return shown }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("“\(text)” \(wanted ? "did not come" : "did not go"):\n\(shown)", sourceLocation: sourceLocation)
        throw Timeout()
    }

    struct Timeout: Error {}

    /// Types a name into the delete dialog and confirms with the pauses of a person.
    func confirmDeletion(of name: String) async throws {
        try await expect("Delete this agent?")
        try await type(name)
        try await press("Enter")
        try await expect("Press Enter once more")
        // A held key must not delete, so a second press counts only after a pause.
        try await Task.sleep(for: .milliseconds(900))
        try await press("Enter")
        try await expectGone("Delete this agent?")
    }

    /// Waits for the end; then the terminal must be as it was.
    func expectEnd(status: Int32, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await expect("EXIT \(status)", sourceLocation: sourceLocation)
        let deadline = ContinuousClock.now + .seconds(10)
        while !FileManager.default.fileExists(atPath: directory + "/after"), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
        }
        func read(_ name: String) throws -> String { try String(contentsOfFile: directory + "/" + name, encoding: .utf8) }
        #expect(try read("before") == read("after"), "the terminal's attributes", sourceLocation: sourceLocation)
        let state = try await tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{keypad_cursor_flag}")
        #expect(state == "0 1 0\n", "main screen, cursor on, keypad as before", sourceLocation: sourceLocation)
    }

    /// The console's process.
    func consoleProcess() async throws -> pid_t {
        let console = try #require(Program.built("masker-tui"))
        let pane = try await tmux("display-message", "-p", "#{pane_pid}").trimmingCharacters(in: .whitespacesAndNewlines)
        let table = try await Program.run("ps", ["-e", "-o", "pid=,ppid=,args="]).output
        var parents = [pane]
        for _ in 0..<6 {
            let children = table.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 2) }
                .filter { $0.count == 3 && parents.contains(String($0[1])) }
            if let found = children.first(where: { $0[2].hasPrefix(console) }) { return try #require(pid_t(found[0])) }
            parents = children.map { String($0[0]) }
        }
        throw Timeout()
    }
}
