import MaskerAPI
import TerminalKit

extension KeyAction {
    static let showPayloads = KeyAction("session.show-payloads", .character("p"))
    static let readReport = KeyAction("session.read-report", .character("v"))
    static let dismissSessionNote = KeyAction("session.dismiss-note", .enter)
}

/// One session: its redactions, the durations of its stages, and its payloads if the policy logs them.
struct SessionDetailScreen: DocumentScreen {
    static let keys = ScreenKeys(
        page: "session",
        [.showPayloads, .saveReport, .readReport, .dismissSessionNote] + SessionActions.actions + CopyKeys.sessionActions + MovementKeys.detailActions)

    private(set) var summary: CallSession
    private var detail = Loadable<CallSessionDetail>()
    var scroll = ScrollPosition()
    /// Payloads can hold PHI, so they are hidden until the user shows them, and hidden again on the next visit.
    private var showsPayloads = false

    init(summary: CallSession) { self.summary = summary }

    enum Command: Sendable { case move(ScrollMove), back, togglePayloads, agent, latency, saveReport, readReport, dismissReports, copy(CopiedText?) }

    var title: String { summary.id.rawValue }
    var requests: [Effect] { [.sessions(.detail(summary.id))] }

    func retries(_ context: Context) -> [Effect] { detail.failure == nil ? [] : requests }

    func bindings(_ context: Context) -> [Binding<Command>] {
        var refusal: String?
        if detail.value == nil { refusal = "the session is not loaded yet" }
        if let loaded = detail.value, loaded.payloads == nil { refusal = "this agent's policy does not log payloads" }
        let payloads = Binding(
            .showPayloads, hint: showsPayloads ? "hide payloads" : "payloads", "Show or hide the payloads (may hold PHI)",
            refusal: refusal, Command.togglePayloads)
        var bindings = MovementKeys.detail(back: Command.back, Command.move)
        let agent = SessionActions.agentBinding(detail.value?.session ?? summary, Command.agent)
        bindings.insert(contentsOf: [payloads] + reportBindings(context) + [agent, SessionActions.latencyBinding(.latency)], at: 1)
        return bindings + CopyKeys.session(summary.id, context, Command.copy)
    }

    private func reportBindings(_ context: Context) -> [Binding<Command>] {
        let read = Binding(
            .readReport, hint: "report", "Generate the report and read it here", refusal: context.data.reports.refusal,
            Command.readReport)
        let dismiss = Binding(.dismissSessionNote, hint: "dismiss", "Dismiss the lines about the reports", Command.dismissReports)
        let save = SessionActions.saveBinding(summary.id, context, Command.saveReport)
        return [save, read] + (context.data.reports.saved[summary.id] == nil ? [] : [dismiss])
    }

    /// The audit root in the detail; nil until the detail is loaded. Saving then requests the detail first.
    private var detailRoot: MerkleRoots.Reading? { detail.value.map { .init(detail: $0.merkleRootHex) } }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move): return scroll(by: move, context)
        case .back: return [.close]
        case .saveReport: return SessionActions.save(summary.id, detailRoot: detailRoot)
        case .readReport: return [.open(.report(summary.id, detailRoot: Known(detailRoot ?? .notFetched)))]
        case .dismissReports: return [.change(.reports(.dismiss(summary.id)))]
        case .copy(let text): return CopyKeys.intents(text, context)
        case .agent: return SessionActions.showAgent(of: detail.value?.session ?? summary)
        case .latency: return [.open(.latency(marking: summary.id, Known()))]
        case .togglePayloads:
            showsPayloads.toggle()
            if showsPayloads { scroll(by: .last, context) }
            fitScroll(context)
        }
        return []
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        if case .sessions(.detail(summary.id, let result))? = answer { detail.receive(result) }
        fitScroll(context)
        return []
    }

    mutating func forget() {
        summary = CallSession(id: summary.id)
        detail = Loadable()
        showsPayloads = false
    }

    // MARK: Content

    func write(to document: inout Document, _ context: Context) {
        document.add([Span("Sessions › ", .faint), Span(PrintableText(title), .title)])
        if let saved = context.data.reports.saved[summary.id] { SavedReportLines.add(saved, context.settings, to: &document) }
        if let failure = detail.failure {
            document.paragraph("⚠ " + Wording.failure(failure) + context.settings.triesAgain, .bad)
        }
        addFields(context, to: &document)
        guard let detail = detail.value else {
            if detail.failure == nil {
                document.blank()
                document.add("Loading…", .faint)
            }
            return
        }
        StageTable.add(ofOne: detail.stageDurations, to: &document)
        KindTable.add(detail.session.redactionsByKind ?? summary.redactionsByKind, to: &document)
        EventTable.add(detail.events, to: &document, isPlain: context.settings.isPlain)
        addPayloads(detail.payloads, context.settings, to: &document)
    }

    private func addFields(_ context: Context, to document: inout Document) {
        let clock = context.clock
        let session = detail.value?.session ?? summary
        document.blank()
        document.field("id", session.id.rawValue)
        document.field("agent", (session.agentName ?? summary.agentName).map { PrintableText.name($0) })
        document.field("agent id", (session.agentID ?? summary.agentID)?.rawValue)
        let status = CellText.status(session.status ?? summary.status)
        document.field("status", status.text, status.style)
        document.field("started", (session.startedAt ?? summary.startedAt).map(clock.full))
        document.field("ended", (session.endedAt ?? summary.endedAt).map(clock.full))
        document.field("duration", (session.durationMS ?? summary.durationMS).map(Format.milliseconds))
        document.field("upstream model", session.upstreamModel ?? summary.upstreamModel)
        document.field("redactions", (session.redactionCount ?? summary.redactionCount).map(Format.count))
        if let detail = detail.value {
            document.field("policy", CellText.policy(detail.policyName, detail.policyVersion))
            document.field("merkle root", detail.merkleRootHex)
            document.field("API URL", CopyKeys.url(of: session.id, context.settings))
            let malformed = session.malformedFields + detail.malformedFields
            if !malformed.isEmpty { document.field("⚠ unreadable", malformed.joined(separator: ", "), .warning) }
        }
    }

    private func addPayloads(_ payloads: Payloads?, _ settings: ConsoleSettings, to document: inout Document) {
        document.heading("Payloads")
        guard let payloads else {
            document.add("not logged", .faint)
            return
        }
        guard showsPayloads else {
            document.add([Span("hidden: they can hold PHI; "), Span(PrintableText(settings.keyName(.showPayloads, on: Self.keys)), .key), Span(" shows them")])
            return
        }
        for (name, text) in [("request", payloads.request), ("masked", payloads.masked), ("response", payloads.response)] {
            document.add(PrintableText(name), .label)
            guard let text else {
                document.add("  not logged", .faint)
                continue
            }
            for line in PrintableText.lines(of: text) {
                for piece in line.wrapped(to: document.width - 2) { document.add([Span("  "), Span(piece)]) }
            }
        }
    }
}
