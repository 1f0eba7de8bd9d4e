import Foundation
import TestSupport
import Testing

@Suite("Life in the terminal", .serialized, .ownThread)
struct TerminalTests {
    @Test("promise 22: signals end the console, and the terminal is as it was", arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT])
    func signals(number: Int32) async throws {
        try await TmuxTerminal.with { terminal in
            try await terminal.expect("▌ appointment-bot-prod")
            kill(try await terminal.consoleProcess(), number)
            try await terminal.expectEnd(status: 128 + number)
        }
    }

    @Test("promise 23: a crash restores the terminal first", arguments: [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE])
    func crashes(number: Int32) async throws {
        try await TmuxTerminal.with { terminal in
            try await terminal.expect("▌ appointment-bot-prod")
            kill(try await terminal.consoleProcess(), number)
            try await terminal.expectEnd(status: 128 + number)
            let screen = try await terminal.screen()
            #expect(screen.contains("crashed because of a bug"))
            #expect(!screen.contains("appointment-bot"), "nothing of the screen stays")
        }
    }

    @Test("promise 26: after Ctrl-Z and after fg the screen is correct, also in a window of another size")
    func stopAndGoOn() async throws {
        var setup = TmuxTerminal.Setup()
        let command = try TmuxTerminal.onMock(setup)
        setup.command = "bash --norc -i"
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.type(command)
            try await terminal.press("Enter")
            try await terminal.expect("▌ appointment-bot-prod")
            try await terminal.press("j")
            for number in 0..<Soak.count(3, soak: 50) {
                try await terminal.press("C-z")
                try await terminal.expect("Stopped")
                try await terminal.resize(columns: 90 + number % 3 * 10, rows: 28 + number % 2)
                try await terminal.type("clear; fg")
                try await terminal.press("Enter")
                try await terminal.expect("▌ prior-auth-primary")
                try await terminal.expect("12 · end")
                try await terminal.expectSameDrawnAnew()
            }
            try await terminal.press("q")
            try await terminal.expectGone("prior-auth-primary")
            try await terminal.type("exit")
            try await terminal.press("Enter")
            try await terminal.expectEnd(status: 0)
        }
    }

    @Test("resizing draws the screen again, down to a window that is too small and back")
    func resizing() async throws {
        try await TmuxTerminal.with { terminal in
            try await terminal.expect("CREATED")
            try await terminal.resize(columns: 60, rows: 15)
            try await terminal.expectGone("CREATED")
            try await terminal.resize(columns: 20, rows: 5)
            try await terminal.expect("needs 60x15")
            try await terminal.resize(columns: 200, rows: 60)
            try await terminal.expect("POLICY")
            try await terminal.expect("▌ appointment-bot-prod")
            try await terminal.expectSameDrawnAnew()
        }
    }

    @Test("the screen after keys equals the same screen drawn as a whole: cells, cursor, modes and title", arguments: [
        "xterm-256color", "screen", "vt100", "linux",
    ])
    func drawnAnew(term: String) async throws {
        var setup = TmuxTerminal.Setup(columns: 80, rows: 24)
        setup.term = term
        setup.console = ["--refresh", "0"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("appointment-bot-prod")
            for keys in [["j", "j"], ["2", "NPage", "k"], ["Enter"], ["G"], ["Escape", "/", "o", "k"], ["Escape", "1", "d", "a"], ["Escape", "m"], ["Escape", "0"]] {
                try await terminal.press(keys[0])
                for key in keys.dropFirst() {
                    try await terminal.rest()
                    try await terminal.press(key)
                }
                try await terminal.expectSameDrawnAnew()
            }
        }
    }

    @Test("promise 27: every usual terminal type shows the agents", arguments: [
        "xterm-256color", "xterm", "screen", "screen-256color", "tmux-256color", "vt100", "linux", "xterm-kitty", "rxvt",
    ])
    func types(term: String) async throws {
        var setup = TmuxTerminal.Setup(columns: 80, rows: 24)
        setup.term = term
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("appointment-bot-prod")
            try await terminal.press("j", "Enter")
            try await terminal.expect("prior-auth-primary")
            try await terminal.press("q")
            try await terminal.expect("EXIT 0")
        }
    }

    @Test("promise 27: unknown and unfit terminals get one sentence and exit status 2", arguments: [
        ("no-such-terminal", "is not known here"), ("dumb", "cannot place text"), ("", "TERM is not set"),
    ])
    func unfit(term: String, sentence: String) async throws {
        var setup = TmuxTerminal.Setup()
        setup.term = term
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect(sentence)
            try await terminal.expectEnd(status: 2)
        }
    }

    @Test("NO_COLOR shows no colours, and everything else")
    func noColor() async throws {
        var setup = TmuxTerminal.Setup()
        setup.environment = ["NO_COLOR=1"]
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("▌ appointment-bot-prod")
            let styled = try await terminal.styledScreen()
            #expect(!styled.contains(#/\u{1B}\[[0-9;]*(3[0-7]|4[0-7]|9[0-7])m/#))
            #expect(styled.contains("\u{1B}[1m"))
        }
    }

    @Test("the terminal's own background is never changed")
    func background() async throws {
        try await TmuxTerminal.with { terminal in
            try await terminal.expect("▌ appointment-bot-prod")
            for key in ["2", "3", "m"] {
                try await terminal.press(key)
                #expect(try await !terminal.styledScreen().contains(#/\u{1B}\[[0-9;]*4[0-8][0-9;]*m/#))
            }
        }
    }

    @Test("promise 1: without UTF-8 only ASCII reaches the terminal", arguments: ["C", "POSIX"])
    func asciiLocale(locale: String) async throws {
        var setup = TmuxTerminal.Setup()
        setup.environment = ["LC_ALL=\(locale)"]
        setup.mock = ["--hostile"]
        try await TmuxTerminal.with(setup) { terminal in
            let screen = try await terminal.expect("ada")
            try await terminal.press("2")
            try await terminal.expect("STARTED")
            let second = try await terminal.screen()
            #expect((screen + second).unicodeScalars.allSatisfy { $0.value < 0x7F })
        }
    }

    @Test("UTF-8 is written where the locale says so by its codeset's name, also one that this machine does not have", arguments: [
        ["LC_ALL=", "LC_CTYPE=UTF-8", "LANG="], ["LC_ALL=", "LC_CTYPE=UTF-8", "LANG=C"], ["LC_ALL=xx_XX.utf8"], ["LC_ALL=", "LC_CTYPE=", "LANG=xx_XX.UTF-8@euro"],
        ["LC_ALL=", "LC_CTYPE=C.UTF-8", "LC_TIME=xx_XX"],
    ])
    func codesetByName(environment: [String]) async throws {
        var setup = TmuxTerminal.Setup()
        setup.environment = environment
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("▌ appointment-bot-prod")
            try await terminal.press("n")
            try await terminal.expect("New agent")
            // Typed as UTF-8, too.
            try await terminal.type("Ночь")
            try await terminal.press("BTab", "Enter")
            let made = try await terminal.expect("✓ Ночь is created.")
            let id = try #require(made.firstMatch(of: /id +(agt_\w+)/)?.1)
            try await terminal.press("Escape", "g", "d")
            try await terminal.confirmDeletion(of: String(id.suffix(8)))
            try await terminal.expect("Ночь is deleted; :deleted shows")
        }
    }

    @Test("promise 2: hostile names show as text, and move nothing")
    func hostileNames() async throws {
        var setup = TmuxTerminal.Setup()
        setup.mock = ["--hostile"]
        try await TmuxTerminal.with(setup) { terminal in
            // The hint line is drawn last.
            let screen = try await terminal.expect("12 · end")
            for shown in ["^[[31mred", "prod^MAgent: evil", "reversed-<202E>dorp", "line^Jbreak^Itab", "zero<200B>width", "<9B>2J^Gbell"] {
                #expect(screen.contains(shown))
            }
            let rows = screen.split(separator: "\n").filter { $0.contains("2026-") || $0.contains("stub") || $0.contains("openai") }
            #expect(rows.count == 12, "one row an agent")
            #expect(try await terminal.tmux("display-message", "-p", "#{pane_title}") != "title\n")
        }
    }
}

