import MaskerAPI
import TerminalKit

/// One agent: its configuration, figures, latest sessions and policy.
struct AgentDetailScreen: DocumentScreen {
    static let keys = ScreenKeys(
        page: "agent", [.dismissAgentNote] + AgentActions.actions + [.showAgentSessions] + CopyKeys.agentActions + MovementKeys.detailActions)

    let id: Identifier<Agent>
    /// The name in the list, shown until the detail is loaded.
    private(set) var name: String?
    private var detail = Loadable<AgentDetail>()
    private var sessions = Loadable<Page<CallSession>>()
    var scroll = ScrollPosition()
    private var absence: Absence?

    /// Why there is no agent to show.
    private enum Absence: Sendable { case deleted, goneOrHidden }

    init(id: Identifier<Agent>, name: String?) {
        self.id = id
        self.name = name
    }

    enum Command: Sendable { case move(ScrollMove), back, act(AgentAction), dismiss, sessions, copy(CopiedText?) }

    var title: String { detail.value?.agent.name ?? name ?? id.rawValue }
    var requests: [Effect] { absence == nil ? [.agents(.detail(id)), .agents(.latestSessions(id))] : [] }

    /// The requests to repeat: those that failed, and the detail also when the complete list does not contain the agent any more.
    func retries(_ context: Context) -> [Effect] {
        guard absence == nil else { return [] }
        let isMissing = context.data.agents.list.isComplete && context.data.agents.list.filter == AgentFilter() && !context.data.agents.list.contains(id)
        return (detail.failure != nil || isMissing ? [.agents(.detail(id))] : []) + (sessions.failure != nil ? [.agents(.latestSessions(id))] : [])
    }

