import MaskerAPI
import TerminalKit

/// A place in the console, as a value. To open an agent, a caller needs its id but not its screen. The history stores routes, too.
enum Route: Hashable, Sendable {
    case tab(Tab)

    // Agents
    case agent(Identifier<Agent>, name: Known<String>)
    case createAgent(again: Known<AgentBackup>)
    case createdAgent(Identifier<Agent>, Known<CreatedAgent>)
    case deleteAgent(Identifier<Agent>, Known<Agent>)
    case checkWebhook(Identifier<Agent>, Known<Agent>)
    case checkProxy(Identifier<Agent>, Known<Agent>)
    case deletedAgents
    /// A backup of an agent, by the name of its file.
    case deletedAgent(file: String, Known<ArchivedAgent>)

    // Sessions
    case session(Identifier<CallSession>, Known<CallSession>)
    case filterSessions
    /// The latency of the listed sessions, with one session marked; nil marks none.
    case latency(marking: Identifier<CallSession>?, Known<FindField>)

    // Reports
    case report(Identifier<CallSession>, detailRoot: Known<MerkleRoots.Reading>)
    case saveReport(Identifier<CallSession>, detailRoot: Known<MerkleRoots.Reading>)
    case saveMarkedReports
    case savedReports

    // Lists
    case sortList(Tab)
    case chooseColumns(Tab)

    // The console itself
    case menu, help, commandLine, logOut, profiles, quit

    /// Creates the screen; nil when it cannot be opened.
    func screen(_ context: Context) -> (any Screen)? {
        switch self {
        case .tab(let tab): tab.root
        case .agent(let id, let name): AgentDetailScreen(id: id, name: name.value)
        case .createAgent(let saved): CreateAgentDialog(again: saved.value, context)
        case .createdAgent(_, let created): created.value.map { CreatedAgentDialog($0) }
        case .deleteAgent(_, let agent): agent.value.map { DeleteAgentDialog(agent: $0, context) }
        case .checkWebhook(_, let agent): agent.value.map { WebhookCheckDialog($0, context) }
        case .checkProxy(_, let agent): agent.value.map { ProxyCheckDialog($0, context) }
        case .deletedAgents: DeletedAgentsScreen()
        case .deletedAgent(_, let archived): archived.value.map { AgentBackupScreen($0) }
        case .session(let id, let summary): SessionDetailScreen(summary: summary.value ?? context.data.sessions.list[id] ?? CallSession(id: id))
        case .filterSessions: SessionFilterDialog(context)
        case .latency(let session, let find): LatencyScreen(marking: session, find: find.value ?? FindField(), context)
        case .report(let id, let root): ReportScreen(session: id, detailRoot: root.value ?? .notFetched)
        case .saveReport(let id, let root): SaveReportsDialog(session: id, detailRoot: root.value, context)
        case .saveMarkedReports: SaveReportsDialog(marked: context.data.reports.marks, context)
        case .savedReports: SavedReportsScreen()
        case .sortList(let tab): ConfigurableList.of(tab, context.clock).map { SortDialog($0, context) }
        case .chooseColumns(let tab): ConfigurableList.of(tab, context.clock).map { ColumnsDialog($0, context) }
        case .menu: MenuScreen()
        case .help: HelpScreen()
        case .commandLine: CommandLineScreen()
        case .logOut: LogOutDialog()
        case .profiles: ProfileScreen(context)
        case .quit: QuitDialog()
        }
    }
}

extension Route {
    /// The route without data from the API, for the history.
    var place: Route {
        switch self {
        case .agent(let id, _): .agent(id, name: Known())
        case .createAgent: .createAgent(again: Known())
        case .createdAgent(let id, _): .createdAgent(id, Known())
        case .deleteAgent(let id, _): .deleteAgent(id, Known())
        case .checkWebhook(let id, _): .checkWebhook(id, Known())
        case .checkProxy(let id, _): .checkProxy(id, Known())
        case .deletedAgent(let file, _): .deletedAgent(file: file, Known())
        case .session(let id, _): .session(id, Known())
        case .latency(let session, _): .latency(marking: session, Known())
        case .report(let id, _): .report(id, detailRoot: Known())
        case .saveReport(let id, _): .saveReport(id, detailRoot: Known())
        case .tab, .deletedAgents, .filterSessions, .saveMarkedReports, .savedReports, .sortList, .chooseColumns, .menu, .help, .commandLine,
            .logOut, .profiles, .quit:
            self
        }
    }
}

/// Data that is already known when a screen is opened. Two routes that differ only in this data are equal.
struct Known<Value: Sendable>: Hashable, Sendable {
    let value: Value?

    init(_ value: Value? = nil) { self.value = value }

    static func == (left: Known, right: Known) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}
