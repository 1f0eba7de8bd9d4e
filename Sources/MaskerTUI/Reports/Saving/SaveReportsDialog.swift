import MaskerAPI
import TerminalKit

extension KeyAction {
    static let nextForm = KeyAction("report.next-form", .down, .tab, .right)
    static let previousForm = KeyAction("report.previous-form", .up, .backTab, .left)
    static let nextInList = KeyAction("report.next-in-list", .character("j"))
    static let previousInList = KeyAction("report.previous-in-list", .character("k"))
    static let selectPDF = KeyAction("report.select-pdf", .character("p"))
    /// Its first letter, `j`, goes to the next form, as in every list.
    static let selectJSON = KeyAction("report.select-json", .character("J"))
    static let selectBoth = KeyAction("report.select-both", .character("b"))
}

/// Asks for the form of the reports and, for a single one, the file name. Shows the paths of the files.
struct SaveReportsDialog: Screen {
    static let keys = ScreenKeys(
        dialog: "save-reports", [.nextInList, .previousInList, .selectPDF, .selectJSON, .selectBoth], typing: [.confirm, .nextForm, .previousForm, .cancel])

    let subjects: [ReportJob.Subject]
    let hasManifest: Bool
    private var choice = ReportChoice.pdf
    /// The field for the file name; nil when the user cannot choose it.
    private var field: TextField?
    private var isNaming = false
    /// The numbered names that files whose names already exist would get, as far as they are checked.
    private var taken: [String: String] = [:]
    private var lookedAt: ReportFileNames?

    /// The dialog for one session, with a field for the file name where that is allowed. Nil when the id cannot be a file name.
    init?(session: Identifier<CallSession>, detailRoot: MerkleRoots.Reading?, _ context: Context) {
        guard let name = Self.proposed(session, context) else { return nil }
        subjects = [ReportJob.Subject(session: session, name: name, detailRoot: detailRoot)]
        hasManifest = false
        if !context.settings.isRestricted { field = TextField(name, limit: 200) }
    }

    /// The dialog for several sessions, whose report job writes a manifest.
    init(marked: [Identifier<CallSession>], _ context: Context) {
        subjects = marked.compactMap { id in Self.proposed(id, context).map { ReportJob.Subject(session: id, name: $0, detailRoot: nil) } }
        hasManifest = true
    }

    private static func proposed(_ session: Identifier<CallSession>, _ context: Context) -> String? {
        ReportFileName.proposed(session: session.rawValue, date: Format.utcDate(context.wall))
    }

    enum Command: Sendable { case move(Int), save, select(ReportChoice), cancel }

    private static let choices: [(choice: ReportChoice, action: KeyAction, text: PrintableText)] = [
        (.pdf, .selectPDF, "PDF"), (.json, .selectJSON, "JSON"), (.both, .selectBoth, "both, to compare their audit roots"),
    ]

    var title: String { hasManifest ? "Save the reports of \(subjects.count) \(subjects.count == 1 ? "session" : "sessions")" : "Save the report" }
    var presentation: Presentation { .dialog }
    var isTyping: Bool { isNaming }

    /// Checks whether files with its names exist already.
    func opened(_ context: Context) -> [Intent] { checkFileNames }
    private var checkFileNames: [Intent] { [.run(.reports(.checkFileNames(names)))] }

