/// Labelled fields in a column. One of them has the focus.
public struct Form<ID: Hashable & Sendable>: Sendable {
    public struct Field: Sendable {
        public var id: ID
        public var label: String
        /// A note beside the field, shown if there is room.
        public var hint = ""
        /// Shown while the text is empty and another field has the focus.
        public var placeholder = ""
        public var input: Input
        public var isShown = true
        /// What is wrong with the value; removed when the field changes.
        public var problem: PrintableText?

        public init(
            id: ID, label: String, hint: String = "", placeholder: String = "", input: Input, isShown: Bool = true, problem: PrintableText? = nil
        ) {
            self.id = id
            self.label = label
            self.hint = hint
            self.placeholder = placeholder
            self.input = input
            self.isShown = isShown
            self.problem = problem
        }
    }

    public enum Input: Sendable {
        /// `Move.choose` goes through `suggestions`.
        case text(TextField, suggestions: [String] = [])
        /// `Move.choose` counts.
        case number(TextField)
        case choice([String], selected: Int)
        /// Does what the form is for; its text is the label of the field.
        case button
    }

    public private(set) var fields: [Field]
    private var focused = 0
    /// The values that the form was made with.
    private var initial: [String] = []

    /// The first field has the focus, and its text is selected.
    public init(_ fields: [Field]) {
        self.fields = fields
        initial = values
        selectText()
    }

    // MARK: Contents

    /// A field's text, or the choice that is selected.
    public func text(_ id: ID) -> String {
        fields.first { $0.id == id }.map(text) ?? ""
    }

    private func text(_ field: Field) -> String {
        switch field.input {
        case .text(let text, _), .number(let text): return text.text
        case .choice(let choices, let selected): return choices.indices.contains(selected) ? choices[selected] : ""
        case .button: return ""
        }
    }

    private var values: [String] { fields.map(text) }

    /// Whether a value differs from the one that the form was made with.
    public var hasChanges: Bool { values != initial }

    public var focus: ID? { fields.indices.contains(focused) ? fields[focused].id : nil }
    public var hasProblems: Bool { fields.contains { $0.isShown && $0.problem != nil } }

    /// Gives the focus to a field whose text is to be corrected, so the text is not selected.
    public mutating func focus(on id: ID) {
        guard let index = fields.firstIndex(where: { $0.id == id && $0.isShown }) else { return }
        focused = index
        changeText { $0.deselect() }
    }

    /// Changes one field by `id`.
    public mutating func change(_ id: ID, _ body: (inout Field) -> Void) {
        if let index = fields.firstIndex(where: { $0.id == id }) { body(&fields[index]) }
    }

    // MARK: Keys

    public enum Move: Sendable { case next, previous, choose(Int) }

    public mutating func perform(_ move: Move) {
        switch move {
        case .next: moveFocus(1)
        case .previous: moveFocus(-1)
        case .choose(let step): choose(step)
        }
    }

    /// Gives a key or a paste to the field with the focus. Returns false when the field has no use for it.
    public mutating func edit(_ event: TerminalEvent) -> Bool {
        guard fields.indices.contains(focused) else { return false }
        let before = text(fields[focused])
        switch fields[focused].input {
        case .text(var text, let suggestions):
            guard text.edit(event) else { return false }
            fields[focused].input = .text(text, suggestions: suggestions)
        case .number(var text):
            guard text.edit(event) else { return false }
            fields[focused].input = .number(text)
        case .choice:
            guard event == .key(.character(" ")) else { return false }
            choose(1)
        case .button: return false
        }
        // If only the cursor has moved, the problem stays.
        if text(fields[focused]) != before { fields[focused].problem = nil }
        return true
    }

    private mutating func moveFocus(_ step: Int) {
        guard fields.contains(where: \.isShown) else { return }
        repeat { focused = (focused + step + fields.count) % fields.count } while !fields[focused].isShown
        selectText()
    }

