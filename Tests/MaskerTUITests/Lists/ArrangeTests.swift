import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Sorting and choosing columns", .ownThread)
struct ArrangeTests {
    /// The first words of the rows under the column titles.
    private func names(_ console: TestConsole) -> [String] {
        let start = (console.lines.firstIndex { $0.contains("UPSTREAM") } ?? 0) + 1
        return console.lines[start...].prefix { !$0.isEmpty }.map { String($0.dropFirst(2).prefix { $0 != " " }) }
    }

    @Test("s and a number sort; once more reverses the order; 0 is the server's order; the cursor stays on its agent")
    func sort() {
        var console = TestConsole.loaded()
        console.press("j")
        console.press("s")
        console.expectSnapshot("sort-dialog", of: .dialog)
        console.press("1")
        #expect(names(console) == ["appointment-bot-prod", "intake-test", "prior-auth-primary", "refill-line-west"])
        #expect(console.selected?.contains("prior-auth-primary") == true)
        console.expect("NAME ↑")
        console.press("s", "1")
        #expect(names(console).first == "refill-line-west")
        console.expect("NAME ↓")
        #expect(console.selected?.contains("prior-auth-primary") == true)
        console.press("s", "5")
        #expect(names(console) == ["appointment-bot-prod", "refill-line-west", "prior-auth-primary", "intake-test"], "numbers begin with the largest")
        console.press("s", "0")
        #expect(names(console) == Sample.agents.compactMap(\.name))
        console.expectNot("↓")
    }

    @Test("the dialog selects the sorted column, so that Enter reverses the order; Esc changes nothing")
    func sortDialog() {
        var console = TestConsole.loaded()
        console.press("s")
        console.press(.down, .enter)
        console.expect("NAME ↑")
        console.press("s")
        console.press(.enter)
        console.expect("NAME ↓")
        console.press("s")
        console.press(.down, .escape)
        #expect(!console.state.isPageCovered)
        console.expect("NAME ↓")
    }

    @Test("while not all sessions are loaded, the sort note says so; rows of later pages are sorted in")
    func partial() {
        var console = TestConsole.loaded()
        console.press("2")
        console.press("s", "4")
        console.expectSnapshot("sessions-sorted")
        console.expectPosition("60+ loaded")
        console.press("G")
        for effect in console.takeEffects() {
            guard case .sessions(.list(let page)) = effect else { continue }
            var slowest = Sample.session(60)
            slowest.durationMS = 99_000
            console.answer(.sessions(.list(page, .success(Page(data: [slowest])))))
        }
        console.expectNot("of the rows loaded")
        console.press("g")
        #expect(console.selected?.contains("1 m 39 s") == true)
    }

    @Test("columns are hidden, shown and moved; 0 resets them; the last column cannot be hidden")
    func columns() {
        var console = TestConsole.loaded(columns: 120, rows: 30)
        console.press("c")
        console.press(" ", "J")
        console.press("j", "K")
        console.press("K")
        console.expectSnapshot("columns-dialog", of: .dialog)
        console.press(.enter)
        console.expectNot("NAME")
        #expect(console.state.data.lists.layouts.agents.columns == ["tokenization", "upstream", "policy", "24h", "created"])
        console.press("c")
        for _ in 0..<4 { console.press(" ", "j") }
        console.press(" ")
        console.expect("a list needs at least one column")
        console.press("0")
        console.press(.enter)
        #expect(console.state.data.lists.layouts.agents.columns == nil)
        console.expect("NAME")
    }

    @Test("a hidden column still sorts, and the line above the list says so")
    func hiddenSort() {
        var console = TestConsole.loaded()
        console.press("2")
        console.press("s", "7")
        console.expect("by MODEL ↑, loaded rows only")
        console.answerRefresh()
        console.press("c")
        console.press("c")
        console.expect("no room now")
    }

    @Test("the id can be shown, in both lists")
    func ids() {
        var console = TestConsole.loaded(columns: 200, rows: 30)
        for (tab, steps, id) in [("1", 6, Sample.agentID(1).rawValue), ("2", 7, Sample.sessionID(0).rawValue)] as [(Unicode.Scalar, Int, String)] {
            console.press(tab)
            console.expectNot(id)
            console.press("c")
            for _ in 0..<steps { console.press("j") }
            console.press(" ")
            console.press(.enter)
            console.expect(id)
        }
    }

    @Test("both dialogs fit the smallest window")
    func small() {
        var console = TestConsole.loaded(columns: 60, rows: 15)
        console.press("2")
        console.press("s")
        console.expectSnapshot("sort-dialog-60x15", of: .dialog)
        console.press(.escape)
        console.press("c")
        console.expectSnapshot("columns-dialog-60x15", of: .dialog)
    }
}