    func bindings(_ context: Context) -> [Binding<Command>] {
        let isNamed = field == nil ? "" : ", and to the name"
        return [
            Binding(.confirm, hint: "save", "Save in the form that is selected", .save),
            Binding(.nextForm, or: isNaming ? [] : [.nextInList], hint: field == nil ? "form" : "form, name", "To the next form" + isNamed, .move(1)),
            Binding(.previousForm, or: isNaming ? [] : [.previousInList], "To the previous form", .move(-1)),
            Binding(.selectPDF, hint: isNaming ? nil : "PDF", "Select PDF", .select(.pdf)),
            Binding(.selectJSON, hint: isNaming ? nil : "JSON", "Select JSON", .select(.json)),
            Binding(.selectBoth, hint: isNaming ? nil : "both", "Select both", .select(.both)),
            Binding(.cancel, hint: "cancel", "Close without saving", .cancel),
        ]
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        guard isNaming, field?.edit(event) == true else { return nil }
        return checkFileNames
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .cancel: return [.close]
        case .save: return save(context)
        case .select(let choice):
            self.choice = choice
            return checkFileNames
        case .move(let step):
            move(step)
            return checkFileNames
        }
    }

    /// Moves through the forms and the field for the file name, if there is one.
    private mutating func move(_ step: Int) {
        let places = Self.choices.count + (field == nil ? 0 : 1)
        let here = isNaming ? Self.choices.count : Self.choices.firstIndex { $0.choice == choice } ?? 0
        let next = (here + step + places) % places
        isNaming = next == Self.choices.count
        if isNaming { field?.select() } else { choice = Self.choices[next].choice }
    }

    private var name: String? { field.map { ReportFileName.withoutExtension($0.text) } }
    private var problem: String? { name.flatMap(ReportFileName.problem) }
    private var names: ReportFileNames { ReportFileNames(names: problem == nil ? named.map(\.name) : [], choice: choice) }
    private var named: [ReportJob.Subject] {
        guard let name, let only = subjects.first else { return subjects }
        return [ReportJob.Subject(session: only.session, name: name, detailRoot: only.detailRoot)]
    }

    /// Starts the report job. When the name cannot be a file name, shows why and stays open.
    private mutating func save(_ context: Context) -> [Intent] {
        guard problem == nil else {
            isNaming = true
            return []
        }
        let job = ReportJob(serial: context.data.reports.lastSerial + 1, subjects: named, choice: choice, hasManifest: hasManifest)
        return [.close, .run(.reports(.save(job)))]
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        if case .reports(.namesTaken(names, let taken))? = answer {
            self.taken = taken
            lookedAt = names
        }
        return []
    }

    // MARK: Content

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let width = min(area.columns - 2, 76), room = width - 6
        let place = placeLines(context, room)
        var lines = choiceLines(context)
        // In a small window the blank lines are left out.
        let gap: [[Span]] = lines.count + place.count + (field == nil ? 3 : 5) > area.rows ? [] : [[]]
        let fieldRow = lines.count + gap.count
        if field != nil { lines += gap + [[Span("file name", .label)]] }
        lines += gap + place
        let cancel = context.settings.keyName(.cancelSaving)
        let remark = hasManifest
            ? "manifest.json lists them: SHA-256, audit root, time. \(cancel) cancels." : "It can take minutes; go on working meanwhile. \(cancel) cancels."
        let remarkLines = PrintableText(remark).wrapped(to: room).map { [Span($0, .faint)] }
        if area.rows >= lines.count + remarkLines.count + 5 { lines += [[]] + remarkLines }
        let isTight = area.rows < lines.count + 4
        let inside = Box.draw(PrintableText(title), on: &canvas, in: area.centered(columns: width, rows: lines.count + (isTight ? 2 : 4)))
        let top = inside.row + (isTight ? 0 : 1)
        for (offset, line) in lines.prefix(inside.rows).enumerated() { canvas.write(line, row: top + offset, column: inside.column, width: inside.columns) }
        guard let field else { return }
        let column = inside.column + 12, fieldWidth = inside.columns - 12
        if isNaming {
            canvas.markSelected(row: top + fieldRow, column: inside.column - 1)
            field.draw(on: &canvas, row: top + fieldRow, column: column, width: fieldWidth)
        } else {
            canvas.write(PrintableText(field.text), row: top + fieldRow, column: column, width: fieldWidth)
        }
    }

    private func choiceLines(_ context: Context) -> [[Span]] {
        Self.choices.map { choice in
            let isSelected = choice.choice == self.choice
            return [
                Span(isSelected && !isNaming ? "▌ " : isSelected ? "• " : "  ", .accent.bold), Span(PrintableText(context.settings.keyName(choice.action, on: Self.keys).padded(to: 1) + "  "), .key),
                Span(choice.text, isSelected ? .plain.bold : .plain),
            ]
        }
    }

    /// The paths of the files, with the names that are free.
    private func placeLines(_ context: Context, _ room: Int) -> [[Span]] {
        if let problem { return PrintableText("no file name: " + problem).wrapped(to: room).map { [Span($0, .bad)] } }
        guard !hasManifest else { return manyLines(context, room) }
        let files = named.flatMap { subject in choice.formats.map { "\(subject.name).\($0.rawValue)" } }
        var lines = [[Span("It will be saved to", .label)]]
        for file in files {
            let path = PrintableText(ReportWording.path(freeName(file), context.settings))
            lines += path.wrapped(to: room).map { [Span($0)] }
        }
        if files.contains(where: { freeName($0) != $0 }) { lines.append([Span("The name exists already, so it gets a number.", .warning)]) }
        return lines
    }

    private func manyLines(_ context: Context, _ room: Int) -> [[Span]] {
        let directory = context.settings.shown(context.settings.reportsDirectory ?? "")
        let count = subjects.count * choice.formats.count
        let end = choice.formats.map(\.rawValue).joined(separator: " and .")
        var lines = [[Span("They will be saved to", .label)]]
        lines += PrintableText("\(directory): \(count) files, masker-SESSION-DATE.\(end)").wrapped(to: room).map { [Span($0)] }
        let existing = isLookedAt ? taken.count : 0
        if existing > 0 { lines.append([Span(PrintableText("\(existing) of the names exist already; those get a number"), .warning)]) }
        return lines
    }

    private var isLookedAt: Bool { lookedAt == names }
    private func freeName(_ file: String) -> String { isLookedAt ? taken[file] ?? file : file }
}
