import MaskerAPI

/// Asks in which form a session's report is saved, and says where.
struct SaveReportDialog: Screen {
    let session: Identifier<CallSession>
    /// To compare the report's with.
    let merkleRoot: String?
    /// Of the file, without its extension.
    let name: String
    private var format = Endpoint.ReportFormat.pdf

    /// Nil when the session's id makes no file name.
    init?(session: Identifier<CallSession>, merkleRoot: String?, _ context: Context) {
        guard let name = ReportFile.name(session: session.rawValue, date: Format.utcDate(context.now)) else { return nil }
        self.session = session
        self.merkleRoot = merkleRoot
        self.name = name
    }

    enum Command: Sendable { case other, save, choose(Endpoint.ReportFormat), cancel }

    private static let choices: [(format: Endpoint.ReportFormat, key: Unicode.Scalar, text: PrintableText)] = [
        (.pdf, "p", "PDF"), (.json, "j", "JSON"),
    ]

    var title: String { "Save the report" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding([.enter], hint: "save", "Save it in the form that is selected", .save),
            Binding([.up, .down, .left, .right, .tab, .backTab], hint: "other", "To the other form", .other),
            Binding([.character("p")], hint: "PDF", "Save it as a PDF", .choose(.pdf)),
            Binding([.character("j")], hint: "JSON", "Save it as JSON", .choose(.json)),
            Binding([.escape], hint: "cancel", "Close without saving", .cancel),
        ]
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .other:
            format = format == .pdf ? .json : .pdf
            return []
        case .cancel: return [.close]
        case .save: return save(as: format)
        case .choose(let format): return save(as: format)
        }
    }

    private func save(as format: Endpoint.ReportFormat) -> [Intent] {
        [.close, .saveReport(ReportOrder(session: session, format: format, name: name, merkleRoot: merkleRoot))]
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let width = min(area.columns - 2, 74)
        let directory = context.settings.reportsDirectory.map(context.settings.shown) ?? ""
        let path = PrintableText("\(directory)/\(name).\(format.rawValue)").wrapped(to: width - 6)
        let remark = PrintableText("It can take minutes; go on working meanwhile.").wrapped(to: width - 6)
        let rows = Self.choices.count + path.count + remark.count + 7
        let inside = Box.draw(PrintableText(title), on: &canvas, in: area.centered(columns: width, rows: rows))
        var row = inside.row + 1
        for choice in Self.choices {
            let isSelected = choice.format == format
            if isSelected { canvas.markSelected(row: row, column: inside.column) }
            canvas.write(PrintableText(String(choice.key)), row: row, column: inside.column + 2, style: .key)
            canvas.write(choice.text, row: row, column: inside.column + 5, style: isSelected ? .plain.bold : .plain)
            row += 1
        }
        row += 1
        canvas.write("It will be saved to", row: row, column: inside.column, style: .label)
        for (offset, line) in path.enumerated() { canvas.write(line, row: row + 1 + offset, column: inside.column) }
        row += path.count + 2
        for (offset, line) in remark.enumerated() { canvas.write(line, row: row + offset, column: inside.column, style: .faint) }
    }
}
