import TerminalKit

/// The menu that `m` opens.
struct MenuScreen: Screen {
    static let keys = ScreenKeys(dialog: "menu", [.confirm, .up, .down, .cancel, .menu] + items.map { $0.menu.action })

    private var selected = 0

    private static let items: [(command: ConsoleCommand, menu: ConsoleCommand.MenuEntry)] = ConsoleCommand.all.compactMap { command in
        command.menu.map { (command, $0) }
    }

    enum Command: Sendable { case move(Int), choose, letter(Int), close }

    var title: String { "Menu" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding(.confirm, hint: "choose", "Run the selected entry", .choose),
            Binding(.up, "Up", .move(-1)),
            Binding(.down, "Down", .move(1)),
            Binding(.cancel, or: [.menu], hint: "close", "Close the menu", .close),
        ]
            + Self.items.enumerated().map { index, item in Binding(item.menu.action, item.command.help, .letter(index)) }
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let step):
            selected = (selected + step + Self.items.count) % Self.items.count
            return []
        case .choose: return [.close] + intents(selected, context)
        case .letter(let index): return [.close] + intents(index, context)
        case .close: return [.close]
        }
    }

    private func intents(_ index: Int, _ context: Context) -> [Intent] {
        do throws(ConsoleCommand.Problem) { return try Self.items[index].command.run([], context) } catch {
            return [.notify(Notice(.refused, PrintableText(error.sentence)))]
        }
    }

    mutating func click(row: Int, _ context: Context) -> [Intent] { perform(.letter(row), context) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        // In a low window the blank lines are left out, and the entries scroll to the selected one.
        let count = Self.items.count
        let inside = Box.draw("Menu", on: &canvas, in: area.centered(columns: 26, rows: min(count + 4, area.rows - 1)))
        let gap = inside.rows >= count + 2 ? 1 : 0
        let room = max(inside.rows - 2 * gap, 1)
        let top = min(max(selected - room + 1, 0), max(count - room, 0))
        for (index, item) in Self.items.enumerated().dropFirst(top).prefix(room) {
            let row = inside.row + gap + index - top
            canvas.addTarget(.row(index), row: row, column: inside.column, columns: inside.columns)
            if index == selected { canvas.markSelected(row: row, column: inside.column) }
            let letter = context.settings.keyName(item.menu.action, on: Self.keys)
            canvas.write(PrintableText(letter), row: row, column: inside.column + 2, width: 3, style: .key)
            canvas.write(
                item.menu.title, row: row, column: inside.column + 5, style: index == selected ? .plain.bold : .plain)
        }
    }
}
