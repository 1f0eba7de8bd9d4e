import MaskerAPI

/// The account's agents, one a row.
struct AgentsScreen: Screen {
    private(set) var cursor = ListCursor<Identifier<Agent>>()

    enum Command: Sendable { case move(ScrollMove), open, dismiss, delete }

    var title: String { "Agents" }

    func bindings(_ context: Context) -> [Binding<Command>] {
        let agent = selected(context)
        let deletion = agent.flatMap { context.data.deletions[$0.id] }
        let none = agent == nil ? "there is no agent to choose" : nil
        let enter: Binding<Command> =
            deletion.map { !$0.isUnderWay } == true
            ? Binding([.enter], hint: "dismiss", "Take the note off the agent's row", .dismiss)
            : Binding([.enter, .right], hint: "open", "Open the agent", refusal: none, .open)
        return [enter, AgentActions.deleteBinding(agent, context, .delete)] + MovementKeys.bindings(by: "row", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move):
            cursor.move(move, in: context.data.agents.items.map(\.id), page: pageRows(context))
            return loadMoreIfNear(context)
        case .open:
            return selected(context).map { [.open(AgentDetailScreen(id: $0.id, name: $0.name))] } ?? []
        case .dismiss:
            return cursor.id.map { [.dismissNote($0)] } ?? []
        case .delete:
            return selected(context).map { [.present(DeleteAgentDialog(agent: $0, context))] } ?? []
        }
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        // A list that was let go of, as by the lock, is no reason to leave the place.
        guard context.data.agents.hasLoaded else { return [] }
        cursor.reconcile(with: context.data.agents.items.map(\.id), page: pageRows(context))
        return loadMoreIfNear(context)
    }

    func position(_ context: Context) -> PrintableText { PrintableText(context.data.agents.loadedLabel) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        ListPane.draw(
            context.data.agents, emptyText: "No agents in this account yet.", on: &canvas, in: area
        ) { canvas, area in
            Table(columns: Self.columns).draw(
                context.data.agents.items, cursor: cursor,
                note: { context.data.deletions[$0.id].map(Wording.note) }, on: &canvas, in: area)
        }
    }

    private func selected(_ context: Context) -> Agent? {
        let items = context.data.agents.items
        return items.indices.contains(cursor.index) ? items[cursor.index] : nil
    }

    private func loadMoreIfNear(_ context: Context) -> [Intent] {
        let left = context.data.agents.items.count - cursor.index
        return left <= 2 * pageRows(context) ? [.loadMoreAgents] : []
    }

    private func pageRows(_ context: Context) -> Int { context.page.rows - 1 }

    /// In a narrow window the policy goes first, then the tokenization, the creation date, the upstream, the count.
    static let columns: [Column<Agent>] = [
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
        Column(title: "CREATED", width: 10, minimum: 10, givesWay: 3) { CellText.optional($0.createdAt.map(Format.date)) },
    ]
}
