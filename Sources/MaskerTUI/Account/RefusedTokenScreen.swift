import MaskerAPI
import TerminalKit

/// Covers all screens when the server has refused the API token. The token cannot be entered here; a new one needs a restart.
struct RefusedTokenScreen: Screen {
    static let keys = ScreenKeys(dialog: "refused-token", [.chooseProfile, .quit, .quitAtOnce])

    enum Command: Sendable { case profiles, quit }

    var title: String { "API token" }

    func bindings(_ context: Context) -> [Binding<Command>] {
        (context.settings.profiles.isEmpty ? [] : [Binding(.chooseProfile, hint: "profiles", "Change to another profile", .profiles)])
            + [Binding(.quit, or: [.quitAtOnce], hint: "quit", "Quit", .quit)]
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .profiles: [.open(.profiles)]
        case .quit: [.quit]
        }
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let box = area.centered(columns: min(area.columns - 4, 84), rows: area.rows)
        var row = box.row
        func write(_ text: PrintableText, _ style: Style = .plain, indent: Int = 0, link: String? = nil) {
            for line in text.wrapped(to: box.columns - indent) {
                canvas.write(line, row: row, column: box.column + indent, style: style)
                if let link { canvas.addLink(Canvas.Link(row: row, column: box.column + indent, text: line, url: link)) }
                row += 1
            }
        }
        let address = context.settings.signInURL
        write("The API token was refused.", .title)
        write(PrintableText("\(context.settings.host) refused the API token from the environment variable MASKER_TOKEN: it has expired or was revoked."))
        row += 1
        write("Create a new token in the portal:")
        write(PrintableText(address), Style(.key, underlined: true), indent: 4, link: address)
        write("Then quit, set MASKER_TOKEN to it, and start masker-tui again.")
    }
}
