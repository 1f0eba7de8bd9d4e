extension KeyAction {
    static let menuRefresh = KeyAction("menu.refresh", .character("r"))
    static let menuAccount = KeyAction("menu.account", .character("a"))
    static let menuHelp = KeyAction("menu.help", .character("h"))
    static let menuLogOut = KeyAction("menu.log-out", .character("l"))
    static let menuQuit = KeyAction("menu.quit", .character("q"))
}

/// The menu behind `m`.
struct MenuScreen: Screen {
    static let keys = ScreenKeys(dialog: "menu", [.confirm, .up, .down, .cancel, .menu] + Item.allCases.map { $0.label.action })

    private var selected = 0

    private enum Item: CaseIterable {
        case refresh, account, help, logOut, quit

        var label: (action: KeyAction, text: PrintableText) {
            switch self {
            case .refresh: (.menuRefresh, "Refresh")
            case .account: (.menuAccount, "Account")
            case .help: (.menuHelp, "Help")
            case .logOut: (.menuLogOut, "Log out")
            case .quit: (.menuQuit, "Quit")
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
            Binding(.confirm, hint: "choose", "Do what is selected", .choose),
            Binding(.up, "Up", .move(-1)),
            Binding(.down, "Down", .move(1)),
            Binding(.cancel, or: [.menu], hint: "close", "Close the menu", .close),
        ]
            + Item.allCases.enumerated().map { index, item in
                Binding(item.label.action, item.label.text.string, .letter(index))
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

    mutating func click(row: Int, _ context: Context) -> [Intent] { perform(.letter(row), context) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let box = area.centered(columns: 26, rows: Item.allCases.count + 4)
        let inside = Box.draw("Menu", on: &canvas, in: box)
        for (index, item) in Item.allCases.enumerated() {
            let row = inside.row + 1 + index
            canvas.addTarget(.row(index), row: row, column: inside.column, columns: inside.columns)
            if index == selected { canvas.markSelected(row: row, column: inside.column) }
            let letter = context.settings.keyName(item.label.action, on: Self.keys)
            canvas.write(PrintableText(letter), row: row, column: inside.column + 2, width: 3, style: .key)
            canvas.write(
                item.label.text, row: row, column: inside.column + 5, style: index == selected ? .plain.bold : .plain)
        }
    }
}
