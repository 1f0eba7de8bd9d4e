/// Asks once before logging out.
struct LogOutDialog: Screen {
    private var isConfirming = false
    private var isSending = false

    enum Command: Sendable { case other, enter, logOut, cancel }

    var title: String { "Log out" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        let refusal = isSending ? "logging out already" : nil
        return [
            Binding([.enter], hint: isConfirming ? "log out" : "cancel", "Press the button that has the focus", refusal: refusal, .enter),
            Binding([.tab, .backTab, .left, .right], hint: "other", "To the other button", .other),
            Binding([.character("l")], "Log out", refusal: refusal, .logOut),
            Binding([.escape], hint: "cancel", "Stay signed in", refusal: refusal, .cancel),
        ]
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .other: isConfirming.toggle()
        case .enter where !isConfirming: return [.close]
        case .cancel: return [.close]
        case .enter, .logOut:
            isSending = true
            return [.logOut]
        }
        return []
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let width = min(area.columns - 2, 64)
        let text = PrintableText("The login session ends on the server, for every program that uses it, and is forgotten on this machine.")
            .wrapped(to: width - 6)
        let inside = Box.draw("Log out?", on: &canvas, in: area.centered(columns: width, rows: text.count + 6))
        for (offset, line) in text.enumerated() {
            canvas.write(line, row: inside.row + 1 + offset, column: inside.column)
        }
        let row = inside.row + text.count + 2
        if isSending {
            canvas.write("Logging out…", row: row, column: inside.column, style: .accent)
            return
        }
        let used = Box.button("Cancel", focused: !isConfirming, on: &canvas, row: row, column: inside.column)
        Box.button("Log out", focused: isConfirming, on: &canvas, row: row, column: inside.column + used + 2)
    }
}
