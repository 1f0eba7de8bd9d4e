import Foundation
import TestSupport
import Testing

/// The real console in a real terminal: a tmux of its own, driven as by a person.
struct TmuxTerminal {
    let directory: String
    private let trace: TerminalTrace

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
        let terminal = TmuxTerminal(
            directory: directory, trace: TerminalTrace(columns: setup.columns, rows: setup.rows, term: setup.term))
        try await terminal.start(setup)
        var failure: (any Error)?
        do { try await body(terminal) } catch { failure = error }
        _ = try? await terminal.tmux("kill-server")
        terminal.trace.save()
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
        let copy = directory + "/output"
        guard mkfifo(copy, 0o600) == 0 else { throw POSIXError(.EIO) }
        record(copy)
        try await tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", "\(setup.columns)", "-y", "\(setup.rows)", "bash \(directory)/run.sh", ";",
            "pipe-pane", "-O", "exec cat > \(copy)")
    }

    /// Takes what tmux copies of the output into the trace, until tmux ends.
    private func record(_ copy: String) {
        let trace = trace
        Thread {
            guard let output = FileHandle(forReadingAtPath: copy) else { return }
            while case let bytes = output.availableData, !bytes.isEmpty { trace.output(bytes) }
        }.start()
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    @discardableResult
    func tmux(_ arguments: String...) async throws -> String {
        try await Program.run("tmux", ["-S", directory + "/tmux"] + arguments).output
    }

    // MARK: Acting

    /// Keys by tmux's names: `Enter`, `Escape`, `C-c`, `j`. What comes right behind Esc would be one key with it: Alt.
    func press(_ keys: String...) async throws {
        for (index, key) in keys.enumerated() {
            if index > 0, keys[index - 1] == "Escape" { try await rest() }
            trace.input(Self.bytes(of: key))
            try await tmux("send-keys", "--", key)
        }
    }

    /// What a terminal sends for a key, for the trace.
    private static func bytes(of key: String) -> String {
        let known = [
            "Enter": "\r", "Escape": "\u{1B}", "Tab": "\t", "BSpace": "\u{7F}", "Space": " ", "Up": "\u{1B}[A", "Down": "\u{1B}[B",
            "Right": "\u{1B}[C", "Left": "\u{1B}[D", "Home": "\u{1B}[1~", "End": "\u{1B}[4~", "PPage": "\u{1B}[5~", "NPage": "\u{1B}[6~",
        ]
        if let bytes = known[key] { return bytes }
        guard key.hasPrefix("C-"), let letter = key.unicodeScalars.last else { return key }
        return Unicode.Scalar(letter.value & 0x1F).map { String($0) } ?? key
    }

    /// Types as a person does, one key after the other.
    func type(_ text: String) async throws {
        trace.input(text)
        for character in text {
            // tmux takes a bare semicolon for the end of the command.
            try await tmux("send-keys", "-l", "--", character == ";" ? "\\;" : String(character))
            try await Task.sleep(for: .milliseconds(15))
        }
    }

    /// Pastes as a terminal does, between the marks of a bracketed paste.
    func paste(_ text: String) async throws {
        trace.input("\u{1B}[200~\(text)\u{1B}[201~")
        let path = directory + "/paste"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try await tmux("load-buffer", path)
        try await tmux("paste-buffer", "-p", "-d")
    }

    func resize(columns: Int, rows: Int) async throws {
        trace.resized(columns: columns, rows: rows)
        try await tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    }

    // MARK: Looking

    /// The text on the screen.
    func screen() async throws -> String { try await tmux("capture-pane", "-p") }

    /// The text with its colours and attributes as escape sequences.
    func styledScreen() async throws -> String { try await tmux("capture-pane", "-p", "-e") }

    /// All that a person sees of a terminal, and how it takes what is written and typed next.
    struct State: Equatable, CustomStringConvertible {
        /// The text with its colours and attributes.
        let cells: StyledScreen
        /// Where the cursor is, column and row from 0; nil when it is hidden.
        let cursor: String?
        /// The modes by tmux's names, each on (1) or off.
        let modes: [String: String]
        let title: String

        var description: String { "cursor \(cursor ?? "hidden"), title \(title), modes \(modes.filter { $0.value != "0" }):\n\(cells)" }
    }

    private static let modes = [
        "alternate_on", "cursor_flag", "insert_flag", "keypad_cursor_flag", "keypad_flag", "mouse_all_flag", "mouse_any_flag",
        "mouse_button_flag", "mouse_sgr_flag", "mouse_standard_flag", "mouse_utf8_flag", "origin_flag", "wrap_flag", "pane_in_mode",
    ]
    /// Those of a terminal that nobody has changed.
    private static let usualModes = Dictionary(uniqueKeysWithValues: modes.map { ($0, ["cursor_flag", "wrap_flag"].contains($0) ? "1" : "0") })

    /// The state once the console is at rest.
    func state() async throws -> State {
        try await rest()
        return try await currentState()
    }

    private func currentState() async throws -> State {
        // tmux prints no control character outside of UTF-8 locales. The title is last: it may have anything in it.
        let format = (Self.modes.map { "#{\($0)}" } + ["#{cursor_x},#{cursor_y}", "#{pane_title}"]).joined(separator: "|")
        let fields = try await tmux("display-message", "-p", format).dropLast()
            .split(separator: "|", maxSplits: Self.modes.count + 1, omittingEmptySubsequences: false).map(String.init)
        try #require(fields.count == Self.modes.count + 2)
        let modes = Dictionary(uniqueKeysWithValues: zip(Self.modes, fields))
        return State(
            cells: StyledScreen(try await styledScreen()), cursor: modes["cursor_flag"] == "1" ? fields[Self.modes.count] : nil, modes: modes,
            title: fields[Self.modes.count + 1])
    }

    /// Waits until the console is at rest and the screen has taken all that it has written.
    func rest() async throws {
        let terminal = try await tmux("display-message", "-p", "#{pane_tty}").trimmingCharacters(in: .whitespacesAndNewlines)
        _ = try await ProcessRest.wait(try await consoleProcess(), terminal: terminal, also: { try await styledScreen() })
    }

    /// What the console has drawn bit by bit must be what it draws anew: cells, cursor, modes and title.
    func expectSameDrawnAnew(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let before = try await state()
        try await press("C-l")
        let after = try await state()
        #expect(before == after, sourceLocation: sourceLocation)
    }

    /// Waits until the screen shows a text.
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
        var shown = ""
        let isFulfilled = try await Patience.wait {
            shown = try await screen()
            return isThere(shown)
        } unless: {
            // Nothing more comes once the program has ended.
            FileManager.default.fileExists(atPath: directory + "/after")
        }
        if isFulfilled { return shown }
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
        #expect(await Patience.wait { FileManager.default.fileExists(atPath: directory + "/after") }, sourceLocation: sourceLocation)
        func read(_ name: String) throws -> String { try String(contentsOfFile: directory + "/" + name, encoding: .utf8) }
        #expect(try read("before") == read("after"), "the terminal's attributes", sourceLocation: sourceLocation)
        let state = try await currentState()
        #expect(state.modes == Self.usualModes, "main screen, cursor on, all else as before", sourceLocation: sourceLocation)
        let host = try await tmux("display-message", "-p", "#{host}").trimmingCharacters(in: .newlines)
        #expect(state.title == host, "nobody has changed the title", sourceLocation: sourceLocation)
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
