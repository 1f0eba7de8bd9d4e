import Foundation
import TestSupport
import Testing

@Suite("Copying and the mouse in a real terminal", .serialized, .ownThread)
struct CopyAndMouseTests {
    @Test("in tmux the id is in tmux's buffer and can be pasted")
    func tmux() async throws {
        try await TmuxTerminal.with { terminal in
            try await terminal.expect("▌ appointment-bot-prod")
            try await terminal.press("y")
            try await terminal.expect("id copied by tmux: agt_")
            let id = try await terminal.tmux("show-buffer")
            #expect(id.hasPrefix("agt_"))
            try await terminal.press("Y")
            try await terminal.expect("proxy URL copied by tmux: http")
            #expect(try await terminal.tmux("show-buffer").contains(id))
            // Pastes the copied text after `:agent`.
            try await terminal.press("j", "2")
            try await terminal.expect("STARTED")
            try await terminal.press("y")
            try await terminal.expect("id copied by tmux: sess_")
            let session = try await terminal.tmux("show-buffer")
            try await terminal.press(":")
            try await terminal.type("session ")
            try await terminal.tmux("paste-buffer", "-p")
            try await terminal.press("Enter")
            try await terminal.expect("Sessions › \(session)")
        }
    }

    @Test("outside tmux the terminal is sent the id, and no other text to copy")
    func terminal() async throws {
        try await RawTerminal.with { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            raw.terminal.send("y")
            try await raw.terminal.expect("sent to the terminal")
            let copied = try #require(raw.terminal.text.firstMatch(of: /\u{1B}\]52;c;([A-Za-z0-9+\/=]+)\u{07}/)).output.1
            let id = String(decoding: try #require(Data(base64Encoded: String(copied))), as: UTF8.self)
            #expect(id.hasPrefix("agt_") && raw.terminal.text.contains(id))
            #expect(TerminalOutput.foreign(in: raw.terminal.output) == ["OSC 52;c;\(copied)"])
        }
    }

    @Test("--mouse: wheel, rows and tabs; the mouse is off again after q, a signal and a crash", arguments: ["q", "TERM", "SEGV"])
    func mouse(how: String) async throws {
        var setup = RawTerminal.Setup()
        setup.arguments = ["--mouse"]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            #expect(raw.terminal.text.contains("\u{1B}[?1000h\u{1B}[?1006h"))
            // The third row below the titles is pressed, released, and pressed again.
            let click = "\u{1B}[<0;10;7M\u{1B}[<0;10;7m"
            raw.terminal.send(click)
            raw.terminal.send(click)
            try await raw.terminal.expect("proxy URL")
            raw.terminal.forgetOutput()
            raw.terminal.send("\u{1B}")
            try await raw.terminal.expect("TOKENIZATION")
            raw.terminal.forgetOutput()
            raw.terminal.send("\u{1B}[<65;10;7M\r")
            try await raw.terminal.expect("proxy URL")
            // Three rows further, so other agents than before.
            #expect(await raw.terminal.eventually { _ in Set(raw.mock.requests.map(\.path).filter(isAgent)).count == 2 })
            raw.terminal.send("\u{1B}[<0;32;2M\u{1B}[<0;32;2m")
            try await raw.terminal.expect("STARTED")
            raw.terminal.forgetOutput()
            if how == "q" { raw.terminal.send("q") } else { kill(raw.terminal.process, how == "TERM" ? SIGTERM : SIGSEGV) }
            try await raw.terminal.expectEnd()
            #expect(raw.terminal.text.contains("\u{1B}[?1006l\u{1B}[?1000l"))
        }
    }

    private func isAgent(_ path: String) -> Bool { path.hasPrefix("/api/v1/agents/agt_") && !path.hasSuffix("/sessions") }

    @Test("without --mouse the terminal handles the mouse itself")
    func noMouse() async throws {
        try await RawTerminal.with { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            raw.terminal.send("q")
            try await raw.terminal.expectEnd()
            let isOn = raw.terminal.text.contains(/\u{1B}\[\?[0-9;]*1000[0-9;]*h/)
            #expect(!isOn)
        }
    }

    @Test("when another program has left the mouse on, mouse reports press no keys", arguments: [
        "\u{1B}[<0;20;9M\u{1B}[<0;20;9m", "\u{1B}[<64;3;3M", "\u{1B}[Mqdd",
    ])
    func strayReports(report: String) async throws {
        try await RawTerminal.with { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            // The help that follows names the screen below it.
            raw.terminal.send(report + "?")
            try await raw.terminal.expect("Keys: Agents")
            // The first closes the help.
            raw.terminal.send("qq")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }
}