@Suite("Without a terminal", .ownThread)
struct CommandLineTests {
    private func console(_ arguments: [String], environment: [String: String] = [:]) async throws -> (status: Int32, output: String) {
        let path = try #require(Program.built("masker-tui"))
        var all = ProcessInfo.processInfo.environment.filter { !["MASKER_URL", "MASKER_SESSION"].contains($0.key) }
        let state = NSTemporaryDirectory() + "masker-state-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: state) }
        all["XDG_STATE_HOME"] = state
        all.merge(environment) { $1 }
        return try await Program.run("/bin/sh", ["-c", "\"$0\" \"$@\" 2>&1", path] + arguments, environment: all)
    }

    @Test("promise 24: no terminal: one sentence, exit 2")
    func noTerminal() async throws {
        let result = try await console(["--url", "http://127.0.0.1:9"])
        #expect(result.status == 2)
        #expect(result.output == "masker-tui: masker-tui needs a terminal for its screen; over ssh, ask for one with `ssh -t`.\n")
    }

    @Test("wrong options: exit status 2 and a sentence", arguments: [
        (["--nonsense"], "nonsense"), (["--url", "http://example.org"], "plain http"), (["--url", "x y"], "is not a URL"),
        (["--refresh", "1"], "--refresh"), (["--refresh", "x"], "--refresh"), (["no-such-command"], "no-such-command"),
        (["--url", "https://u:p@h"], "password"), (["whoami", "--ca-file", "/no/such/file"], "--ca-file"),
        (["whoami", "--log", "/no/such/directory/log"], "--log cannot be written"),
    ])
    func usage(arguments: [String], sentence: String) async throws {
        let result = try await console(arguments)
        #expect(result.status == 2)
        #expect(result.output.contains(sentence))
    }

