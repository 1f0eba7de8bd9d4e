import MaskerAPI
import TerminalKit

extension KeyAction {
    static let openAgent = KeyAction("agent.open", .enter, .right)
}

/// The list of the account's agents.
struct AgentsScreen: ListScreen {
    static let keys = ScreenKeys(
        page: "agents",
        [.openAgent, .dismissAgentNote] + AgentActions.actions + [.createAgent] + FindKeys.actions + [.showAgentSessions] + ListDialog.actions
            + CopyKeys.agentActions + MovementKeys.actions,
        typing: FindKeys.typing + MovementKeys.finding)

    var body = ListBody<AgentRows>()

    enum Command: Sendable { case move(ScrollMove), open, dismiss, act(AgentAction), sessions, copy(CopiedText?), find, keepFinding, stopFinding, arrange(ListDialog) }

    var title: String { "Agents" }

    static func listing(_ data: FeatureStates) -> AgentListing { data.agents.list }
    static func layout(_ layouts: ListLayouts) -> ListLayout { layouts.agents }
    static func loadMore(_ priority: RequestPriority) -> Intent { .change(.agents(.loadMore(priority))) }

    func bindings(_ context: Context) -> [Binding<Command>] {
        if isTyping { return FindKeys.typing(keep: .keepFinding, stop: .stopFinding) + MovementKeys.whileFinding(Command.move) }
        let agent = selected(context)
        let deletion = agent.flatMap { context.data.agents.deletions[$0.id] }
        let none = agent == nil ? "there is no agent to select" : nil
        let enter: Binding<Command> =
            deletion.map { !$0.isUnderWay } == true
            ? Binding(.dismissAgentNote, hint: "dismiss", "Dismiss the note about the agent", .dismiss)
            : Binding(.openAgent, hint: "open", "Open the agent", refusal: none, .open)
        return [enter] + AgentActions.bindings(agent, context, Command.act)
            + [AgentActions.create(context, .act(.create))] + FindKeys.list(isActive: body.find.isActive, find: .find, stop: .stopFinding)
            + [Binding(.showAgentSessions, hint: "sessions", "The agent's sessions", refusal: none, .sessions)]
            + ListDialog.bindings(Command.arrange) + CopyKeys.agent(agent, context, Command.copy) + MovementKeys.bindings(by: "row", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        let agent = selected(context)
        switch command {
        case .move(let move): return self.move(move, context)
        case .open: return agent.map { [.open(.agent($0.id, name: Known($0.name)))] } ?? []
        case .dismiss: return agent.map { [.change(.agents(.dismissNote($0.id)))] } ?? []
        case .act(let action): return AgentActions.begin(action, agent)
        case .copy(let text): return CopyKeys.intents(text, context)
        case .sessions: return agent.map { AgentActions.showSessions(of: $0.id, context) } ?? []
        case .arrange(let dialog): return [.open(dialog.route(for: .agents))]
        case .find: body.find.begin()
        case .keepFinding: body.find.keep()
        case .stopFinding: return stopFinding(context)
        }
        return []
    }

    /// While the list is not completely loaded, the server searches, too.
    func found(_ context: Context) -> [Intent] {
        let text = body.find.text
        let filter = AgentFilter(nameContains: text.isEmpty ? nil : text)
        let isAllHere = context.data.agents.list.isComplete && context.data.agents.list.filter.nameContains == nil
        return isAllHere || context.data.agents.list.filter == filter ? [] : [.change(.agents(.filter(filter)))]
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let rows = body.rows(context.data.agents.list), columns = Self.columns(context.clock), layout = context.data.lists.layouts.agents
        var area = area
        if hasHead(context) {
            let head = layout.sortNote(columns, isComplete: context.data.agents.list.isComplete).map { [Span($0, .accent)] } ?? []
            ListPane.drawHead(head, body.find, found: rows.count, of: context.data.agents.list.countLabel, on: &canvas, in: area)
            area = area.droppingRows(1)
        }
        let emptyText: PrintableText = body.find.isActive ? "No agent matches in its name." : "No agents in this account yet."
        ListPane.draw(context.data.agents.list, isEmpty: rows.isEmpty, emptyText: emptyText, context.settings, on: &canvas, in: area) { canvas, area in
            Table(columns: layout.shown(columns)).draw(
                rows, cursor: body.cursor, highlight: body.find.text,
                note: context.data.agents.deletions.isEmpty ? nil : { context.data.agents.deletions[$0.id].map(DeletionWording.note) }, on: &canvas, in: area)
        }
    }

    /// Whether the line above the rows is shown; it is hidden when it would be empty.
    private func hasHead(_ context: Context) -> Bool {
        body.find.isActive || context.data.lists.layouts.agents.sort != nil && !context.data.agents.list.isComplete
    }

    func pageRows(_ context: Context) -> Int { context.page.rows - (hasHead(context) ? 2 : 1) }
}
