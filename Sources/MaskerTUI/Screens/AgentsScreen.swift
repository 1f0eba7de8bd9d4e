import MaskerAPI

/// The account's agents, one a row.
struct AgentsScreen: Screen {
    private(set) var cursor = ListCursor<Identifier<Agent>>()

    private var find = FindField()

    enum Command: Sendable { case move(ScrollMove), open, dismiss, act(AgentAction), sessions, find, keepFinding, stopFinding }

    var title: String { "Agents" }
    var isTyping: Bool { find.isTyping }

    func bindings(_ context: Context) -> [Binding<Command>] {
        if find.isTyping { return FindKeys.typing(keep: .keepFinding, stop: .stopFinding) + MovementKeys.bindings(by: "row", Command.move) }
        let agent = selected(context)
        let deletion = agent.flatMap { context.data.deletions[$0.id] }
        let none = agent == nil ? "there is no agent to choose" : nil
        let enter: Binding<Command> =
            deletion.map { !$0.isUnderWay } == true
            ? Binding([.enter], hint: "dismiss", "Take the note off the agent's row", .dismiss)
            : Binding([.enter, .right], hint: "open", "Open the agent", refusal: none, .open)
        return [enter] + AgentActions.bindings(agent, context, Command.act)
            + FindKeys.list(isActive: find.isActive, find: .find, stop: .stopFinding)
            + [Binding([.character("o")], hint: "sessions", "The agent's sessions", refusal: none, .sessions)]
            + MovementKeys.bindings(by: "row", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move):
            cursor.move(move, in: rows(context).map(\.id), page: pageRows(context))
            return loadMoreIfNear(context)
        case .open:
            return selected(context).map { [.open(AgentDetailScreen(id: $0.id, name: $0.name))] } ?? []
        case .dismiss:
            return cursor.id.map { [.dismissNote($0)] } ?? []
        case .act(let action): return AgentActions.begin(action, selected(context), context)
        case .sessions:
            return selected(context).map { AgentActions.showSessions(of: $0.id, context) } ?? []
        case .find: find.begin()
        case .keepFinding: find.keep()
        case .stopFinding:
            find.clear()
            return found(context)
        }
        return []
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        find.edit(event) ? found(context) : nil
    }

    /// What was typed has changed. While the list is not all here, the server has to look, too.
    private mutating func found(_ context: Context) -> [Intent] {
        cursor.reconcile(with: rows(context).map(\.id), page: pageRows(context))
        let filter = AgentFilter(nameContains: find.text.isEmpty ? nil : find.text)
        let isAllHere = context.data.agents.isComplete && context.data.agents.filter.nameContains == nil
        return isAllHere || context.data.agents.filter == filter ? [] : [.filterAgents(filter)]
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        // A list that was let go of, as by the lock, is no reason to leave the place.
        guard context.data.agents.hasLoaded else { return [] }
        cursor.reconcile(with: rows(context).map(\.id), page: pageRows(context))
        return loadMoreIfNear(context)
    }

    func position(_ context: Context) -> PrintableText { PrintableText(context.data.agents.loadedLabel) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let rows = rows(context)
        var area = area
        if find.isActive {
            let total = context.data.agents.countLabel
            find.draw(found: rows.count, of: total, on: &canvas, row: area.row, column: area.column + 2, width: area.columns - 4)
            area = area.droppingRows(1)
        }
        let emptyText: PrintableText = find.isActive ? "No agent has this in its name." : "No agents in this account yet."
        ListPane.draw(context.data.agents, isEmpty: rows.isEmpty, emptyText: emptyText, on: &canvas, in: area) { canvas, area in
            Table(columns: Self.columns(context.clock)).draw(
                rows, cursor: cursor, highlight: find.text,
                note: { context.data.deletions[$0.id].map(Wording.note) }, on: &canvas, in: area)
        }
    }

    private func rows(_ context: Context) -> [Agent] {
        find.text.isEmpty ? context.data.agents.items : context.data.agents.items.filter { find.matches($0.name, $0.id.rawValue) }
    }

    private func selected(_ context: Context) -> Agent? {
        let rows = rows(context)
        return rows.indices.contains(cursor.index) ? rows[cursor.index] : nil
    }

    private func loadMoreIfNear(_ context: Context) -> [Intent] {
        rows(context).count - cursor.index <= 2 * pageRows(context) ? [.loadMoreAgents] : []
    }

    private func pageRows(_ context: Context) -> Int { context.page.rows - (find.isActive ? 2 : 1) }

    /// In a narrow window the policy goes first, then the tokenization, the creation date, the upstream, the count.
    static func columns(_ clock: Clock) -> [Column<Agent>] { [
        Column(title: "NAME", width: 28, minimum: 20, givesWay: nil, maximum: 48) { agent in
            Span(CellText.name(agent.name, id: agent.id.rawValue, malformed: agent.malformedFields))
        },
        Column(title: "UPSTREAM", width: 20, minimum: 18, givesWay: 2) { CellText.optional($0.upstream?.rawValue) },
        Column(title: "TOKENIZATION", width: 19, minimum: 19, givesWay: 4) { CellText.optional($0.tokenization?.rawValue) },
        Column(title: "POLICY", width: 24, minimum: 22, givesWay: 5) {
            CellText.optional(CellText.policy($0.policyName, $0.policyVersion))
        },
        Column(title: "24H", width: 7, minimum: 6, givesWay: 1, alignment: .right) {
            CellText.optional($0.sessionCount24h.map(Format.count))
        },
        Column(title: "CREATED", width: 10, minimum: 10, givesWay: 3) { CellText.optional($0.createdAt.map(clock.day)) },
    ] }
}
