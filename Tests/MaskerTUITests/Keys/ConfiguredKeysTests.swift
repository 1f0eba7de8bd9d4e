import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Keys changed by the configuration", .ownThread)
struct ConfiguredKeysTests {
    /// - Parameter keys: The lines below `keys:`.
    private static func console(_ keys: String, columns: Int = 120, rows: Int = 40, loads: Bool = true, _ change: (inout ConsoleSettings) -> Void = { _ in }) -> TestConsole {
        var reader = ConfigurationReader(path: "c.yaml", home: "/home/ada")
        reader.read("keys:\n" + keys.split(separator: "\n").map { "  \($0)\n" }.joined())
        #expect(reader.problems.map(\.sentence) == [])
        var settings = Sample.settings
        settings.keys = KeyMap(reader.file.keys)
        change(&settings)
        var console = TestConsole(columns: columns, rows: rows, settings: settings)
        if loads { console.answerRefresh() }
        console.takeEffects()
        return console
    }

    private func hints(_ console: TestConsole) -> String { console.lines.last ?? "" }

    @Test("in a list the new key works and the old one does not; hint line and help show the new one")
    func list() {
        var console = Self.console("agent.delete: D\nagents:\n  agent.open: [e, Enter]")
        #expect(hints(console).hasPrefix(" e open  D delete  "))
        console.press("d")
        #expect(console.state.overlays.isEmpty)
        console.press("?")
        console.expect("e Enter          Open the agent")
        console.expect("D                Delete the agent")
        console.press(.escape)
        console.press("e")
        console.expect("Agents › appointment-bot-prod")
        #expect(hints(console).contains("  D delete  "), "the same deed has the same key on the other screen")
        console.press("D")
        console.expect("Delete this agent?")
    }

    @Test("keys can be changed in a dialog, and beside its fields")
    func dialog() {
        var console = Self.console("form.next: F3\nfilter-sessions:\n  dialog.confirm: F2\nlog-out:\n  dialog.cancel: [n, Esc]")
        console.press("2", "f")
        #expect(hints(console).contains("F2 apply  F3 next  ") )
        console.press(.enter)
        console.expect("Filter the sessions")
        console.press(.function(3))
        console.press(.function(2))
        console.expectNot("Filter the sessions")
        console.press("3", "L")
        #expect(hints(console).hasPrefix(" Enter cancel  Tab other  n cancel"))
        console.press("n")
        #expect(console.state.overlays.isEmpty)
    }

    @Test("a refused key says why, and sentences name the configured key")
    func refusals() {
        var console = Self.console("session.ring: B\nsession.follow: w\nsession.save-report: P\nconsole.refresh: F5") { $0.isReadOnly = true }
        console.press("d")
        console.expect("this console is read-only")
        console.press("2", "B")
        console.expect("w follows the sessions first")
        console.press("?")
        console.expect("Mark the session for P")
        console.press(.escape)
        console.answer(.account(.user(.failure(Sample.forbidden))))
        console.press("3")
        console.expect("F5 tries again")
        console.press("r")
        #expect(console.takeEffects().isEmpty)
        console.press(.function(5))
        #expect(!console.takeEffects().isEmpty)
    }

    @Test("the keys that work everywhere can be changed: menu, help and quit, on pages, on the lock screen and in a window that is too small")
    func everywhere() {
        var console = Self.console("console.quit: Q\nconsole.menu: F9\nconsole.help: h\nconsole.quit-at-once: Ctrl-X\nagent.list: A")
        #expect(hints(console).hasSuffix("4 · end") && hints(console).contains("F9 menu  h keys  Q quit"))
        #expect(console.lines[1].contains("A Agents 4") && console.lines[1].contains("2 Sessions"))
        console.press("q")
        #expect(console.takeEffects().isEmpty)
        console.press("h")
        console.expect("Everywhere")
        console.press("h")
        #expect(console.state.overlays.isEmpty, "the key that opens the help closes it")
        console.press(.function(9), .function(9))
        #expect(console.state.overlays.isEmpty)
        console.press("2", "A")
        #expect(console.state.tab == .agents)
        console.press("m")
        console.press(.control("c"))
        #expect(console.takeEffects().isEmpty)
        console.press(.control("x"))
        #expect(console.takeEffects() == [.terminal(.quit)])
        console.act(.idled)
        console.takeEffects()
        console.press("Q")
        #expect(console.takeEffects() == [.terminal(.quit)])
        var small = Self.console("console.quit: Q", columns: 20, rows: 5)
        small.press("q")
        #expect(small.takeEffects().isEmpty)
        small.press("Q")
        #expect(small.takeEffects() == [.terminal(.quit)])
    }

