import MaskerAPI

/// A place in the console, as a value: whoever opens an agent knows its id, not its screen. It also names the place in the history.
enum Route: Hashable, Sendable {
    case tab(Tab)

    // Agents
    case agent(Identifier<Agent>, name: Known<String?>)
    case createAgent(again: Known<SavedAgent?>)
    case createdAgent(Identifier<Agent>, Known<CreatedAgent>)
    case deleteAgent(Identifier<Agent>, Known<Agent>)
    case checkWebhook(Identifier<Agent>, Known<Agent>)
    case checkProxy(Identifier<Agent>, Known<Agent>)
    case deletedAgents
    /// By the name of the file that it is kept in.
    case deletedAgent(file: String, Known<ArchivedAgent>)

    // Sessions
    case session(Identifier<CallSession>, Known<CallSession?>)
    case filterSessions
    /// Where one session stands among those of the list; nil for none.
    case latency(marking: Identifier<CallSession>?, Known<FindField>)

    // Reports
    case report(Identifier<CallSession>, detailRoot: Known<MerkleRoots.Reading>)
    case saveReport(Identifier<CallSession>, detailRoot: Known<MerkleRoots.Reading?>)
    case saveMarkedReports
    case savedReports

    // Lists
    case sortList(Tab)
    case chooseColumns(Tab)

    // The console itself
    case menu, help, commandLine, logOut, profiles

    /// Nil where there is nothing to open.
    func screen(_ context: Context) -> (any Screen)? {
        switch self {
        case .tab(let tab): tab.root
        case .agent(let id, let name): AgentDetailScreen(id: id, name: name.value)
        case .createAgent(let saved): CreateAgentDialog(again: saved.value, context)
        case .createdAgent(_, let created): CreatedAgentDialog(created.value)
        case .deleteAgent(_, let agent): DeleteAgentDialog(agent: agent.value, context)
        case .checkWebhook(_, let agent): WebhookCheckDialog(agent.value, context)
        case .checkProxy(_, let agent): ProxyCheckDialog(agent.value, context)
        case .deletedAgents: DeletedAgentsScreen()
        case .deletedAgent(_, let archived): SavedAgentScreen(archived.value)
        case .session(let id, let summary): SessionDetailScreen(summary: summary.value ?? context.data.sessions.list[id] ?? CallSession(id: id))
        case .filterSessions: SessionFilterDialog(context)
        case .latency(let session, let find): LatencyScreen(marking: session, find: find.value, context)
        case .report(let id, let root): ReportScreen(session: id, detailRoot: root.value)
        case .saveReport(let id, let root): SaveReportsDialog(session: id, detailRoot: root.value, context)
        case .saveMarkedReports: SaveReportsDialog(marked: context.data.reports.marks, context)
        case .savedReports: SavedReportsScreen()
        case .sortList(let tab): ArrangedList.of(tab, context.clock).map { SortDialog($0, context) }
        case .chooseColumns(let tab): ArrangedList.of(tab, context.clock).map { ColumnsDialog($0, context) }
        case .menu: MenuScreen()
        case .help: HelpScreen()
        case .commandLine: CommandLineScreen()
        case .logOut: LogOutDialog()
        case .profiles: ProfileScreen(context)
        }
    }
}

/// What whoever opens a screen knows already of what it shows. It is no part of the place: routes that differ in it alone are equal.
struct Known<Value: Sendable>: Hashable, Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }

    static func == (left: Known, right: Known) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}
