import TerminalKit

extension KeyAction {
    static let sortList = KeyAction("list.sort", .character("s"))
    static let chooseColumns = KeyAction("list.choose-columns", .character("c"))
    /// One key for each place: 0 is the server's order, the columns follow; after 9 come letters that no movement key uses.
    static let sortByColumn = KeyAction("list.sort-by-column", places: "0123456789abcdefghi".unicodeScalars.map { .character($0) })
}

/// The dialog that chooses the column by which a list is sorted; from the list it takes two keys, `s` and the column's number.
struct SortDialog: Screen {
    static let keys = ScreenKeys(dialog: "sort", [.confirm, .up, .down, .closeDialog, .sortList, .sortByColumn])

    private let list: ConfigurableList
    /// 0 is the server's order, the columns follow.
    private var selected: Int

    enum Command: Sendable { case move(Int), choose, number(Int), cancel }

    init(_ list: ConfigurableList, _ context: Context) {
        self.list = list
        let column = list[context.data.lists.layouts].sort?.column
        selected = list.columns.firstIndex { $0.name == column }.map { $0 + 1 } ?? 0
    }

    var title: String { "Sort the \(list.title)" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding(.confirm, hint: "sort", "Sort by the column; once more reverses the order", .choose),
            Binding(.up, "Up", .move(-1)),
            Binding(.down, "Down", .move(1)),
            Binding(.closeDialog, or: [.sortList], hint: "cancel", "Close without sorting", .cancel),
        ]
            + (0...list.columns.count).map { number in
                let help = number == 0 ? "The newest first, as the server sends them" : "By \(list.columns[number - 1].title)"
                return Binding(.sortByColumn, place: number, help, .number(number))
            }
    }

    mutating func click(row: Int, _ context: Context) -> [Intent] { perform(.number(row), context) }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        let count = list.columns.count + 1
        switch command {
        case .move(let step):
            selected = (selected + step + count) % count
            return []
        case .choose: return sort(by: selected, context)
        case .number(let number): return sort(by: number, context)
        case .cancel: return [.close]
        }
    }

    private func sort(by number: Int, _ context: Context) -> [Intent] {
        let change = list.intent(context.data.lists.layouts) { layout in
            guard number > 0 else { return layout.sort = nil }
            let column = list.columns[number - 1]
            layout.sort(by: column.name, beginsDescending: column.beginsDescending)
        }
        return [.close, change]
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let inside = Box.draw(PrintableText(title), on: &canvas, in: area.centered(columns: 34, rows: list.columns.count + 3))
        let sort = list[context.data.lists.layouts].sort
        let numbers = context.settings.keys.keys(of: .sortByColumn, on: Self.keys)
        for number in 0...list.columns.count {
            let row = inside.row + number
            let column = number == 0 ? nil : list.columns[number - 1]
            let style: Style = number == selected ? .plain.bold : .plain
            canvas.addTarget(.row(number), row: row, column: inside.column, columns: inside.columns)
            if number == selected { canvas.markSelected(row: row, column: inside.column) }
            if numbers.indices.contains(number) { canvas.write(PrintableText(numbers[number].name), row: row, column: inside.column + 2, width: 2, style: .key) }
            canvas.write(PrintableText(column?.title ?? "Newest first"), row: row, column: inside.column + 5, style: style)
            let mark = column.map { $0.name == sort?.column ? sort?.arrow ?? "" : "" } ?? (sort == nil ? "✓" : "")
            canvas.write(PrintableText(mark), row: row, column: inside.column + inside.columns - 1, style: .accent.bold)
        }
    }
}

/// The two dialogs for the layout of a list, and their keys.
enum ListDialog: Sendable {
    case sort, columns

    static let actions: [KeyAction] = [.sortList, .chooseColumns]

    static func bindings<Command>(_ command: (ListDialog) -> Command) -> [Binding<Command>] {
        [
            Binding(.sortList, hint: "sort", "Sort by a column", command(.sort)),
            Binding(.chooseColumns, hint: "columns", priority: .low, "Choose the columns and their order", command(.columns)),
        ]
    }

    func route(for tab: Tab) -> Route {
        switch self {
        case .sort: .sortList(tab)
        case .columns: .chooseColumns(tab)
        }
    }
}
