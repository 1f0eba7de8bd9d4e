import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Navigation", .ownThread)
struct NavigationTests {
    /// The first word of the selected row.
    private func name(_ console: TestConsole) -> String? { console.selected?.split(separator: " ").first.map(String.init) }

    @Test("keys move the selection")
    func moving() {
        var console = TestConsole.loaded()
        #expect(name(console) == "appointment-bot-prod")
        console.press("j")
        #expect(name(console) == "prior-auth-primary")
        console.press(.down, .down, .down)
        #expect(name(console) == "refill-line-west")
        console.press("g")
        #expect(name(console) == "appointment-bot-prod")
        console.press("G")
        #expect(name(console) == "refill-line-west")
        console.press("k")
        #expect(name(console) == "intake-test")
    }

    @Test("half and whole pages", arguments: [(Key.pageDown, 18), (.control("d"), 9), (.character(" "), 18)])
    func pages(key: Key, rows: Int) {
        var console = TestConsole.loaded(agents: Sample.manyAgents(90))
        console.press(key)
        #expect(name(console) == "agent-\(rows + 1)")
    }

    @Test("Enter opens; Esc, Backspace and Left go back to the same row", arguments: [Key.escape, .backspace, .left])
    func backToTheSameRow(key: Key) {
        var console = TestConsole.loaded()
        console.press("j", .enter)
        console.expect("Agents › prior-auth-primary")
        #expect(console.takeEffects() == [.agents(.detail(Sample.agentID(2))), .agents(.latestSessions(Sample.agentID(2)))])
        console.press(key)
        #expect(name(console) == "prior-auth-primary")
        #expect(console.takeEffects() == [.cancel(.agents(.detail(Sample.agentID(2)))), .cancel(.agents(.latestSessions(Sample.agentID(2))))])
    }

    @Test("Tab goes through the views, each keeps its place; the digit of the current view goes back to its list")
    func tabs() {
        var console = TestConsole.loaded()
        console.press("j", .enter, .tab)
        console.expect("STARTED")
        console.press(.tab)
        console.expect("Login session")
        console.press(.tab)
        console.expect("Reading the last 24 h")
        console.press(.tab)
        console.expect("Agents › prior-auth-primary")
        console.press("1")
        #expect(name(console) == "prior-auth-primary")
        console.press(.backTab, .backTab)
        console.expect("Login session")
    }

    @Test("after a refresh with new, missing and reordered rows the same record is selected")
    func refreshKeepsTheRow() {
        var console = TestConsole.loaded()
        console.press("j", "j")
        console.press("r")
        console.answerRefresh(agents: [Sample.agent(9, "brand-new"), Sample.agents[2], Sample.agents[0]])
        #expect(name(console) == "intake-test")
    }

    @Test("moving near the end of the list loads the next page, once")
    func paging() {
        var console = TestConsole.loaded()
        console.press("2")
        console.takeEffects()
        console.press("G")
        #expect(console.takeEffects() == [.sessions(.list(PageRequest(filter: .initial, cursor: "c2", generation: 1)))])
        console.press("k", "j")
        #expect(console.takeEffects() == [])
        console.expect("60+ loaded")
        console.answer(.sessions(.list(
            PageRequest(filter: .initial, cursor: "c2", generation: 1), .success(Page(data: (60..<80).map { Sample.session($0) })))))
        console.expect("80 · end")
    }

    @Test("quit keys quit on a page and on the sign-in screen", arguments: [Key.character("q"), .control("c")])
    func quitting(key: Key) {
        var console = TestConsole.loaded()
        console.press(key)
        #expect(console.takeEffects() == [.terminal(.quit)])
        var signIn = TestConsole(login: LoginStatus())
        signIn.press(.control("c"))
        #expect(signIn.takeEffects() == [.terminal(.quit)])
    }

    @Test("the keys for repaint, stop and quit also work over a dialog")
    func alwaysKeys() {
        var console = TestConsole.loaded()
        console.press("d")
        console.takeEffects()
        console.press(.control("l"), .control("z"), .control("c"))
        #expect(console.takeEffects() == [.terminal(.repaint), .terminal(.suspend), .terminal(.quit)])
    }

    @Test("the help lists every key of the hint line in the same words")
    func helpAndHints() {
        var console = TestConsole.loaded(columns: 120, rows: 50)
        let context = console.state.context
        let bindings = console.state.page.keyHelp(context) + GlobalKeys.page.map(\.keyHelp) + GlobalKeys.always(Sample.settings).map(\.keyHelp)
        console.press("?")
        for binding in bindings { console.expect(binding.help) }
    }

    @Test("the help scrolls to its end in the smallest window, and uses the space of a larger one")
    func helpScrolls() {
        var console = TestConsole.loaded(columns: 60, rows: 15)
        console.press("?", "G")
        #expect(console.lines.last?.hasSuffix("end") == true)
        console.expect("Put back what was cut in this field")
        console.act(.resized(Size(columns: 120, rows: 70)))
        console.expect("Open the agent")
        console.expect("Quit at once")
        console.expect("Put back what was cut in this field")
    }

    @Test("no key is bound twice on a screen")
    func noDoubleBindings() {
        var console = TestConsole.loaded()
        for opening in [[], [Key.enter], [.character("2")], [.character("2"), .enter], [.character("3")], [.character("0")]] {
            console.press("1")
            for key in opening { console.press(key) }
            let keys = (console.state.page.keyHelp(console.state.context) + GlobalKeys.page.map(\.keyHelp)
                + GlobalKeys.always(Sample.settings).map(\.keyHelp)).flatMap(\.keys)
            #expect(Set(keys).count == keys.count, "on \(console.state.page.title)")
        }
    }

    @Test("a paste outside of a text field does nothing, and one line says so")
    func paste() {
        var console = TestConsole.loaded()
        let before = console.screen
        console.paste("dq\n\u{1B}jjjq")
        console.expect("the pasted text was dropped")
        #expect(console.takeEffects() == [])
        // The next key removes the line.
        console.press(.control("l"))
        #expect(console.screen == before)
    }

    @Test("payloads are hidden, shown by p, and removed when the view closes")
    func payloads() {
        var console = TestConsole.loaded(columns: 100, rows: 40)
        console.press("2", .enter)
        let detail = Sample.sessionDetail(payloads: Payloads(request: "my secret words", masked: "x", response: nil))
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(detail))))
        console.press(.end)
        console.expectNot("my secret words")
        console.expect("hidden")
        console.press("p")
        console.expect("my secret words")
        console.press(.escape, .enter)
        console.press(.end)
        console.expectNot("my secret words")
        #expect(!"\(console.state)".contains("my secret words"), "nothing of them stays in memory")
    }

    @Test("the screen says when payloads are not logged, and p says why it does nothing")
    func noPayloads() {
        var console = TestConsole.loaded()
        console.press("2", .enter)
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail()))))
        console.press(.end)
        console.expect("not logged")
        console.press("p")
        console.expect("this agent's policy does not log payloads")
    }
}

extension TestConsole {
    mutating func press(_ first: Unicode.Scalar, _ rest: Key...) {
        press(.character(first))
        for key in rest { press(key) }
    }

    mutating func press(_ first: Unicode.Scalar, _ second: Unicode.Scalar, _ rest: Unicode.Scalar...) {
        for scalar in [first, second] + rest { press(.character(scalar)) }
    }
}