    /// Selects the text of the field that gets the focus, so that what is typed next replaces it.
    private mutating func selectText() { changeText { $0.select() } }

    private mutating func changeText(_ body: (inout TextField) -> Void) {
        guard fields.indices.contains(focused) else { return }
        switch fields[focused].input {
        case .text(var text, let suggestions):
            body(&text)
            fields[focused].input = .text(text, suggestions: suggestions)
        case .number(var text):
            body(&text)
            fields[focused].input = .number(text)
        case .choice, .button: break
        }
    }

    private mutating func choose(_ step: Int) {
        guard fields.indices.contains(focused) else { return }
        switch fields[focused].input {
        case .text(var text, let suggestions):
            guard let first = suggestions.first else { return }
            let index = suggestions.firstIndex(of: text.text).map { ($0 + step + suggestions.count) % suggestions.count }
            text.replace(with: index.map { suggestions[$0] } ?? first)
            fields[focused].input = .text(text, suggestions: suggestions)
        case .number(var text):
            text.replace(with: "\(max((Int(text.text) ?? 0) + step, 0))")
            fields[focused].input = .number(text)
        case .choice(let choices, let selected):
            guard !choices.isEmpty else { return }
            fields[focused].input = .choice(choices, selected: (selected + step + choices.count) % choices.count)
        case .button: return
        }
        fields[focused].problem = nil
    }

    // MARK: Drawing

    private static var labelWidth: Int { 14 }
    private static var mostProblemLines: Int { 3 }

    /// The number of lines of all fields and their problems.
    public func rows(columns: Int) -> Int { fields.reduce(0) { $0 + ($1.isShown ? 1 + Self.problem($1, columns).count : 0) } }

    /// - Parameter values: the width of the fields in columns.
    public func draw(on canvas: inout Canvas, row top: Int, column: Int, columns: Int, values: Int) {
        var row = top
        for (index, field) in fields.enumerated() where field.isShown {
            let isFocused = index == focused
            if isFocused { canvas.markSelected(row: row, column: column - 1) }
            if case .button = field.input {} else {
                canvas.write(PrintableText(field.label), row: row, column: column + 1, width: Self.labelWidth - 1, style: .label)
            }
            let start = column + 1 + Self.labelWidth
            draw(field, isFocused, on: &canvas, row: row, column: start, width: min(values, columns - Self.labelWidth - 1))
            if field.hint.count <= columns - Self.labelWidth - values - 3 {
                canvas.write(PrintableText(field.hint), row: row, column: start + values + 2, style: .faint)
            }
            row += 1
            for line in Self.problem(field, columns) {
                canvas.write(line, row: row, column: column + 1, style: .bad)
                row += 1
            }
        }
    }

    private func draw(_ field: Field, _ isFocused: Bool, on canvas: inout Canvas, row: Int, column: Int, width: Int) {
        switch field.input {
        case .text(let text, _), .number(let text):
            if isFocused {
                text.draw(on: &canvas, row: row, column: column, width: width)
            } else {
                canvas.write(PrintableText(text.text.isEmpty ? field.placeholder : text.text), row: row, column: column, width: width)
            }
        case .choice(let choices, let selected):
            let shown = choices.indices.contains(selected) ? choices[selected] : ""
            canvas.write(PrintableText("‹ \(shown) ›"), row: row, column: column, style: isFocused ? .plain.bold.reversed : .plain)
        case .button: Box.button(field.label, focused: isFocused, on: &canvas, row: row, column: column)
        }
    }

    private static func problem(_ field: Field, _ columns: Int) -> [PrintableText] {
        guard let problem = field.problem else { return [] }
        let lines = ("✗ " + problem).wrapped(to: columns - 1)
        guard lines.count > mostProblemLines else { return lines }
        return lines.prefix(mostProblemLines - 1) + [lines[mostProblemLines - 1].truncated(to: columns - 2) + "…"]
    }
}
