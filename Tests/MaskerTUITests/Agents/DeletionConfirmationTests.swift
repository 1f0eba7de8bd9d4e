import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Deleting an agent whose name cannot be typed", .ownThread)
struct DeletionConfirmationTests {
    private static let id = Sample.agentID(1)
    private static let end = String(id.rawValue.suffix(8))

    private func dialog(_ name: String?, columns: Int = 100, rows: Int = 30, confirm: ConfirmStyle = .name) -> TestConsole {
        var settings = Sample.settings
        settings.confirm = confirm
        var agent = Sample.agent(1, "")
        agent.name = name
        var console = TestConsole(columns: columns, rows: rows, settings: settings)
        console.answerRefresh(agents: [agent, Sample.agent(2, "other")])
        console.press("d")
        console.takeEffects()
        return console
    }

    private func isDeleted(_ console: TestConsole, typing text: String) -> Bool {
        var console = console
        console.type(text)
        console.press(.enter, .enter)
        return console.takeEffects().contains { effect in
            if case .agents(.delete(let target, _)) = effect { target.id == Self.id } else { false }
        }
    }

    private static let untypable: [String] = [
        "受付 (qa)", "Агент", "naïve", "🫨", "🩷", "a\u{A0}b", "one\u{3000}two", "   ", " ", " a", "a ", "a  b", "zero\u{200B}width", "prod\u{202E}dorp", "tab\there", "",
        "\u{1B}[31m", "e\u{301}", "ＦＵＬＬ", "\u{7F}", String(repeating: "n", count: 201), "\u{E000}", "\u{A0}",
    ]

    @Test("the last 8 characters of its id, typed, confirm it, and the dialog says so", arguments: untypable)
    func end(name: String) {
        let console = dialog(name)
        console.expect("last 8 characters")
        #expect(isDeleted(console, typing: Self.end))
    }

    @Test("promise 17: no more and no less than those 8", arguments: untypable)
    func otherEnds(name: String) {
        for text in [String(Self.end.dropFirst()), "0" + Self.end, Self.end + "0", " " + Self.end, String(Sample.agentID(2).rawValue.suffix(8)), ""] {
            #expect(!isDeleted(dialog(name), typing: text), "\(text)")
        }
    }

    @Test("such a name, typed, confirms it as before, where it is what it looks like", arguments: ["受付 (qa)", "Агент", "naïve", " a", "a  b", "e\u{301}", "ＦＵＬＬ"])
    func name(name: String) { #expect(isDeleted(dialog(name), typing: name)) }

    @Test("promise 17: blanks alone confirm nothing, nor does a name that is not what it looks like", arguments: ["   ", " ", "a\u{A0}b", "\u{A0}", "prod\u{202E}dorp", "🫨"])
    func lookalikes(name: String) {
        #expect(!isDeleted(dialog(name), typing: name))
        #expect(!isDeleted(dialog(name), typing: PrintableText.name(name).string), "nor what is shown for it")
        #expect(isDeleted(dialog(name), typing: Self.id.rawValue), "the whole id still does")
    }

    @Test("a name that every keyboard has is confirmed by itself only", arguments: ["appointment-bot-prod", "a b", "~!@ #$%", "x"])
    func typable(name: String) {
        let console = dialog(name)
        console.expect("To delete it, type its full name:")
        #expect(isDeleted(console, typing: name) && !isDeleted(console, typing: Self.end) && !isDeleted(console, typing: Self.id.rawValue))
    }

    @Test("where the id is asked for, all of it is", arguments: ["appointment-bot-prod", "受付 (qa)", "   ", "a\u{A0}b"])
    func confirmById(name: String) {
        let console = dialog(name, confirm: .id)
        console.expect("To delete it, type its id:")
        #expect(isDeleted(console, typing: Self.id.rawValue) && !isDeleted(console, typing: Self.end) && !isDeleted(console, typing: name))
    }

    @Test("an agent without a name, or with an id as short as that end")
    func odd() {
        #expect(isDeleted(dialog(nil), typing: Self.end) && isDeleted(dialog(nil), typing: Self.id.rawValue))
        let confirmation = DeletionConfirmation(of: Agent(id: Identifier("a1"), name: "受付"), by: .name)
        #expect(confirmation.accepts("a1") && confirmation.accepts("受付") && !confirmation.accepts(""))
        let agent = Agent(id: Identifier(""), name: "受付")
        #expect(!DeletionConfirmation(of: agent, by: .name).accepts("") && !DeletionConfirmation(of: agent, by: .id).accepts(""))
    }

    @Test("promise 17: the end of the id does not count when it is pasted, or put back")
    func notTyped() {
        var console = dialog("受付")
        console.paste(Self.end)
        #expect(!isDeleted(console, typing: ""))
        console.type(Self.end)
        console.press(.control("u"), .control("y"))
        #expect(!isDeleted(console, typing: ""))
        console.press(.control("w"), .control("y"), .control("k"), .control("y"))
        #expect(!isDeleted(console, typing: ""))
    }

    @Test("what was typed wrong says what is asked for, in the smallest window too")
    func small() {
        var console = dialog("受付 (qa)", columns: 60, rows: 15)
        console.expect("Type its name, or the last 8 characters of its id:")
        console.type("x")
        console.press(.enter)
        console.expect("The text is neither its name nor the end of its id yet.")
        var hostile = dialog("a\u{A0}b", columns: 60, rows: 15)
        hostile.expect("To delete it, type its id, or its last 8 characters:")
        hostile.expect("a<A0>b")
        hostile.type("x")
        hostile.press(.enter)
        hostile.expect("The text is neither its id nor the end of it yet.")
    }

    @Test("← and → move in the name, Tab goes to the buttons, and what is mended deletes")
    func editing() {
        var console = dialog("night-line")
        console.type("night-lne")
        console.press(.left, .left)
        console.type("i")
        console.press(.home, .delete)
        console.type("n")
        console.press(.tab)
        console.expect("[ Delete ]")
        console.press(.backTab, .enter)
        console.expect("Press Enter once more to delete it.")
        console.press(.enter)
        #expect(console.takeEffects().contains { if case .agents(.delete) = $0 { true } else { false } })
    }

    @Test("agents whose names differ in blanks, or in characters newer than the system, look different in the list")
    func list() {
        var console = TestConsole(columns: 100, rows: 30)
        let names = ["a b", "a\u{A0}b", "a  b", " a b", "🫨", "🩷", "   ", " "]
        console.answerRefresh(agents: names.enumerated().map { Sample.agent($0.offset + 1, $0.element) })
        let rows = console.lines.filter { $0.contains("stub") }.map { $0.prefix(24) }
        #expect(rows.count == names.count && Set(rows).count == names.count)
        for shown in ["a b", "a<A0>b", "a<20><20>b", "<20>a b", "<20><20><20>"] { console.expect(shown) }
        console.expectNot("\u{FFFD}")
    }
}
