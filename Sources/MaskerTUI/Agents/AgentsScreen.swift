import MaskerAPI

extension KeyAction {
    static let openAgent = KeyAction("agent.open", .enter, .right)
}

/// The account's agents, one a row.
struct AgentsScreen: Screen {
    static let keys = ScreenKeys(
        page: "agents",
        [.openAgent, .dismissAgentNote] + AgentActions.actions + [.createAgent] + FindKeys.actions + [.showAgentSessions] + ArrangeDialog.actions
            + CopyKeys.agentActions + MovementKeys.actions,
        typing: FindKeys.typing + MovementKeys.actions)

    private(set) var body = ListBody<AgentRows>()

    enum Command: Sendable { case move(ScrollMove), open, dismiss, act(AgentAction), sessions, copy(CopiedText?), find, keepFinding, stopFinding, arrange(ArrangeDialog) }

    var title: String { "Agents" }
    var isTyping: Bool { body.find.isTyping }

    func bindings(_ context: Context) -> [Binding<Command>] {
        if isTyping { return FindKeys.typing(keep: .keepFinding, stop: .stopFinding) + MovementKeys.bindings(by: "row", Command.move) }
        let agent = body.selected(context.data.agents)
        let deletion = agent.flatMap { context.data.deletions[$0.id] }
        let none = agent == nil ? "there is no agent to choose" : nil
        let enter: Binding<Command> =
            deletion.map { !$0.isUnderWay } == true
            ? Binding(.dismissAgentNote, hint: "dismiss", "Take the note off the agent's row", .dismiss)
            : Binding(.openAgent, hint: "open", "Open the agent", refusal: none, .open)
        return [enter] + AgentActions.bindings(agent, context, Command.act)
            + [AgentActions.create(context, .act(.create))] + FindKeys.list(isActive: body.find.isActive, find: .find, stop: .stopFinding)
            + [Binding(.showAgentSessions, hint: "sessions", "The agent's sessions", refusal: none, .sessions)]
            + ArrangeDialog.bindings(Command.arrange) + CopyKeys.agent(agent, context, Command.copy) + MovementKeys.bindings(by: "row", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        let agent = body.selected(context.data.agents)
        switch command {
        case .move(let move):
            body.move(move, context.data.agents, page: pageRows(context))
            return loadMoreIfNear(context, move == .last ? .bulk : .interactive)
        case .open: return agent.map { [.open(AgentDetailScreen(id: $0.id, name: $0.name))] } ?? []
        case .dismiss: return agent.map { [.dismissNote($0.id)] } ?? []
        case .act(let action): return AgentActions.begin(action, agent, context)
        case .copy(let text): return CopyKeys.intents(text)
        case .sessions: return agent.map { AgentActions.showSessions(of: $0.id, context) } ?? []
        case .arrange(let dialog): return [.present(dialog.screen(for: .agents(context.clock), context))]
        case .find: body.find.begin()
        case .keepFinding: body.find.keep()
        case .stopFinding:
            body.find.clear()
            return found(context)
        }
        return []
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        body.find.edit(event) ? found(context) : nil
    }

    mutating func click(row: Int, _ context: Context) -> [Intent] {
        click(row: row, selected: body.cursor.index, context) { .move(.by($0)) }
    }

    /// What was typed has changed. While the list is not all here, the server has to look, too.
    private mutating func found(_ context: Context) -> [Intent] {
        settle(context)
        let text = body.find.text
        let filter = AgentFilter(nameContains: text.isEmpty ? nil : text)
        let isAllHere = context.data.agents.isComplete && context.data.agents.filter.nameContains == nil
        return isAllHere || context.data.agents.filter == filter ? [] : [.filterAgents(filter)]
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        // A list that was let go of, as by the lock, is no reason to leave the place.
        guard context.data.agents.hasLoaded else { return [] }
        settle(context)
        return loadMoreIfNear(context, .bulk)
    }

    private mutating func settle(_ context: Context) {
        body.settle(context.data.agents, context.looks.agents, Self.columns(context.clock), page: pageRows(context))
    }

    mutating func forget() { body.forget() }

    func position(_ context: Context) -> PrintableText { PrintableText(context.data.agents.loadedLabel) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let rows = body.rows(context.data.agents), columns = Self.columns(context.clock), look = context.looks.agents
        var area = area
        if hasHead(context) {
            let head = look.sortNote(columns, isComplete: context.data.agents.isComplete).map { [Span($0, .accent)] } ?? []
            ListPane.drawHead(head, body.find, found: rows.count, of: context.data.agents.countLabel, on: &canvas, in: area)
            area = area.droppingRows(1)
        }
        let emptyText: PrintableText = body.find.isActive ? "No agent has this in its name." : "No agents in this account yet."
        ListPane.draw(context.data.agents, isEmpty: rows.isEmpty, emptyText: emptyText, context.settings, on: &canvas, in: area) { canvas, area in
            Table(columns: look.shown(columns)).draw(
                rows, cursor: body.cursor, highlight: body.find.text,
                note: context.data.deletions.isEmpty ? nil : { context.data.deletions[$0.id].map(Wording.note) }, on: &canvas, in: area)
        }
    }

    /// The line above the rows, where there is something to say.
    private func hasHead(_ context: Context) -> Bool {
        body.find.isActive || context.looks.agents.sort != nil && !context.data.agents.isComplete
    }

    private func loadMoreIfNear(_ context: Context, _ priority: RequestPriority) -> [Intent] {
        body.isNearEnd(context.data.agents, page: pageRows(context)) ? [.loadMoreAgents(priority)] : []
    }

    private func pageRows(_ context: Context) -> Int { context.page.rows - (hasHead(context) ? 2 : 1) }
}
