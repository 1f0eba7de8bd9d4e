import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("The mouse", .ownThread)
struct MouseTests {
    private func click(_ console: inout TestConsole, on text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let row = try #require(console.lines.lastIndex { $0.contains(text) }, sourceLocation: sourceLocation)
        let before = try #require(console.lines[row].range(of: text), sourceLocation: sourceLocation).lowerBound
        let column = console.lines[row].distance(from: console.lines[row].startIndex, to: before)
        console.act(.terminal(.mouse(.press(row: row, column: column))))
    }

    /// The first word of the selected row.
    private func name(_ console: TestConsole) -> String? { console.selected?.split(separator: " ").first.map(String.init) }

    @Test("a click selects a row; a click on the selected row opens it")
    func rows() throws {
        var console = TestConsole.loaded()
        try click(&console, on: "intake-test")
        #expect(name(console) == "intake-test" && console.takeEffects().isEmpty)
        try click(&console, on: "intake-test")
        console.expect("Agents › intake-test")
        try click(&console, on: "tokenization")
        console.expect("Agents › intake-test")
    }

    @Test("in a scrolled list, a click selects the visible row")
    func scrolled() throws {
        var console = TestConsole.loaded(agents: Sample.manyAgents(90))
        console.press("G", "k")
        let last = console.lines.count - 3
        console.act(.terminal(.mouse(.press(row: last, column: 10))))
        #expect(name(console) == "agent-90" && console.lines[last].hasPrefix("▌"))
    }

    @Test("a click on a tab shows it, also while the search field has the focus, and types nothing")
    func tabs() throws {
        var console = TestConsole.loaded()
        try click(&console, on: "Sessions")
        console.expect("STARTED")
        console.press("/")
        try click(&console, on: "Agents")
        #expect(name(console) == "appointment-bot-prod")
        try click(&console, on: "Sessions")
        #expect(console.state.page.isTyping)
        console.expectNot("No loaded session matches")
    }

    @Test("the wheel goes three rows a notch, and one in a dialog")
    func wheel() {
        var console = TestConsole.loaded(agents: Sample.manyAgents(90))
        console.act(.terminal(.mouse(.wheel(1))))
        #expect(name(console) == "agent-4")
        console.act(.terminal(.mouse(.wheel(-1))))
        #expect(name(console) == "agent-1")
        console.press("m")
        console.act(.terminal(.mouse(.wheel(1))))
        #expect(console.selected == "a  Account")
    }

    @Test("what lies below a dialog cannot be clicked")
    func belowDialogs() throws {
        var console = TestConsole.loaded(columns: 120, rows: 40)
        console.press("d")
        let row = try #require(console.lines.firstIndex { $0.contains("refill-line-west") })
        console.act(.terminal(.mouse(.press(row: row, column: 4))))
        console.expect("Delete this agent?")
        console.press(.escape)
        #expect(name(console) == "appointment-bot-prod")
    }

    @Test("a click chooses in the menu and in sorting; in columns and profiles a click on the selected row does")
    func dialogs() throws {
        var console = TestConsole.loaded()
        console.press("m")
        try click(&console, on: "Log out")
        #expect(console.state.front is LogOutDialog)
        console.press(.escape, .character("s"))
        try click(&console, on: "CREATED")
        #expect(console.screen.contains("CREATED ↓") || console.screen.contains("CREATED (UTC) ↓"))
        console.press("c")
        try click(&console, on: "[✓] UPSTREAM")
        console.expect("[✓] UPSTREAM")
        try click(&console, on: "[✓] UPSTREAM")
        console.expect("[ ] UPSTREAM")
    }

    @Test("while the console is locked, or the window too small, it does nothing")
    func closed() {
        var console = TestConsole.loaded()
        console.act(.idled)
        console.takeEffects()
        console.act(.terminal(.mouse(.wheel(1))))
        console.act(.terminal(.mouse(.press(row: 4, column: 4))))
        #expect(console.takeEffects().isEmpty && console.state.isLocked)
    }

    @Test("clicks anywhere, on any screen, confirm nothing", arguments: ["d", "n", "x", "w", "m", "s", "c", ":", "?"] as [Unicode.Scalar])
    func clicksEverywhere(key: Unicode.Scalar) {
        var console = TestConsole.loaded()
        console.press(key)
        console.takeEffects()
        for row in 0..<24 {
            for column in stride(from: 0, to: 80, by: 3) { console.act(.terminal(.mouse(.press(row: row, column: column)))) }
        }
        let changing = console.takeEffects().filter {
            switch $0 {
            case .agents(.delete), .agents(.create), .agents(.checkProxy), .agents(.checkWebhook), .account(.logOut): true
            default: false
            }
        }
        #expect(changing.isEmpty)
    }
}
