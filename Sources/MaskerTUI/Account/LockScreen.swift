import MaskerAPI
import TerminalKit

extension KeyAction {
    static let unlock = KeyAction("account.unlock", .enter)
}

/// Covers all screens after some time without a key, or when the user locks the console. Any key unlocks the console, once the server confirms that the login
/// session is still valid.
struct LockScreen: Screen {
    static let keys = ScreenKeys(dialog: "locked", [.unlock, .quit])

    /// Seconds without a key after which the console was locked; nil when the user locked it.
    let after: Double?
    private var isChecking = false
    private var failure: APIError?

    init(after: Double?) { self.after = after }

    enum Command: Sendable { case unlock, quit }

    var title: String { "Locked" }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding(.unlock, hint: "or any key opens", "Check the login session and open the console; any other key does the same", .unlock),
            Binding(.quit, hint: "quit", "Quit", .quit),
        ]
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        GlobalKeys.isQuit(event, context.settings) ? nil : perform(.unlock, context)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .quit: return [.quit]
        case .unlock where isChecking: return []
        case .unlock:
            isChecking = true
            failure = nil
            return [.run(.account(.user))]
        }
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        guard case .account(.user(.failure(let error)))? = answer else { return [] }
        isChecking = false
        failure = error
        return []
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let width = min(area.columns - 4, 84)
        let column = area.column + (area.columns - width) / 2
        var row = area.row + min(2, area.rows / 4)
        func write(_ text: PrintableText, _ style: Style) {
            for line in text.wrapped(to: width) {
                canvas.write(line, row: row, column: column, style: style)
                row += 1
            }
        }
        write(PrintableText(after.map { "Locked after \(Int($0 / 60)) min without a key." } ?? "Locked."), .title)
        row += 1
        let quit = context.settings.keyName(.quit, on: Self.keys)
        write(PrintableText("The screen is hidden; you stay signed in. Any key opens, \(quit) quits."), .plain)
        row += 1
        if isChecking { write(PrintableText("Checking with \(context.settings.host)…"), .accent) }
        if let failure { write("⚠ " + Wording.failure(failure) + "; any key tries again", .bad) }
    }
}
