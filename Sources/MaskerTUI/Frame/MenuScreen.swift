/// The menu behind `m`.
struct MenuScreen: Screen {
    private var selected = 0

    private enum Item: CaseIterable {
        case refresh, account, help, logOut, quit

        var label: (letter: Unicode.Scalar, text: PrintableText) {
            switch self {
            case .refresh: ("r", "Refresh")
            case .account: ("a", "Account")
            case .help: ("h", "Help")
            case .logOut: ("l", "Log out")
            case .quit: ("q", "Quit")
            }
        }

        var intents: [Intent] {
            switch self {
            case .refresh: [.refresh]
            case .account: [.select(.account)]
            case .help: [.present(HelpScreen())]
            case .logOut: [.present(LogOutDialog())]
            case .quit: [.quit]
            }
        }
    }

    enum Command: Sendable { case move(Int), choose, letter(Int), close }

    var title: String { "Menu" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding([.enter], hint: "choose", "Do what is selected", .choose),
            Binding([.up, .character("k")], "Up", .move(-1)),
            Binding([.down, .character("j")], "Down", .move(1)),
            Binding([.escape, .character("m"), .function(10)], hint: "close", "Close the menu", .close),
        ]
            + Item.allCases.enumerated().map { index, item in
                Binding([.character(item.label.letter)], item.label.text.string, .letter(index))
            }
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let step):
            selected = (selected + step + Item.allCases.count) % Item.allCases.count
            return []
        case .choose: return [.close] + Item.allCases[selected].intents
        case .letter(let index): return [.close] + Item.allCases[index].intents
        case .close: return [.close]
        }
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let box = area.centered(columns: 26, rows: Item.allCases.count + 4)
        let inside = Box.draw("Menu", on: &canvas, in: box)
        for (index, item) in Item.allCases.enumerated() {
            let row = inside.row + 1 + index
            canvas.addTarget(.key(.character(item.label.letter)), row: row, column: inside.column, columns: inside.columns)
            if index == selected { canvas.markSelected(row: row, column: inside.column) }
            canvas.write(PrintableText(String(item.label.letter)), row: row, column: inside.column + 2, style: .key)
            canvas.write(
                item.label.text, row: row, column: inside.column + 5, style: index == selected ? .plain.bold : .plain)
        }
    }
}
