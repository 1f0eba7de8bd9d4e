/// Every key of the screen below, from the table that the hint line is drawn from.
struct HelpScreen: Screen {
    private var scroll = ScrollPosition()

    enum Command: Sendable { case move(ScrollMove), close }

    var title: String { "Keys" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [Binding([.escape, .enter, .backspace, .character("?"), .character("q"), .function(1)], hint: "close", "Close the help", .close)]
            + MovementKeys.bindings(by: "line", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .close: return [.close]
        case .move(let move):
            scroll.move(move, lines: lines(context).count, page: pageRows(context))
            return []
        }
    }

    func position(_ context: Context) -> PrintableText {
        PrintableText(scroll.label(lines: lines(context).count, page: pageRows(context)))
    }

    private func pageRows(_ context: Context) -> Int { context.page.rows - 2 }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let lines = lines(context)
        let box = area.centered(columns: min(area.columns - 2, 72), rows: min(lines.count + 2, area.rows))
        let inside = Box.draw(PrintableText("Keys: \(context.helpTitle)"), on: &canvas, in: box)
        for (offset, line) in lines.dropFirst(scroll.top).prefix(inside.rows).enumerated() {
            canvas.write(line, row: inside.row + offset, column: inside.column, width: inside.columns)
        }
    }

    private static let keyWidth = 18

    private func lines(_ context: Context) -> [[Span]] {
        var lines = context.keys.map(Self.line)
        lines.append([])
        lines.append([Span("Everywhere", .label)])
        lines += (GlobalKeys.page + GlobalKeys.always).map { Self.line($0.keyHelp) }
        return lines
    }

    private static func line(_ help: KeyHelp) -> [Span] {
        let keys = PrintableText(help.keys.map(\.name).joined(separator: " "))
        let space = PrintableText(String(repeating: " ", count: max(keyWidth - keys.width, 1)))
        var spans = [Span(keys + space, .key), Span(PrintableText(help.help))]
        if let refusal = help.refusal { spans.append(Span(PrintableText("  (\(refusal))"), .faint)) }
        return spans
    }
}
