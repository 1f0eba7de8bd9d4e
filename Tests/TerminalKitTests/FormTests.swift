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

    @Test("an error has its own lines, at most three, and disappears when the field is changed")
    func problems() {
        var form = form()
        #expect(form.rows(columns: 40) == 3)
        form.change(.first) { $0.problem = "not this" }
        #expect(form.rows(columns: 40) == 4 && form.hasProblems)
        form.change(.first) { $0.problem = PrintableText(String(repeating: "word ", count: 100)) }
        #expect(form.rows(columns: 40) == 6)
        let isTaken = form.edit(.key(.backspace))
        #expect(isTaken && !form.hasProblems)
        form.change(.hidden) { $0.problem = "hidden" }
        #expect(!form.hasProblems && form.rows(columns: 40) == 3)
    }
}
