import MaskerAPI
import TerminalKit

extension KeyAction {
    static let showDeletedAgent = KeyAction("agent.show-deleted", .enter, .right)
}

/// The list of the agents that this console has deleted on this server, from their backups.
struct DeletedAgentsScreen: Screen {
    static let keys = ScreenKeys(page: "deleted-agents", [.showDeletedAgent, .recreateAgent] + MovementKeys.detailActions)

    private var cursor = ListCursor<String>()
    /// Nil until the backups are read.
    private var agents: ArchivedRows?
    private var problem: AgentBackupStore.Problem?

    enum Command: Sendable { case move(ScrollMove), back, open, again }

    var title: String { "Deleted agents" }
    var requests: [Effect] { [.agents(.deleted)] }

    func bindings(_ context: Context) -> [Binding<Command>] {
        let none = selected == nil ? "there is no agent to select" : nil
        return [
            Binding(.showDeletedAgent, hint: "configuration", "Show the saved configuration", refusal: none, .open),
            AgentBackupScreen.againBinding(selected, context, .again),
            Binding(.back, hint: "back", "Back to the agents", .back),
        ] + MovementKeys.bindings(by: "row", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move):
            if let agents { cursor.move(move, in: ShownRows(rows: agents, handles: nil), page: pageRows(context)) }
            return []
        case .back: return [.close]
        case .open: return selected.map { [.open(.deletedAgent(file: $0.file, Known($0)))] } ?? []
        case .again: return AgentBackupScreen.again(selected)
        }
    }

    mutating func click(row: Int, _ context: Context) -> [Intent] {
        click(row: row, selected: cursor.index, context) { .move(.by($0)) }
    }

    private var selected: ArchivedAgent? {
        guard let agents, agents.indices.contains(cursor.index) else { return nil }
        return agents[cursor.index]
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        guard case .agents(.deleted(let result))? = answer else { return [] }
        switch result {
        case .success(let found):
            let rows = ArchivedRows(found)
            agents = rows
            problem = nil
            cursor.reconcile(with: ShownRows(rows: rows, handles: nil), page: pageRows(context))
        case .failure(let failure): problem = failure
        }
        return []
    }

    mutating func forget() { agents = nil }

    func position(_ context: Context) -> PrintableText { PrintableText(agents.map { "\(Format.count($0.count)) · end" } ?? "") }

    private func pageRows(_ context: Context) -> Int { context.page.rows - 3 }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        canvas.write([Span("Agents › ", .faint), Span(PrintableText(title), .title)], row: area.row, column: area.column + 2)
        let area = area.droppingRows(2)
        guard let agents, !agents.isEmpty else {
            for (offset, line) in emptyText(context).text.wrapped(to: area.columns - 4).enumerated() {
                canvas.write(line, row: area.row + offset, column: area.column + 2, style: emptyText(context).style)
            }
            return
        }
        Table(columns: Self.columns(context.machineClock)).draw(agents, cursor: cursor, on: &canvas, in: area)
    }

    private func emptyText(_ context: Context) -> Span {
        if let problem { return Span(PrintableText("⚠ " + problem.sentence), .bad) }
        guard context.settings.archivePath != nil else {
            let reason = context.settings.isRestricted ? "restricted mode keeps them only if the administrator's file sets keep_deleted = on" : "--no-store keeps nothing"
            return Span(PrintableText("No configurations of deleted agents are kept: \(reason)."), .faint)
        }
        return Span(agents == nil ? "Loading…" : "No agent of this server was deleted from here.", .faint)
    }

    private static func columns(_ clock: Clock) -> [Column<ArchivedAgent>] { [
        Column(title: "NAME", width: 28, minimum: 18, givesWay: nil, maximum: 48) { archived in
            guard case .success(let saved) = archived.content else { return Span(PrintableText("⚠ " + archived.file), .warning) }
            return Span(CellText.name(saved.detail.agent.name, id: saved.detail.agent.id.rawValue, malformed: []))
        },
        Column(title: clock.title("DELETED"), width: 19, minimum: 19, givesWay: nil) { archived in
            guard case .success(let saved) = archived.content else { return Span("unreadable", .warning) }
            return CellText.optional(saved.deletion?.at.map(clock.long))
        },
        Column(title: "BY", width: 16, minimum: 10, givesWay: 2) { CellText.optional($0.saved?.deletion?.by) },
        Column(title: "OUTCOME", width: 13, minimum: 13, givesWay: 1) { AgentBackupScreen.outcome($0.saved?.deletion) },
        Column(title: "ID", width: 30, minimum: 30, givesWay: 3) { CellText.optional($0.saved?.detail.agent.id.rawValue) },
    ] }
}

/// The backup files as the rows of a list.
struct ArchivedRows: RowStore {
    private var table = RowTable<WholeRow<ArchivedAgent>>()

    /// 0: these rows come from local files, so they are not limited.
    var bytes: Int { 0 }
    var endIndex: Int { table.count }
    var handles: Range<Int> { table.handles }
    subscript(index: Int) -> ArchivedAgent { table[index + head].element }
    func id(at index: Int) -> String { self[index].id }
    func index(of id: String) -> Int? { table.handle(of: id).map { $0 - head } }
    mutating func append(_ agent: ArchivedAgent) { table.append(WholeRow(agent)) }
    mutating func prepend(_ agent: ArchivedAgent) { table.prepend(WholeRow(agent)) }
    mutating func replace(at index: Int, with agent: ArchivedAgent) { table[index + head] = WholeRow(agent) }
    mutating func removeFirst(_ count: Int) { table.removeFirst(count) }
    mutating func removeLast(_ count: Int) { table.removeLast(count) }

    func matching(_ text: TextSearch) -> RowTest<ArchivedRows> {
        { rows, index in text.finds(in: rows[index].saved?.detail.agent.name ?? rows[index].file) }
    }
}

extension ArchivedAgent {
    /// The backup; nil when the file cannot be read.
    var saved: AgentBackup? { try? content.get() }
}
