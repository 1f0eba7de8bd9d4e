import MaskerAPI
import TerminalKit

extension KeyAction {
    static let completeCommand = KeyAction("command.complete", .tab)
    static let earlierCommand = KeyAction("command.earlier", .up, .control("p"))
    static let laterCommand = KeyAction("command.later", .down, .control("n"))
}

/// The command line that `:` opens, with completion and the earlier commands.
struct CommandLineScreen: Screen {
    static let keys = ScreenKeys(dialog: "command-line", [], typing: [.confirm, .completeCommand, .earlierCommand, .laterCommand, .cancel])

    private var field = TextField(limit: 200)
    private var problem: PrintableText?
    private var choices: [String] = []
    /// The index of the recalled line among the earlier lines that begin with the typed text, the latest being 0; nil for none.
    private var recalled: Int?
    private var typed = ""

    enum Command: Sendable { case run, complete, earlier, later, cancel }

    var title: String { "Command" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding(.confirm, hint: "run", "Run the line", .run),
            Binding(.completeCommand, hint: "complete", "Complete the word, or show the possible words", .complete),
            Binding(.earlierCommand, hint: "earlier", "Recall an earlier line that begins with the typed text", .earlier),
            Binding(.laterCommand, "Recall the next later line", .later),
            Binding(.cancel, hint: "cancel", "Close the command line", .cancel),
        ]
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        // Backspace in an empty line closes the command line, as in other programs.
        if event == .key(.backspace), field.text.isEmpty { return [.close] }
        let before = field.text
        guard field.edit(event) else { return nil }
        problem = nil
        // Moving in a line that was called back leaves it that line.
        if field.text != before {
            recalled = nil
            choices = []
        }
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        problem = nil
        switch command {
        case .cancel: return [.close]
        case .complete:
            let completed = ConsoleCommand.complete(field.textBeforeCursor, context)
            field.replaceBeforeCursor(with: completed.line)
            recalled = nil
            choices = completed.choices.count > 1 ? completed.choices : []
        case .earlier: recall((recalled ?? -1) + 1, context)
        case .later: recall((recalled ?? 0) - 1, context)
        case .run:
            do throws(ConsoleCommand.Problem) {
                return [.close, .remember(field.text)] + (try ConsoleCommand.intents(for: field.text, context))
            } catch {
                problem = PrintableText(error.sentence)
            }
        }
        return []
    }

    private mutating func recall(_ index: Int, _ context: Context) {
        if recalled == nil { typed = field.text }
        let lines = context.commands.filter { $0.hasPrefix(typed) }
        guard index < 0 || lines.indices.contains(index) else { return }
        recalled = index < 0 ? nil : index
        field.replace(with: index < 0 ? typed : lines[index])
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        // A problem may need two lines; the suggestion stands at its end.
        let lines = problem?.wrapped(to: area.columns - 8) ?? [hint(context)]
        let rows = min(lines.count, 2) + 3
        let box = Rect(row: area.row + area.rows - rows - 1, column: area.column + 1, columns: area.columns - 2, rows: rows)
        let inside = Box.draw("Command", on: &canvas, in: box)
        canvas.write(":", row: inside.row, column: inside.column - 1, style: .key)
        field.draw(on: &canvas, row: inside.row, column: inside.column, width: inside.columns)
        for (offset, line) in lines.prefix(2).enumerated() {
            let style: Style = problem == nil ? .faint : .bad
            canvas.write(line, row: inside.row + 1 + offset, column: inside.column, width: inside.columns, style: style)
        }
    }

    /// The possible words, or the arguments of the command, or all commands.
    private func hint(_ context: Context) -> PrintableText {
        if !choices.isEmpty { return PrintableText(choices.joined(separator: "  ")) }
        let name = field.text.split(separator: " ").first.map(String.init) ?? ""
        if let command = ConsoleCommand.all.first(where: { $0.name == name }) {
            return PrintableText("\(command.name) \(command.arguments)\(command.arguments.isEmpty ? "" : " · ")\(command.help)")
        }
        return PrintableText(ConsoleCommand.all.map(\.name).joined(separator: "  ") + "  or an id: sess_…, agt_…")
    }
}
