import TerminalKit

extension KeyAction {
    static let toggleColumn = KeyAction("list.toggle-column", .character(" "))
    static let moveColumnRight = KeyAction("list.move-column-right", .character("J"))
    static let moveColumnLeft = KeyAction("list.move-column-left", .character("K"))
    static let resetColumns = KeyAction("list.reset-columns", .character("0"))
}

/// The dialog that chooses which columns a list shows, and in which order.
struct ColumnsDialog: Screen {
    static let keys = ScreenKeys(dialog: "columns", [.toggleColumn, .moveColumnRight, .moveColumnLeft, .confirm, .cancel, .resetColumns, .up, .down])

    private let list: ConfigurableList
    private var entries: [Entry]
    private var selected = 0

    private struct Entry: Sendable {
        var name: String
        var title: String
        var isShown: Bool
    }

    enum Command: Sendable { case move(Int), shift(Int), toggle, reset, keep, cancel }

    init(_ list: ConfigurableList, _ context: Context) {
        self.list = list
        entries = Self.entries(list, shown: list.shown(context.data.lists.layouts))
    }

    /// The shown columns in their order, then the hidden ones.
    private static func entries(_ list: ConfigurableList, shown: [String]) -> [Entry] {
        let others = list.columns.map(\.name).filter { !shown.contains($0) }
        return (shown + others).compactMap { name in
            list.columns.first { $0.name == name }.map { Entry(name: name, title: $0.title, isShown: shown.contains(name)) }
        }
    }

    var title: String { "Columns of the \(list.title)" }
    var presentation: Presentation { .dialog }

    private var shown: [String] { entries.filter(\.isShown).map(\.name) }

    func bindings(_ context: Context) -> [Binding<Command>] {
        let isLast = entries[selected].isShown && shown.count == 1
        return [
            Binding(.toggleColumn, hint: "show, hide", "Show or hide the column", refusal: isLast ? "a list needs at least one column" : nil, .toggle),
            Binding(.moveColumnRight, hint: "down", "Move the column to the right", .shift(1)),
            Binding(.moveColumnLeft, hint: "up", "Move the column to the left", .shift(-1)),
            Binding(.confirm, hint: "keep", "Show the list like this", .keep),
            Binding(.cancel, hint: "cancel", "Close without changing the columns", .cancel),
            Binding(.resetColumns, hint: "reset", "Reset the columns to the default", .reset),
            Binding(.up, "To the previous column", .move(-1)),
            Binding(.down, "To the next column", .move(1)),
        ]
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let step): selected = (selected + step + entries.count) % entries.count
        case .shift(let step):
            guard entries.indices.contains(selected + step) else { return [] }
            entries.swapAt(selected, selected + step)
            selected += step
        case .toggle: entries[selected].isShown.toggle()
        case .reset: entries = Self.entries(list, shown: list.initial)
        case .cancel: return [.close]
        case .keep: return [.close, list.intent(context.data.lists.layouts) { $0.columns = shown == list.initial ? nil : shown }]
        }
        return []
    }

    /// A click on the selected row toggles its column; a click on another row selects that row.
    mutating func click(row: Int, _ context: Context) -> [Intent] {
        row == selected ? pressAsByDefault(.character(" "), context) ?? [] : perform(.move(row - selected), context)
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let inside = Box.draw(PrintableText(title), on: &canvas, in: area.centered(columns: 40, rows: entries.count + 2))
        let fitting = list.fitting(shown, context.page.columns)
        for (index, entry) in entries.enumerated() {
            let row = inside.row + index
            canvas.addTarget(.row(index), row: row, column: inside.column, columns: inside.columns)
            let style: Style = entry.isShown ? .plain : .faint
            if index == selected { canvas.markSelected(row: row, column: inside.column) }
            canvas.write(entry.isShown ? "[✓]" : "[ ]", row: row, column: inside.column + 2, style: style)
            canvas.write(PrintableText(entry.title), row: row, column: inside.column + 6, style: index == selected ? style.bold : style)
            guard entry.isShown, !fitting.contains(entry.name) else { continue }
            canvas.write("no room now", row: row, column: inside.column + 22, style: .faint)
        }
    }
}
