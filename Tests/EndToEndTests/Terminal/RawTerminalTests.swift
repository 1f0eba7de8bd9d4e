import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("The bytes that reach the terminal", .ownThread)
struct RawTerminalTests {
    private func hostile() -> RawTerminal.Setup {
        var setup = RawTerminal.Setup()
        setup.mock.isHostile = true
        setup.mock.payloadShare = 1
        return setup
    }

    @Test("promise 1: with hostile data on every screen, only text and the console's own sequences are written", arguments: [
        ("C.UTF-8", "xterm-256color"), ("C.UTF-8", "vt100"), ("C", "xterm-256color"), ("POSIX", "vt100"),
    ])
    func whitelist(locale: String, term: String) async throws {
        var setup = hostile()
        setup.environment = ["LC_ALL": locale, "TERM": term]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("long-name")
            for keys in ["jjj", "\r", "G", "\u{1B}", "d", "\u{1B}", "2", "j\r", "p", "G", "\u{1B}", "3", "m", "\u{1B}", "?", "\u{1B}", "\u{0C}", "1"] {
                raw.terminal.send(keys)
                await raw.rest()
            }
            // An error with text from the server, too.
            raw.mock.setFaults([MockFault(path: "/api/v1/agents", status: 400, code: "x\u{1B}]0;t\u{7}")])
            raw.terminal.send("r")
            await raw.rest()
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
            let foreign = TerminalOutput.foreign(in: raw.terminal.output, isUTF8: locale == "C.UTF-8")
            #expect(foreign.isEmpty, "\(Set(foreign))")
        }
    }

    @Test("promise 4: commands without a screen print hostile data and errors as text, too")
    func offScreen() async throws {
        let console = try #require(Program.built("masker-tui"))
        for text in ["\u{1B}]0;t\u{7}", "a\rb", "\u{9B}2J", "\u{202E}x", "\u{200B}"] {
            let encoded = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
            let error = "{\"error\":{\"code\":\(encoded),\"message\":\(encoded),\"request_id\":\(encoded)}}"
            let user = "{\"user\":{\"id\":\(encoded),\"login\":\(encoded),\"role\":\(encoded)}}"
            for (answer, command) in [
                (ScriptedServer.answer(error, status: "400 Bad"), "agents"), (ScriptedServer.answer(user), "whoami"),
                (ScriptedServer.answer(error, status: "403 No", headers: ["X-Request-Id: \(text.filter { $0 != "\r" })"]), "whoami"),
                (ScriptedServer.answer("", status: "302 Found", headers: ["Location: http://x/\(text.filter { $0 != "\r" })"]), "whoami"),
            ] {
                let server = try ScriptedServer([.send(answer)])
                let result = try await Program.run(
                    "/bin/sh", ["-c", "$T \(command) 2>&1"],
                    environment: ["T": console, "MASKER_URL": server.origin, "MASKER_SESSION": "x", "XDG_STATE_HOME": "/proc/none"])
                let foreign = TerminalOutput.foreign(in: Array(result.output.utf8).filter { $0 != 9 })
                #expect(!result.output.isEmpty && foreign.isEmpty, "\(command): \(result.output.debugDescription)")
            }
        }
    }

    @Test("promise 17: random keys and bytes of all kinds delete nothing, and the console keeps running", arguments: [[], ["--mouse"]])
    func randomBytes(options: [String]) async throws {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        // Enter and d are half of the keys. Left out are q, the control characters that end or stop the console, and Esc behind m:
        // with the next key it would be Alt, and the menu, where Enter may quit, would stay open.
        let pieces = [
            "d", "\r", "\r\r\r", "\u{1B}", "\u{1B}[A", "\u{1B}[B", "\u{1B}[", "\u{1B}O", "A", "\u{1B}[200~appointment-bot-prod\r\u{1B}[201~\r",
            "\u{1B}[M !!", "\u{1B}[<0;1;1M", "\u{1B}[<0;20;9M\u{1B}[<0;20;9m", "\u{1B}[<64;3;3M", "\u{1B}[<65;3;3M", "\u{1B}[<0;30;15M", "\t", "\u{1B}[Z", " ", "y", "Y", "1", "2", "3", "?", "\u{1B}[99~mm", "j", "k", "G", "g", "\u{7F}", "\u{15}", "é", "日",
            "\u{1B}[6~", "\u{1B}[5~", "\u{1B}[99;99R", "\u{1B}]11;rgb:0/0/0\u{7}",
        ]
        var setup = RawTerminal.Setup()
        setup.arguments = options
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            for count in 0..<Soak.count(400, soak: 10_000) {
                try await raw.terminal.sendPatiently(pieces.randomElement(using: &random) ?? "\r")
                if raw.terminal.status != nil { break }
                if count % 7 == 0 { try await Task.sleep(for: .milliseconds(5)) }
                if count % 50 == 0 { raw.terminal.resize(columns: Int.random(in: 60...150, using: &random), rows: Int.random(in: 15...50, using: &random)) }
            }
            #expect(raw.terminal.status == nil, "MASKER_SEED=\(seed)")
            #expect(!raw.mock.requests.contains { $0.method == "DELETE" }, "MASKER_SEED=\(seed)")
        }
    }

    /// Whether a complete frame shows the user and the number of sessions.
    private func showsEveryAnswer(_ text: String) -> Bool {
        let endOfFrame = "\u{1B}[?2026l"
        return text.components(separatedBy: endOfFrame).dropLast().contains { $0.contains("Sessions 100+") && $0.contains("ada") }
    }

    @Test("promise 29: scrolling by a line writes little, and at rest nothing is written")
    func slowLink() async throws {
        var setup = RawTerminal.Setup()
        setup.columns = 120
        setup.rows = 40
        setup.arguments = ["--refresh", "0"]
        setup.mock.agents = 90
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("90 · end")
            // Once a complete frame has shown every answer, all further output is for a key.
            let isSettled = await Patience.wait {
                await raw.rest()
                raw.terminal.forgetOutput()
                raw.terminal.send("\u{0C}")
                await raw.rest()
                return showsEveryAnswer(raw.terminal.text)
            } unless: {
                raw.terminal.status != nil
            }
            #expect(isSettled)
            var down: [Int] = [], scroll: [Int] = []
            for row in 1...55 {
                raw.terminal.forgetOutput()
                raw.terminal.send("j")
                // The output for a key may come in two pieces, the second one after the next key. So all keys are counted together.
                #expect(await raw.terminal.eventually { !$0.output.isEmpty })
                // There are 34 lines; below the last one the list scrolls.
                if row < 30 { down.append(raw.terminal.output.count) } else if row > 40 { scroll.append(raw.terminal.output.count) }
            }
            #expect(down.reduce(0, +) <= 80 * down.count, "bytes for the cursor: \(down)")
            #expect(scroll.reduce(0, +) <= 300 * scroll.count, "bytes for a line: \(scroll)")
            // The second piece of the last key must not be counted with the refresh.
            await raw.rest()
            // Nothing has changed on the server.
            let asked = raw.mock.requests.count
            raw.terminal.forgetOutput()
            raw.terminal.send("r")
            #expect(await raw.terminal.eventually { _ in raw.mock.requests.count >= asked + 3 })
            await raw.rest()
            // The header shows the sign of the refresh, and the time again; its minutes may change once.
            try await Task.sleep(for: .seconds(2))
            #expect(raw.terminal.output.count <= 160, "bytes of a refresh and of rest: \(raw.terminal.output.count)")
        }
    }

    @Test("promise 29: a key whose bytes arrive in pieces is still that key", arguments: ["[B", "OB"])
    func splitKeys(key: String) async throws {
        // A busy machine may send the pieces too far apart. Such a try proves nothing and is repeated.
        for _ in 0..<100 where try await areStillKeys(key) { return }
        Issue.record("this machine is too busy to send a key in pieces 150 ms apart")
    }

    /// Sends a key in pieces to a console that would close a screen if it took the first byte for Esc. Returns false when the
    /// pieces arrived further apart than allowed.
    private func areStillKeys(_ key: String) async throws -> Bool {
        var setup = RawTerminal.Setup()
        setup.environment = ["ESCDELAY": "1000"]
        var isValid = false
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            raw.terminal.send("2")
            try await raw.terminal.expect("STARTED")
            raw.terminal.send("\r")
            try await raw.terminal.expect("merkle root")
            let widest = await raw.terminal.send(("\u{1B}" + key).map(String.init), apart: .milliseconds(150))
            isValid = widest < .milliseconds(500)
            // Longer than the console waits after a single Esc.
            try await Task.sleep(for: .milliseconds(1_500))
            raw.terminal.forgetOutput()
            raw.terminal.send("\u{0C}")
            if isValid { try await raw.terminal.expect("Redactions by kind") }
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
        return isValid
    }

    @Test("promise 27: windows of any size", arguments: [(0, 0), (1, 1), (2, 2), (59, 14), (500, 500), (65_535, 65_535)])
    func sizes(columns: Int, rows: Int) async throws {
        func peak(_ columns: Int, _ rows: Int) async throws -> Int {
            var setup = RawTerminal.Setup()
            setup.columns = columns
            setup.rows = rows
            var peak = 0
            try await RawTerminal.with(setup) { raw in
                #expect(await raw.terminal.eventually { _ in raw.mock.requests.count >= 3 })
                raw.terminal.send("2")
                if columns >= 60 || columns == 0 { try await raw.terminal.expect("STARTED") }
                #expect(raw.terminal.status == nil)
                peak = try RawTerminal.memory(of: raw.terminal.process, "VmHWM")
                raw.terminal.send("q")
                #expect(try await raw.terminal.expectEnd() == 0)
            }
            return peak
        }
        let usual = try await peak(80, 24), here = try await peak(columns, rows)
        #expect(here - usual < 64 << 10, "KiB more than at 80x24")
    }

    @Test("promise 36: nothing remains on the screen, with the alternate screen and without", arguments: [
        ("tmux-256color", "q"), ("vt100", "q"), ("vt100", "TERM"), ("vt100", "HUP"), ("vt100", "SEGV"), ("tmux-256color", "SEGV"),
    ])
    func nothingLeft(term: String, how: String) async throws {
        var setup = TmuxTerminal.Setup(columns: 80, rows: 24)
        setup.term = term
        try await TmuxTerminal.with(setup) { terminal in
            try await terminal.expect("appointment-bot-prod")
            if how == "q" {
                try await terminal.press("q")
            } else {
                _ = try await Program.run("kill", ["-s", how, "\(try await terminal.consoleProcess())"])
            }
            let screen = try await terminal.expect("EXIT")
            #expect(!screen.contains("prior-auth") && !screen.contains("Agents 12"), "\(screen)")
        }
    }
}
