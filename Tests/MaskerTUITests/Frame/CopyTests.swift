import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Copying", .ownThread)
struct CopyTests {
    private func loaded(_ clipboard: Clipboard?) -> TestConsole {
        var settings = Sample.settings
        settings.clipboard = clipboard
        var console = TestConsole(settings: settings)
        console.answerRefresh()
        console.takeEffects()
        return console
    }

    private func text(_ name: String, _ text: String) throws -> CopiedText { try #require(CopiedText(name, text)) }

    @Test("y, Y and W copy the id and the URLs of an agent, in the list and in its detail")
    func agent() throws {
        let agent = Sample.agents[0]
        var console = loaded(.terminal)
        for isDetail in [false, true] {
            if isDetail { console.press(.enter) }
            console.takeEffects()
            console.press("y")
            console.expect("id sent to the terminal's clipboard: \(agent.id.rawValue)")
            console.press("Y")
            console.press("W")
            #expect(console.takeEffects() == [
                .terminal(.copy(try text("id", agent.id.rawValue))), .terminal(.copy(try text("proxy URL", try #require(agent.proxyURL)))),
                .terminal(.copy(try text("webhook URL", try #require(agent.webhookURL)))),
            ])
        }
    }

    @Test("y and Y copy the id and the API URL of a session, which its detail shows")
    func session() throws {
        let id = Sample.sessions[0].id
        let url = "https://masker.example.org/api/v1/sessions/\(id.rawValue)"
        var console = loaded(.terminal)
        console.press("2")
        for isDetail in [false, true] {
            if isDetail {
                console.press(.enter)
                console.answer(.sessions(.detail(id, .success(Sample.sessionDetail()))))
                console.act(.resized(Size(columns: 120, rows: 40)))
                console.expect(url)
            }
            console.takeEffects()
            console.press(.character("y"), .character("Y"))
            #expect(console.takeEffects() == [.terminal(.copy(try text("id", id.rawValue))), .terminal(.copy(try text("API URL", url)))])
        }
    }

    @Test("tmux reports whether it copied the text, and the console says so")
    func tmux() throws {
        var console = loaded(.tmux(["TMUX": "/tmp/tmux-0/default,1,0"]))
        console.press("y")
        let id = try text("id", Sample.agents[0].id.rawValue)
        #expect(console.takeEffects() == [.terminal(.copy(id))])
        console.expectNot("copied")
        console.answer(.copied(id, true))
        console.expect("id copied by tmux: \(id.text)")
        console.answer(.copied(id, false))
        console.expect("tmux did not copy the id: \(id.text)")
    }

    @Test("without a clipboard the console says why; the value is still on the screen")
    func noWay() {
        var console = loaded(nil)
        console.press("y")
        #expect(console.takeEffects().isEmpty)
        console.expect("offers no clipboard to programs")
    }

    @Test("a text that a shell could take for more than one word is not copied", arguments: [
        "", "agt_1\nrm -rf", "agt 1", "agt\u{1B}[1m", "agté", "agt_1\u{7F}", String(repeating: "a", count: 2_001),
    ])
    func refusedTexts(text: String) {
        #expect(CopiedText("id", text) == nil)
    }

    @Test("a hostile id is not copied, and the console says so")
    func hostile() {
        var console = TestConsole.loaded(agents: [Agent(id: Identifier("agt_1\n; id"), name: "evil")])
        console.press("y")
        #expect(console.takeEffects().isEmpty)
        console.expect("characters that are not visible ASCII")
    }

    @Test("where the console runs decides how it copies")
    func ways() throws {
        #expect(Clipboard(environment: [:], isModern: true) == .terminal)
        #expect(Clipboard(environment: [:], isModern: false) == nil)
        #expect(Clipboard(environment: ["STY": "1.x"], isModern: true) == .screen)
        #expect(Clipboard(environment: ["TMUX": "s,1,0", "PATH": "/bin", "SECRET": "x", "LD_PRELOAD": "y"], isModern: true) == .tmux(["TMUX": "s,1,0", "PATH": "/bin"]))
        let id = try text("id", "agt_1")
        #expect(Clipboard.terminal.sequence(id) == "\u{1B}]52;c;YWd0XzE=\u{07}")
        #expect(Clipboard.screen.sequence(id) == "\u{1B}P\u{1B}]52;c;YWd0XzE=\u{07}\u{1B}\\")
        #expect(Clipboard.tmux([:]).sequence(id) == nil)
    }

    @Test("payloads cannot be copied")
    func payloads() {
        var console = loaded(.terminal)
        console.press(.character("2"), .enter)
        let copies = console.state.front.keyHelp(console.state.context).filter { $0.help.hasPrefix("Copy") }
        #expect(copies.map(\.help) == ["Copy the id", "Copy the API URL"])
    }
}
