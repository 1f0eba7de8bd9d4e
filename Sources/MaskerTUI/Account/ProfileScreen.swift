import TerminalKit

extension KeyAction {
    static let chooseProfile = KeyAction("account.choose-profile", .control("p"))
}

/// Asks for the profile to change to.
struct ProfileScreen: Screen {
    static let keys = ScreenKeys(dialog: "profiles", [.confirm, .up, .down, .cancel])

    private var selected: Int

    init(_ context: Context) {
        selected = context.settings.profiles.firstIndex { $0 == context.settings.profile } ?? 0
    }

    enum Command: Sendable { case move(Int), choose, close }

    var title: String { "Profiles" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding(.confirm, hint: "choose", "Change to the selected profile", .choose),
            Binding(.up, "Up", .move(-1)),
            Binding(.down, "Down", .move(1)),
            Binding(.cancel, hint: "cancel", "Keep the current profile", .close),
        ]
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        let profiles = context.settings.profiles
        switch command {
        case .move(let step): selected = (selected + step + profiles.count) % max(profiles.count, 1)
        case .close: return [.close]
        case .choose:
            guard profiles.indices.contains(selected), profiles[selected] != context.settings.profile else { return [.close] }
            return [.close, .useProfile(profiles[selected])]
        }
        return []
    }

    mutating func click(row: Int, _ context: Context) -> [Intent] {
        click(row: row, selected: selected, context) { .move($0) }
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let profiles = context.settings.profiles
        let inside = Box.draw("Profiles", on: &canvas, in: area.centered(columns: 44, rows: profiles.count + 4))
        let room = max(inside.rows - 2, 1)
        let top = min(max(selected - room + 1, 0), max(profiles.count - room, 0))
        for (index, name) in profiles.enumerated().dropFirst(top).prefix(room) {
            let row = inside.row + 1 + index - top
            canvas.addTarget(.row(index), row: row, column: inside.column, columns: inside.columns)
            if index == selected { canvas.markSelected(row: row, column: inside.column) }
            let used = canvas.write(PrintableText(name), row: row, column: inside.column + 2, style: index == selected ? .plain.bold : .plain)
            if name == context.settings.profile { canvas.write("now", row: row, column: inside.column + 2 + used + 2, style: .faint) }
        }
    }
}
