import TerminalKit

extension KeyAction {
    static let confirmLogOut = KeyAction("account.confirm-log-out", .character("l"))
}

/// Asks for confirmation before logging out. An API token cannot be logged out; then the dialog says how to revoke it.
struct LogOutDialog: Screen {
    static let keys = ScreenKeys(dialog: "log-out", [.confirm, .otherButton, .confirmLogOut, .cancel])

    private var isConfirming = false
    private var isSending = false

    enum Command: Sendable { case other, enter, logOut, cancel }

    var title: String { "Log out" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        guard !isToken(context) else { return [Binding(.confirm, or: [.cancel], hint: "close", "Close", .cancel)] }
        let refusal = isSending ? "logging out already" : nil
        return [
            Binding(.confirm, hint: isConfirming ? "log out" : "cancel", "Press the button that has the focus", refusal: refusal, .enter),
            Binding(.otherButton, hint: "other", "Go to the other button", .other),
            Binding(.confirmLogOut, "Log out", refusal: refusal, .logOut),
            Binding(.cancel, hint: "cancel", "Stay signed in", refusal: refusal, .cancel),
        ]
    }

    private func isToken(_ context: Context) -> Bool { context.data.account.login.isToken }

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
        let meaning = isToken(context)
            ? "This console uses the API token from MASKER_TOKEN, which cannot be logged out. Revoke it in the portal: \(context.settings.signInURL)"
            : "The login session ends on the server, for every program that uses it, and is removed from this machine."
        let saving = context.data.reports.saving.map { " Saving reports is cancelled: \($0.count) saved." } ?? ""
        let text = PrintableText(meaning + saving).wrapped(to: width - 6)
        let inside = Box.draw(isToken(context) ? "Log out" : "Log out?", on: &canvas, in: area.centered(columns: width, rows: text.count + 6))
        for (offset, line) in text.enumerated() {
            canvas.write(line, row: inside.row + 1 + offset, column: inside.column)
        }
        let row = inside.row + text.count + 2
        if isToken(context) {
            Box.button("Close", focused: true, on: &canvas, row: row, column: inside.column)
            return
        }
        if isSending {
            canvas.write("Logging out…", row: row, column: inside.column, style: .accent)
            return
        }
        let used = Box.button("Cancel", focused: !isConfirming, on: &canvas, row: row, column: inside.column)
        Box.button("Log out", focused: isConfirming, on: &canvas, row: row, column: inside.column + used + 2)
    }
}