    @Test("an invalid cookie in the environment is refused without printing it")
    func badCookie() async throws {
        let result = try await console(["whoami"], environment: ["MASKER_SESSION": "s3cret value"])
        #expect(result.status == 2)
        #expect(!result.output.contains("s3cret"))
    }

    @Test("--help and --version end with exit status 0")
    func help() async throws {
        let help = try await console(["--help"])
        #expect(help.status == 0)
        #expect(help.output.contains("--url") && help.output.contains("whoami"))
        let version = try await console(["--version"])
        #expect(version.status == 0)
        #expect(version.output.hasPrefix("masker-tui "))
    }

    @Test("whoami: 0 with login and role, 4 without a sign-in, 7 without a server")
    func whoami() async throws {
        let mock = try #require(Program.built("masker-mock")), path = try #require(Program.built("masker-tui"))
        let state = NSTemporaryDirectory() + "masker-state-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: state) }
        let environment = ProcessInfo.processInfo.environment.merging(["XDG_STATE_HOME": state]) { $1 }
        for (options, role) in [([], "unknown"), (["--me", "role"], "member")] {
            let good = try await Program.run(mock, ["exec", "--as", "grace"] + options + ["--", path, "whoami"], environment: environment)
            #expect(good.status == 0 && good.output == "grace\t\(role)\n")
        }
        let none = try await Program.run(
            "/bin/sh", ["-c", "\"$0\" exec --no-cookie -- \"$1\" whoami 2>&1", mock, path], environment: environment)
        #expect(none.status == 4 && none.output.contains("sign-in needed"))
        let dead = try await console(["whoami", "--url", "http://127.0.0.1:9"], environment: ["MASKER_SESSION": "x"])
        #expect(dead.status == 7 && dead.output.contains("no connection"))
    }
}