    @Test("an action without a key is not in hints and help, and a sentence about it says that it has no key")
    func none() {
        var console = Self.console("agent.delete: none\nsession.follow: []\nconsole.menu: none", columns: 200, rows: 60)
        #expect(!hints(console).contains("delete") && !hints(console).contains("menu"))
        console.press("?")
        console.expectNot("Delete the agent")
        console.expectNot("Menu: refresh")
        console.press(.escape)
        console.press("2", "b")
        console.expect("no key follows the sessions first")
    }

    @Test("the wheel scrolls, and a click opens, marks columns, sorts and chooses in the menu, whatever their keys are")
    func mouse() throws {
        var console = Self.console("""
            list.up: none
            list.down: none
            agents:
              agent.open: e
            columns:
              list.toggle-column: x
            list.sort-by-column: [a, b]
            menu.account: Z
            """)
        func click(_ text: String) throws {
            let row = try #require(console.lines.lastIndex { $0.contains(text) })
            let before = try #require(console.lines[row].range(of: text)).lowerBound
            console.act(.terminal(.mouse(.press(row: row, column: console.lines[row].distance(from: console.lines[row].startIndex, to: before)))))
        }
        console.act(.terminal(.mouse(.wheel(1))))
        #expect(console.selected?.hasPrefix("refill-line-west") == true)
        try click("refill-line-west")
        console.expect("Agents › refill-line-west")
        console.press(.escape)
        console.press("c")
        try click("NAME")
        console.expect("[ ] NAME")
        console.press(.escape)
        console.press("s")
        console.expect("b  NAME")
        console.expectNot("2  UPSTREAM")
        try click("UPSTREAM")
        console.expect("UPSTREAM ↑")
        console.press("s", "b")
        console.expect("NAME ↑")
        console.press("m")
        console.expect("Z  Account")
        try click("Z  Account")
        #expect(console.state.tab == .account)
    }

    @Test("a dialog that saves names the keys of its forms")
    func saving() {
        var console = Self.console("report.select-json: o\nreport.cancel-saving: C")
        console.press("2", "S")
        console.expect("o  JSON")
        console.expect("C cancels")
        console.press("o")
        console.press(.enter)
        #expect(console.takeEffects().contains { effect in
            if case .reports(.save(let order)) = effect { order.choice == .json } else { false }
        })
    }

    // MARK: The hint line

    @Test("however many keys a screen has, the hint line shows help and quit", arguments: [60, 80, 120, 200])
    func priority(columns: Int) {
        for table in KeyTables.screens where table.isPage {
            for var console in table.consoles where !console.state.page.isTyping {
                console.act(.resized(Size(columns: columns, rows: 30)))
                #expect(hints(console).contains("? keys  q quit"), "\(table.title)\n\(hints(console))")
            }
        }
    }

    @Test("a wider hint line shows more keys")
    func room() {
        var console = TestConsole.loaded(columns: 200, rows: 60)
        for hint in ["w check webhook", "x check proxy", "c columns", "y copy id"] { #expect(hints(console).contains(hint), "\(hints(console))") }
        console.press(.enter)
        for hint in ["w check webhook", "x check proxy", "y copy id", ": command"] { #expect(hints(console).contains(hint), "\(hints(console))") }
    }
}
