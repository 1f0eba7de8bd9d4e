import MaskerAPI
import TerminalKit

extension KeyAction {
    static let recreateAgent = KeyAction("agent.re-create", .character("R"))
}

/// The backup of one deleted agent.
struct AgentBackupScreen: DocumentScreen {
    static let keys = ScreenKeys(page: "deleted-agent", [.recreateAgent] + MovementKeys.detailActions)

    private let file: String
    private let name: String
    /// Nil after the console was locked, until the backup is read again.
    private var archived: ArchivedAgent?
    var scroll = ScrollPosition()

    init(_ archived: ArchivedAgent) {
        file = archived.file
        name = archived.saved?.detail.agent.name ?? archived.file
        self.archived = archived
    }

    enum Command: Sendable { case move(ScrollMove), back, again }

    var title: String { name }
    var requests: [Effect] { [.agents(.deleted)] }

    func bindings(_ context: Context) -> [Binding<Command>] {
        var bindings = MovementKeys.detail(back: Command.back, Command.move)
        bindings.insert(Self.againBinding(archived, context, .again), at: 1)
        return bindings
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move): return scroll(by: move, context)
        case .back: return [.close]
        case .again: return Self.again(archived)
        }
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        if case .agents(.deleted(.success(let all)))? = answer { archived = all.first { $0.file == file } ?? archived }
        fitScroll(context)
        return []
    }

    mutating func forget() { archived = nil }

    // MARK: Re-creating

    static func againBinding<Command>(_ archived: ArchivedAgent?, _ context: Context, _ command: Command) -> Binding<Command> {
        var refusal = context.settings.readOnlyRefusal
        switch archived?.content {
        case nil: refusal = refusal ?? "there is no agent to re-create"
        case .failure?: refusal = refusal ?? "its backup cannot be read"
        case .success(let saved)?: if saved.deletion?.outcome == .notDeleted { refusal = refusal ?? "it was not deleted" }
        }
        return Binding(.recreateAgent, hint: "re-create", "Re-create the agent, in the form for a new agent", refusal: refusal, command)
    }

    static func again(_ archived: ArchivedAgent?) -> [Intent] {
        archived?.saved.map { [.open(.createAgent(again: Known($0)))] } ?? []
    }

    static func outcome(_ deletion: DeletionRecord?) -> Span {
        switch deletion?.outcome {
        case .deleted?: Span("✓ deleted")
        case .notDeleted?: Span("○ not deleted", .faint)
        case .unknown?: Span("⚠ unknown", .warning)
        case nil: Span("—", .faint)
        }
    }

    // MARK: Content

    func write(to document: inout Document, _ context: Context) {
        document.add([Span("Agents › Deleted agents › ", .faint), Span(PrintableText(title), .title)])
        document.blank()
        guard let archived else {
            document.add("Loading…", .faint)
            return
        }
        switch archived.content {
        case .failure(let problem):
            document.paragraph(PrintableText("⚠ \(file) cannot be used: \(problem.sentence)"), .bad)
        case .success(let saved):
            if !saved.malformedFields.isEmpty { document.field("⚠ unreadable", saved.malformedFields.joined(separator: ", "), .warning) }
            addRecord(saved.deletion, context.machineClock, to: &document)
            addConfiguration(saved.detail, context.clock, to: &document)
        }
        document.blank()
        document.field("file", context.settings.archivePath.map { context.settings.shown("\($0)/\(file)") })
    }

    private func addRecord(_ deletion: DeletionRecord?, _ clock: Clock, to document: inout Document) {
        let outcome = Self.outcome(deletion)
        document.field("outcome", outcome.text, outcome.style)
        document.field("requested at", deletion?.at.map(clock.full))
        document.field("by", deletion?.by)
        document.field("server", deletion?.host)
    }

    private func addConfiguration(_ detail: AgentDetail, _ clock: Clock, to document: inout Document) {
        document.heading("Configuration")
        document.field("id", detail.agent.id.rawValue)
        document.field("upstream", detail.agent.upstream?.rawValue)
        document.field("tokenization", detail.agent.tokenization?.rawValue)
        document.field("policy", CellText.policy(detail.agent.policyName, detail.agent.policyVersion))
        document.field("created", detail.agent.createdAt.map(clock.full))
        document.field("webhook URL", detail.agent.webhookURL)
        document.field("proxy URL", detail.agent.proxyURL)
        document.heading("Policy")
        guard let yaml = detail.policyYAML else {
            document.add("—", .faint)
            return
        }
        document.yaml(yaml)
    }
}
