import TerminalKit

/// Lists all keys of the screen below, from the same table as the hint line.
struct HelpScreen: ScrollingScreen {
    static let keys = ScreenKeys(dialog: "help", [.closeDialog, .confirm, .help] + MovementKeys.actions)

    var scroll = ScrollPosition()

    enum Command: Sendable { case move(ScrollMove), close }

    var title: String { "Keys" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [Binding(.closeDialog, or: [.confirm, .help], hint: "close", "Close the help", .close)]
            + MovementKeys.bindings(by: "line", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .close: return [.close]
        case .move(let move): return scroll(by: move, context)
        }
    }

    /// The keys of the screen below are known only when this screen is drawn, so the scroll position is limited there.
    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] { [] }

    func lineCount(_ context: Context) -> Int { lines(context).count }
    func pageRows(_ context: Context) -> Int { context.dialogRows }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let lines = lines(context)
        let box = area.centered(columns: width(context), rows: min(lines.count + 2, area.rows))
        let inside = Box.draw(PrintableText("Keys: \(context.helpTitle)"), on: &canvas, in: box)
        for (offset, line) in lines.dropFirst(scroll.clamped(lines: lines.count, page: pageRows(context)).top).prefix(inside.rows).enumerated() {
            canvas.write(line, row: inside.row + offset, column: inside.column, width: inside.columns)
        }
    }

    private static let keyWidth = 17

    private func width(_ context: Context) -> Int { min(context.page.columns - 2, 72) }

    private func lines(_ context: Context) -> [[Span]] {
        let room = width(context) - 6
        // Leaves out actions for which the configuration sets no key.
        var lines = context.keys.filter { !$0.keys.isEmpty }.flatMap { Self.lines($0, width: room) }
        lines.append([])
        lines.append([Span("Everywhere", .label)])
        lines += (GlobalKeys.onPages(context.settings) + GlobalKeys.always(context.settings)).map(\.keyHelp)
            .filter { !$0.isHidden(by: context.keys) }.flatMap { Self.lines($0, width: room) }
        lines.append([])
        lines.append([Span("In every field", .label)])
        return lines + FieldKeys.all.flatMap { Self.lines($0.keys, $0.help, width: room) }
    }

    private static func lines(_ help: KeyHelp, width: Int) -> [[Span]] {
        let text = help.refusal.map { "\(help.help) (not now: \($0))" } ?? help.help
        return lines(help.keys, text, help.refusal == nil ? .plain : .faint, width: width)
    }

    private static func lines(_ keys: [Key], _ text: String, _ style: Style = .plain, width: Int) -> [[Span]] {
        let keys = keys.map(\.name).joined(separator: " ")
        return PrintableText(text).wrapped(to: width - keyWidth).enumerated().map { index, line in
            let label = (index == 0 ? keys : "").padded(to: keyWidth)
            return [Span(PrintableText(label), .key), Span(line, style)]
        }
    }
}