    func bindings(_ context: Context) -> [Binding<Command>] {
        var bindings = MovementKeys.detail(back: Command.back, Command.move)
        bindings.insert(Binding(.showAgentSessions, hint: "sessions", "All sessions of the agent", .sessions), at: 1)
        bindings.insert(contentsOf: AgentActions.bindings(agent(context), context, Command.act), at: 1)
        bindings += CopyKeys.agent(agent(context), context, Command.copy)
        if context.data.agents.deletions[id].map({ !$0.isUnderWay }) == true {
            bindings.insert(Binding(.dismissAgentNote, hint: "dismiss", "Dismiss the note about the agent", .dismiss), at: 0)
        }
        return bindings
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move): return scroll(by: move, context)
        case .back: return [.close]
        case .dismiss: return [.change(.agents(.dismissNote(id)))]
        case .copy(let text): return CopyKeys.intents(text, context)
        case .sessions: return AgentActions.showSessions(of: id, context)
        case .act(let action): return AgentActions.begin(action, agent(context))
        }
    }

    /// The agent from the detail or else the list; nil once it is deleted.
    private func agent(_ context: Context) -> Agent? {
        absence == nil ? detail.value?.agent ?? context.data.agents.list[id] : nil
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        if case .agents(let answer)? = answer { receive(answer, context) }
        fitScroll(context)
        return []
    }

    private mutating func receive(_ answer: AgentsFeature.Answer, _ context: Context) {
        switch answer {
        case .detail(id, let result):
            detail.receive(result)
            if case .failure(let error) = result, error.saysAgentIsGone { absence = .deleted }
        case .latestSessions(id, let result): sessions.receive(result)
        case .deletion(let target, .deleted) where target.id == id, .deletion(let target, .alreadyGone) where target.id == id,
            .presenceChecked(let target, .gone) where target.id == id:
            absence = .deleted
        case .deletion(let target, .goneOrHidden) where target.id == id, .presenceChecked(let target, .goneOrHidden) where target.id == id:
            absence = .goneOrHidden
        // An agent that the server lists does exist.
        case .list where absence != nil && context.data.agents.list.contains(id): absence = nil
        default: break
        }
    }

    mutating func forget() {
        name = nil
        detail = Loadable()
        sessions = Loadable()
    }

    // MARK: Content

    func write(to document: inout Document, _ context: Context) {
        document.add([Span("Agents › ", .faint), Span(PrintableText(title), .title)])
        switch absence {
        case .deleted?: document.add("This agent is deleted. Its past sessions stay readable under Sessions.", .warning)
        case .goneOrHidden?: document.add("This agent is gone, or not visible to you.", .warning)
        case nil: break
        }
        if let note = context.data.agents.deletions[id].map(DeletionWording.note) { document.paragraph(note.text, note.kind.style) }
        if let failure = detail.failure {
            document.paragraph("⚠ " + Wording.failure(failure) + context.settings.triesAgain, .bad)
        }
        guard let agent = detail.value?.agent ?? context.data.agents.list[id] else {
            if detail.failure == nil { document.add("Loading…", .faint) }
            return
        }
        addFields(agent, context.clock, to: &document)
        addStats(detail.value?.stats, to: &document)
        addSessions(context.clock, to: &document)
        addPolicy(to: &document)
    }

    private func addFields(_ agent: Agent, _ clock: Clock, to document: inout Document) {
        document.blank()
        document.field("name", agent.name.map { PrintableText.name($0) })
        document.field("id", agent.id.rawValue)
        document.field("upstream", agent.upstream?.rawValue)
        document.field("tokenization", agent.tokenization?.rawValue)
        document.field("policy", CellText.policy(agent.policyName, agent.policyVersion))
        document.field("created", agent.createdAt.map(clock.full))
        document.field("proxy URL", agent.proxyURL)
        document.field("webhook URL", agent.webhookURL)
        let malformed = agent.malformedFields + (detail.value?.malformedFields ?? [])
        if !malformed.isEmpty {
            document.field("⚠ unreadable", malformed.joined(separator: ", "), .warning)
        }
    }

    private func addStats(_ stats: AgentStats?, to document: inout Document) {
        document.heading("Statistics")
        guard let stats else {
            document.add(detail.value == nil && detail.failure == nil ? "Loading…" : "—", .faint)
            return
        }
        document.field("sessions 24 h", stats.sessionCount24h.map(Format.count))
        document.field("sessions 7 d", stats.sessionCount7d.map(Format.count))
        document.field("redactions 24 h", stats.redactionCount24h.map(Format.count))
        document.field("latency p50", stats.p50LatencyMS.map(Format.milliseconds))
        document.field("latency p95", stats.p95LatencyMS.map(Format.milliseconds))
    }

    private func addSessions(_ clock: Clock, to document: inout Document) {
        document.heading(clock.title("Latest sessions"))
        if let failure = sessions.failure { document.paragraph("⚠ " + Wording.failure(failure), .bad) }
        guard let page = sessions.value else {
            if sessions.failure == nil { document.add("Loading…", .faint) }
            return
        }
        if page.data.isEmpty { document.add("None in the last 30 days.", .faint) }
        for session in page.data {
            document.add(SessionLine.spans(session, clock, width: document.width))
        }
    }

    private func addPolicy(to document: inout Document) {
        document.heading("Policy")
        guard let yaml = detail.value?.policyYAML else {
            document.add(detail.value == nil && detail.failure == nil ? "Loading…" : "—", .faint)
            return
        }
        document.yaml(yaml)
    }
}

/// A session as one line of a document.
enum SessionLine {
    static func spans(_ session: CallSession, _ clock: Clock, width: Int) -> [Span] {
        let status = CellText.status(session.status)
        let padding = String(repeating: " ", count: max(11 - status.text.width, 1))
        let duration = session.durationMS.map(Format.milliseconds) ?? "—"
        let right = String(repeating: " ", count: max(10 - duration.count, 0)) + duration + "   "
        let fixed = 22 + 11 + right.count
        let kinds = session.redactionsByKind.map(Format.kinds) ?? ""
        return [
            Span(PrintableText((session.startedAt.map(clock.long) ?? "—").padded(to: 22))),
            status, Span(PrintableText(padding)), Span(PrintableText(right)),
            Span(PrintableText(kinds).truncated(to: max(width - fixed, 0)), .faint),
        ]
    }
}
