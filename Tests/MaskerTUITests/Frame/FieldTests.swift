import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("The fields of every screen", .ownThread)
struct FieldTests {
    enum Place: String, CaseIterable { case create, filter, find, findSessions, command, save, delete }

    /// With a field that has the focus, and a text in it.
    private func console(_ place: Place, _ text: String = "alpha beta") -> TestConsole {
        var console = TestConsole.loaded(columns: 100, rows: 30)
        switch place {
        case .create: console.press("n")
        case .filter: console.press(.character("2"), .character("f"), .down, .down, .down)
        case .find: console.press("/")
        case .findSessions: console.press("2", "/")
        case .command: console.press(":")
        case .save: console.press(.character("2"), .character("S"), .up, .control("u"))
        case .delete: console.press("d")
        }
        console.type(text)
        console.takeEffects()
        return console
    }

    private static let keys: [(keys: [Key], text: String)] = [
        ([.left, .left], "alpha be|ta"), ([.control("b")], "alpha bet|a"), ([.home], "|alpha beta"), ([.control("a"), .control("f")], "a|lpha beta"),
        ([.home, .end], "alpha beta|"), ([.home, .control("e")], "alpha beta|"), ([.alt(.character("b"))], "alpha |beta"), ([.controlLeft, .controlLeft], "|alpha beta"),
        ([.home, .alt(.character("f"))], "alpha| beta"), ([.home, .controlRight, .right], "alpha |beta"), ([.home, .delete, .control("d")], "|pha beta"),
        ([.alt(.backspace)], "alpha |"), ([.control("w"), .backspace], "alpha|"), ([.home, .alt(.character("d"))], "| beta"), ([.left, .control("u")], "|a"),
        ([.alt(.character("b")), .left, .control("k")], "alpha|"),
    ]

    @Test("←, Home, Ctrl-A, Delete and the other keys of readline", arguments: Place.allCases)
    func keys(place: Place) {
        for (keys, text) in Self.keys {
            var console = console(place)
            for key in keys { console.press(key) }
            console.type("|")
            console.expect(text, "\(place), \(keys.map(\.name))")
        }
    }

    @Test("Ctrl-Y puts back what was cut in the field; in the delete dialog it does nothing", arguments: Place.allCases)
    func putBack(place: Place) {
        var console = console(place)
        console.press(.alt(.backspace), .home, .control("y"))
        console.type("|")
        console.expect(place == .delete ? "|alpha" : "beta|alpha")
    }

    @Test("a paste goes in at the cursor, on one line; in the delete dialog it does not count", arguments: Place.allCases)
    func pasting(place: Place) {
        var console = console(place)
        console.press(.alt(.character("b")))
        console.paste("one\r\ntwo\n")
        console.type("|")
        console.expect(place == .delete ? "alpha |beta" : "alpha one two|beta")
    }

    @Test("Alt with another key does nothing, Esc closes", arguments: Place.allCases)
    func alt(place: Place) {
        var console = console(place)
        let before = console.screen
        for key in [Key.alt(.character("x")), .alt(.character("q")), .alt(.character("S")), .alt(.enter), .insert] { console.press(key) }
        #expect(console.takeEffects() == [] && console.screen == before)
        console.press(.escape)
        // The form for an agent asks first.
        if place == .create { console.press(.escape) }
        #expect(console.state.overlays.isEmpty)
        console.expectNot("alpha")
    }

    @Test("in lists and details Alt and a letter is a key of its own, which does nothing", arguments: ["d", "q", "S", "n", "2", "L", "m"] as [Unicode.Scalar])
    func altInLists(letter: Unicode.Scalar) {
        var console = TestConsole.loaded(columns: 100, rows: 30)
        for keys in [[], [Key.character("2")], [.enter], [.character("3")], [.character("0")]] {
            for key in keys { console.press(key) }
            console.takeEffects()
            let before = console.screen
            console.press(.alt(.character(letter)))
            #expect(console.takeEffects() == [] && console.screen == before, "\(letter)")
        }
    }

    @Test("in a form Tab, ↑ and ↓ leave the field; Ctrl-N and Ctrl-P go through suggestions, ← and → through choices")
    func forms() {
        var console = console(.create)
        console.press(.left, .down)
        #expect(console.selected?.hasPrefix("upstream      openai:gpt-4o-mini") == true)
        console.press(.right, .left, .left)
        #expect(console.selected?.hasPrefix("upstream      openai:gpt-4o-mini") == true)
        console.press(.control("n"))
        #expect(console.selected?.hasPrefix("upstream      openai:gpt-4o ") == true)
        console.press(.control("p"), .control("p"))
        let last = console.selected
        #expect(last?.hasPrefix("upstream      openai") == false || last?.contains("mini") == false)
        console.press(.tab, .right)
        #expect(console.selected?.contains("‹ reversible-aead ›") == true)
        console.press(.left)
        #expect(console.selected?.contains("‹ vault-deterministic ›") == true)
        console.press(.control("n"))
        #expect(console.selected?.contains("‹ reversible-aead ›") == true)
        console.press(.up, .backTab)
        #expect(console.selected?.hasPrefix("name          alpha beta") == true)
        console.press(.left)
        console.type("|")
        console.expect("alpha be|ta", "the cursor stays where it was")
    }

