import Foundation
import TestSupport
import Testing

/// The real console in a real terminal, a tmux server of its own, with keys sent as a person types them.
struct TmuxTerminal {
    let directory: String
    private let trace: TerminalTrace

    /// What to start: the console on the mock, with options for both.
    struct Setup {
        var columns = 100, rows = 30
        var term = "tmux-256color"
        var mock: [String] = []
        var console: [String] = []
        /// Variables before the command, such as `NO_COLOR=1`; `-u NAME` removes a variable.
        var environment: [String] = []
        /// A command to run instead of the console on the mock.
        var command: String?
    }

    /// Starts a terminal, runs `body`, and ends everything.
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
        // Prints the terminal's attributes before and after, and the exit status: “as it was” compares these.
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

    /// Records what tmux copies from the output in the trace, until tmux ends.
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

    // MARK: Keys

    /// Presses keys by tmux's names: `Enter`, `Escape`, `C-c`, `j`. Waits after Esc, because Esc and a byte right behind it are one key: Alt.
    func press(_ keys: String...) async throws {
        for (index, key) in keys.enumerated() {
            if index > 0, keys[index - 1] == "Escape" { try await rest() }
            trace.input(Self.bytes(of: key))
            try await tmux("send-keys", "--", key)
        }
    }

    /// The bytes that a terminal sends for a key, for the trace.
    private static func bytes(of key: String) -> String {
        let known = [
            "Enter": "\r", "Escape": "\u{1B}", "Tab": "\t", "BSpace": "\u{7F}", "Space": " ", "Up": "\u{1B}[A", "Down": "\u{1B}[B",
            "Right": "\u{1B}[C", "Left": "\u{1B}[D", "Home": "\u{1B}[1~", "End": "\u{1B}[4~", "PPage": "\u{1B}[5~", "NPage": "\u{1B}[6~",
        ]
        if let bytes = known[key] { return bytes }
        guard key.hasPrefix("C-"), let letter = key.unicodeScalars.last else { return key }
        return Unicode.Scalar(letter.value & 0x1F).map { String($0) } ?? key
    }

    /// Types text one key after the other, as a person does.
    func type(_ text: String) async throws {
        trace.input(text)
        for character in text {
            // tmux takes a single semicolon for the end of its command.
            try await tmux("send-keys", "-l", "--", character == ";" ? "\\;" : String(character))
            try await Task.sleep(for: .milliseconds(15))
        }
    }

    /// Pastes text as a terminal does, between the marks of a bracketed paste.
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

    // MARK: The screen

    /// The text on the screen.
    func screen() async throws -> String { try await tmux("capture-pane", "-p") }

    /// The text with colours and attributes as escape sequences.
    func styledScreen() async throws -> String { try await tmux("capture-pane", "-p", "-e") }

    /// Everything visible in a terminal, and the modes for its next output and input.
    struct State: Equatable, CustomStringConvertible {
        /// The text with colours and attributes.
        let cells: StyledScreen
        /// The column and row of the cursor, from 0; nil when it is hidden.
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
    /// The modes of a new terminal.
    private static let usualModes = Dictionary(uniqueKeysWithValues: modes.map { ($0, ["cursor_flag", "wrap_flag"].contains($0) ? "1" : "0") })

    /// The state of the terminal, once the console is at rest.
    func state() async throws -> State {
        try await rest()
        return try await currentState()
    }

    private func currentState() async throws -> State {
        // tmux prints no control characters outside UTF-8 locales. The title is last, because it may contain any character.
        let format = (Self.modes.map { "#{\($0)}" } + ["#{cursor_x},#{cursor_y}", "#{pane_title}"]).joined(separator: "|")
        let fields = try await tmux("display-message", "-p", format).dropLast()
            .split(separator: "|", maxSplits: Self.modes.count + 1, omittingEmptySubsequences: false).map(String.init)
        try #require(fields.count == Self.modes.count + 2)
        let modes = Dictionary(uniqueKeysWithValues: zip(Self.modes, fields))
        return State(
            cells: StyledScreen(try await styledScreen()), cursor: modes["cursor_flag"] == "1" ? fields[Self.modes.count] : nil, modes: modes,
            title: fields[Self.modes.count + 1])
    }

    /// Waits until the console is at rest and the screen shows all its output.
    func rest() async throws {
        let terminal = try await tmux("display-message", "-p", "#{pane_tty}").trimmingCharacters(in: .whitespacesAndNewlines)
        _ = try await ProcessRest.wait(try await consoleProcess(), terminal: terminal, also: { try await styledScreen() })
    }

    /// What was drawn in parts must equal what is drawn as a whole: cells, cursor, modes and title.
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
            // After the program has ended, the screen does not change any more.
            FileManager.default.fileExists(atPath: directory + "/after")
        }
        if isFulfilled { return shown }
        Issue.record("“\(text)” \(wanted ? "did not come" : "did not go"):\n\(shown)", sourceLocation: sourceLocation)
        throw Timeout()
    }

    struct Timeout: Error {}

    /// Types a name into the delete dialog, and confirms with pauses as a person does.
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

    /// Waits for the end of the program, and checks that the terminal is as it was.
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

    /// The id of the console's process.
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
