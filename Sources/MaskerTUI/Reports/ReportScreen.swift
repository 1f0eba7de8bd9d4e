import FoundationEssentials
import MaskerAPI
import TerminalKit

extension KeyAction {
    static let regenerateReport = KeyAction("report.make-anew", .character("r"))
}

/// A session's compliance report, which the server generates when this screen opens. Nothing of it is written to disk.
struct ReportScreen: DocumentScreen {
    static let keys = ScreenKeys(page: "report", [.saveReport, .regenerateReport] + MovementKeys.detailActions)

    let session: Identifier<CallSession>
    /// The audit root in the session's detail, for comparison.
    let detailRoot: MerkleRoots.Reading
    private var report = Loadable<Report>()
    var scroll = ScrollPosition()

    init(session: Identifier<CallSession>, detailRoot: MerkleRoots.Reading) {
        self.session = session
        self.detailRoot = detailRoot
    }

    enum Command: Sendable { case move(ScrollMove), back, again, save }

    var title: String { "Report of \(session.rawValue)" }

    /// Requests the report here and not in `requests`, so that a refresh or a sign-in does not generate another one.
    func opened(_ context: Context) -> [Intent] { [.run(.reports(.read(session)))] }

    /// Cancels the request, because a report that is not shown is not needed.
    func closed(_ context: Context) -> [Intent] { [.change(.reports(.stopReading(session)))] }

    func bindings(_ context: Context) -> [Binding<Command>] {
        let isReading = reading(context) != nil
        let again = Binding(
            .regenerateReport, hint: isReading ? nil : "regenerate", "Regenerate the report",
            refusal: context.data.reports.refusal, Command.again)
        var bindings = MovementKeys.detail(back: Command.back, Command.move)
        if isReading {
            bindings[0].hint = "cancel"
            bindings[0].help = "Cancel and go back to the session"
        }
        bindings.insert(contentsOf: [SessionActions.saveBinding(session, context, .save), again], at: 1)
        return bindings
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move): return scroll(by: move, context)
        case .back: return [.close]
        case .again: return [.run(.reports(.read(session)))]
        case .save: return SessionActions.save(session, detailRoot: detailRoot == .notFetched ? nil : detailRoot)
        }
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        if case .reports(.report(session, let result))? = answer { report.receive(result) }
        fitScroll(context)
        return []
    }

    mutating func forget() { report = Loadable() }

    // MARK: Content

    private func reading(_ context: Context) -> ReadingReport? {
        guard case .reading(let reading)? = context.data.reports.work, reading.session == session else { return nil }
        return reading
    }

    func write(to document: inout Document, _ context: Context) {
        document.add([Span("Sessions › \(session.rawValue) › ", .faint), Span("Report", .title)])
        if let reading = reading(context) {
            addProgress(reading, context, to: &document)
        } else if let failure = report.failure, !failure.isCancellation {
            addFailure(failure, context, to: &document)
        } else if report.value == nil {
            document.add(PrintableText("The report is not loaded any more; \(context.settings.keyName(.regenerateReport, on: Self.keys)) regenerates it."), .faint)
        }
        guard let report = report.value else { return }
        var roots = MerkleRoots(detail: detailRoot)
        roots.read(report.auditRootHex.map { [$0] } ?? [], in: .json)
        addFields(report, roots, context.clock, to: &document)
        SafeHarborTable.add(report.safeHarborCoverage, to: &document)
        document.heading("Audit root")
        MerkleRootTable.add(roots, to: &document)
        KindTable.add(report.redactionsByKind, to: &document)
        document.heading("Policy as of the report")
        if let policy = report.policySnapshot { document.yaml(policy) } else { document.add("—", .faint) }
    }

    private func addProgress(_ reading: ReadingReport, _ context: Context, to document: inout Document) {
        let cancel = context.settings.keyName(.back, on: Self.keys)
        let time = Format.elapsed(context.now.timeIntervalSince(reading.began))
        guard reading.received > 0 else {
            document.add(PrintableText("The server is generating the report… \(time) · \(cancel) cancels"), .accent)
            return
        }
        let whole = reading.expected.map { " of \(Format.bytes($0))" } ?? ""
        var line = [Span(PrintableText("Receiving \(Format.bytes(reading.received))\(whole) · \(time) · \(cancel) cancels"), .accent)]
        if let expected = reading.expected, expected > 0 {
            line = Bars.progress(Double(reading.received) / Double(expected), width: 16) + [Span(" ")] + line
        }
        document.add(line)
    }

    private func addFailure(_ failure: APIError, _ context: Context, to document: inout Document) {
        let sentence = failure.kind == .forbidden ? "⊘ " + Wording.forbidden(failure, needs: nil) : "✗ no report: " + Wording.failure(failure)
        document.paragraph(sentence + PrintableText("; \(context.settings.keyName(.regenerateReport, on: Self.keys)) tries again"), .bad)
    }

    private func addFields(_ report: Report, _ roots: MerkleRoots, _ clock: Clock, to document: inout Document) {
        document.blank()
        document.field("id", report.id.rawValue)
        document.field("scope", report.scope)
        document.field("generated", report.generatedAt.map(clock.full))
        switch roots.agree {
        case true?: document.field("audit root", "✓ same as the session’s", .good)
        case false?: document.field("audit root", "✗ NOT the session’s", .bad)
        case nil: document.field("audit root", "cannot be compared", .warning)
        }
        if report.hasSignature { document.field("signature", "present, not verified", .faint) }
        if !report.malformedFields.isEmpty { document.field("⚠ unreadable", report.malformedFields.joined(separator: ", "), .warning) }
    }
}
