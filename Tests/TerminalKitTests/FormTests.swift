import TestSupport
import Testing

@testable import TerminalKit

@Suite("A form", .ownThread)
struct FormTests {
    private enum Field { case first, kind, hidden, count }

    private func form() -> Form<Field> {
        Form([
            .init(id: .first, label: "first", input: .text(TextField("b", limit: 5), suggestions: ["a", "b", "c"])),
            .init(id: .kind, label: "kind", input: .choice(["x", "y"], selected: 0)),
            .init(id: .hidden, label: "hidden", input: .text(TextField(limit: 5)), isShown: false),
            .init(id: .count, label: "count", input: .number(TextField("1", limit: 5))),
        ])
    }

    @Test("the focus goes through all fields and back to the first, without hidden ones")
    func focus() {
        var form = form()
        var seen: [Field?] = []
        for _ in 0..<4 {
            seen.append(form.focus)
            form.perform(.next)
        }
        #expect(seen == [.first, .kind, .count, .first])
        form.focus(on: .hidden)
        #expect(form.focus == .kind, "a hidden field does not get the focus")
        form.perform(.previous)
        #expect(form.focus == .first)
    }

    @Test("the arrow keys go through suggestions and choices, and change numbers; the first suggestion replaces any other text")
    func choosing() {
        var form = form()
        form.perform(.choose(1))
        #expect(form.text(.first) == "c")
        form.perform(.choose(1))
        #expect(form.text(.first) == "a")
        let isText = form.edit(.key(.character("z")))
        #expect(isText && form.text(.first) == "az")
        form.perform(.choose(-1))
        #expect(form.text(.first) == "a")
        form.focus(on: .kind)
        form.perform(.choose(-1))
        #expect(form.text(.kind) == "y")
        let isStep = form.edit(.key(.character(" ")))
        #expect(isStep && form.text(.kind) == "x")
        let isLetter = form.edit(.key(.character("q")))
        #expect(!isLetter, "no text can be typed into a choice")
        form.focus(on: .count)
        form.perform(.choose(-1))
        form.perform(.choose(-1))
        #expect(form.text(.count) == "0")
    }

    @Test("a text keeps its cursor and what was cut while others have the focus; a suggestion takes the cursor behind it")
    func editing() {
        var form = form()
        func type(_ keys: Key...) {
            for key in keys {
                let isTaken = form.edit(.key(key))
                #expect(isTaken, "\(key.name)")
            }
        }
        type(.right, .character("y"), .left, .left, .character("x"))
        #expect(form.text(.first) == "xby")
        form.perform(.next)
        form.perform(.previous)
        type(.right, .left, .character("-"))
        #expect(form.text(.first) == "x-by")
        type(.control("u"))
        form.perform(.choose(1))
        type(.control("y"))
        #expect(form.text(.first) == "ax-")
        form.change(.first) { $0.problem = "not this" }
        type(.left)
        #expect(form.hasProblems, "where only the cursor has moved it is as wrong as before")
        form.focus(on: .kind)
        for key in [Key.left, .right, .home, .control("a"), .delete] {
            let isTaken = form.edit(.key(key))
            #expect(!isTaken, "a choice has no cursor")
        }
        form.focus(on: .count)
        type(.home, .character("2"))
        #expect(form.text(.count) == "21")
    }

    @Test("the text of the field that gets the focus is selected: what is typed replaces it; not where it is to be corrected")
    func selection() {
        var form = form()
        #expect(!form.hasChanges)
        func type(_ key: Key) {
            let isTaken = form.edit(.key(key))
            #expect(isTaken, "\(key.name)")
        }
        type(.character("y"))
        #expect(form.text(.first) == "y" && form.hasChanges)
        form.perform(.previous)
        type(.character("1"))
        #expect(form.text(.count) == "1")
        form.perform(.next)
        form.focus(on: .first)
        type(.character("z"))
        #expect(form.text(.first) == "yz")
        form.perform(.next)
        form.perform(.previous)
        type(.backspace)
        #expect(form.text(.first) == "")
        type(.character("b"))
        #expect(!form.hasChanges, "the values are those of the beginning again")
    }

    @Test("a button has no text, takes no keys, and has the focus in its turn")
    func button() {
        var form = Form<Int>([.init(id: 1, label: "a", input: .text(TextField(limit: 5))), .init(id: 2, label: "Send", input: .button)])
        form.perform(.next)
        #expect(form.focus == 2 && form.text(2) == "")
        for key in [Key.character("x"), .character(" "), .left, .backspace] {
            let isTaken = form.edit(.key(key))
            #expect(!isTaken)
        }
        form.perform(.choose(1))
        form.perform(.next)
        #expect(form.focus == 1 && !form.hasChanges)
    }

    @Test("what is wrong takes lines of its own, three at most, and goes when the field is changed")
    func problems() {
        var form = form()
        #expect(form.rows(columns: 40) == 3)
        form.change(.first) { $0.problem = "not this" }
        #expect(form.rows(columns: 40) == 4 && form.hasProblems)
        form.change(.first) { $0.problem = PrintableText(String(repeating: "word ", count: 100)) }
        #expect(form.rows(columns: 40) == 6)
        let isTaken = form.edit(.key(.backspace))
        #expect(isTaken && !form.hasProblems, "the selected text is removed")
        form.change(.hidden) { $0.problem = "hidden" }
        #expect(!form.hasProblems && form.rows(columns: 40) == 3)
    }
}