    @Test("what the hints of a form name does what they say")
    func hints() {
        var console = console(.create)
        #expect(console.lines.last?.contains("Ctrl-N choose") == true)
        console.press(.down)
        console.expect("Ctrl-N, or type another")
    }

    @Test("while finding, ↑ ↓ PgUp PgDn move the rows, and Home, End, Ctrl-U, Ctrl-D edit")
    func finding() {
        var console = TestConsole.loaded(columns: 100, rows: 30, agents: Sample.manyAgents(60))
        console.press("/")
        console.type("agent-")
        console.press(.pageDown)
        let far = console.selected
        #expect(far?.hasPrefix("agent-1 ") == false)
        console.press(.home, .end, .control("d"))
        #expect(console.selected == far)
        console.press(.up, .down)
        #expect(console.selected == far)
        console.press(.pageUp)
        #expect(console.selected?.hasPrefix("agent-1 ") == true)
        console.press(.home, .control("d"), .end, .left)
        #expect(console.state.page.isTyping)
        console.expect("60 of 60")
        console.press(.control("u"))
        console.type("7")
        console.press(.end, .control("u"))
        console.expect("60 of 60", "what was typed is gone")
    }

    @Test("while finding, moving the cursor asks the server for nothing")
    func movingAsksNothing() {
        var console = TestConsole()
        console.takeEffects()
        console.answer(.agents(.list(PageRequest(filter: AgentFilter(), generation: 1), .success(Page(data: Sample.agents, nextCursor: "more")))))
        console.press("/")
        console.type("in")
        console.takeEffects()
        console.press(.left, .home, .end, .controlLeft)
        #expect(console.takeEffects() == [])
        console.press(.delete)
        #expect(!console.takeEffects().isEmpty)
    }

    @Test("behind : Tab completes before the cursor, ↑ ↓ Ctrl-P Ctrl-N go through what was typed, ← edits it")
    func commandLine() {
        var console = TestConsole.loaded(columns: 100, rows: 30)
        console.run(":account")
        console.run(":agents")
        console.press(.character(":"), .control("p"), .control("p"))
        console.press(.left, .home, .control("n"))
        console.type("|")
        console.expect("agents|", "moving leaves it a line that was called back")
        console.press(.escape, .character(":"))
        console.type("acc x")
        console.press(.left, .left, .tab)
        console.type("|")
        console.expect("account | x")
        console.press(.control("u"), .delete, .delete, .backspace)
        #expect(console.state.overlays.isEmpty, "Backspace on an empty line closes")
    }

    @Test("the hidden field for signing in has a cursor, keeps nothing and shows nothing")
    func signIn() throws {
        var console = TestConsole.loaded(columns: 100, rows: 30)
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        console.takeEffects()
        console.type("first second")
        console.press(.control("w"), .control("y"), .enter)
        console.expect("This is not a login session", "nothing was put back")
        console.expect("The field is empty")
        console.type("abc-d")
        console.press(.alt(.character("b")))
        console.type("X")
        console.press(.right, .right, .delete, .left)
        console.type("Y")
        for hidden in ["Xab", "abc", "XaY"] { console.expectNot(hidden) }
        console.takeEffects()
        console.press(.enter)
        #expect(console.takeEffects() == [.account(.signIn(try CookieValue(pasted: "XaYb-d")))])
    }

    @Test("the hidden field takes a value that was pasted with its line, and Esc wipes it")
    func pastingASecret() throws {
        var console = TestConsole.loaded(columns: 100, rows: 30)
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        console.takeEffects()
        console.paste("s3cret-value\r\n")
        console.press(.escape, .control("y"), .enter)
        console.expect("This is not a login session")
        console.paste("\ns3cret-value\n")
        console.press(.enter)
        #expect(console.takeEffects() == [.account(.signIn(try CookieValue(pasted: "s3cret-value")))])
    }

    @Test("the help lists the keys of fields")
    func help() {
        var console = TestConsole.loaded(columns: 100, rows: 60)
        console.press("?")
        console.press("G")
        console.expect("In every field")
        console.expect("Put back what was cut in this field")
        for keys in FieldKeys.all { for key in keys.keys { #expect(key.goesIntoField, "\(key.name)") } }
    }
}
