import TerminalKit

extension KeyAction {
    static let confirmQuit = KeyAction("console.confirm-quit", .character("y"))
}

/// Asks before the console ends while reports are being saved. It closes when they are saved.
struct QuitDialog: Screen {
    static let keys = ScreenKeys(dialog: "quit", [.confirm, .otherButton, .confirmQuit, .cancel])

    private var hasFocusOnQuit = false

    enum Command: Sendable { case press, other, quit, cancel }

    var title: String { "Quit" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding(.confirm, hint: hasFocusOnQuit ? "quit" : "go on saving", "Press the button that has the focus", .press),
            Binding(.otherButton, hint: "other", "Go to the other button", .other),
            Binding(.confirmQuit, hint: "quit", "Quit, and cancel saving", .quit),
            Binding(.cancel, hint: "cancel", "Go on saving", .cancel),
        ]
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .other:
            hasFocusOnQuit.toggle()
            return []
        case .quit: return [.quitAtOnce]
        case .press: return hasFocusOnQuit ? [.quitAtOnce] : [.close]
        case .cancel: return [.close]
        }
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        if case .reports(.ended)? = answer, context.data.reports.saving == nil { [.close] } else { [] }
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let saved = context.data.reports.saving.map { "\($0.count) saved so far." } ?? "They are saved."
        let width = min(area.columns - 2, 64)
        let lines = PrintableText("Reports are being saved: \(saved) If you quit, the others are not saved.").wrapped(to: width - 6)
        let inside = Box.draw("Quit?", on: &canvas, in: area.centered(columns: width, rows: lines.count + 6))
        for (offset, line) in lines.enumerated() { canvas.write(line, row: inside.row + 1 + offset, column: inside.column, width: inside.columns) }
        let buttons = inside.row + lines.count + 2
        let first = Box.button("Go on saving", focused: !hasFocusOnQuit, on: &canvas, row: buttons, column: inside.column)
        Box.button("Quit", focused: hasFocusOnQuit, on: &canvas, row: buttons, column: inside.column + first + 2)
    }
}
