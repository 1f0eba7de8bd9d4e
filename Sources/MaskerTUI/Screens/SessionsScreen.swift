import MaskerAPI

/// The account's call sessions, newest first.
struct SessionsScreen: Screen {
    private(set) var body = ListBody<SessionRows>()

    enum Command: Sendable { case move(ScrollMove), open, agent, filter, resetFilter, find, keepFinding, stopFinding, arrange(ArrangeDialog) }

    var title: String { "Sessions" }
    var isTyping: Bool { body.find.isTyping }

    func bindings(_ context: Context) -> [Binding<Command>] {
        if isTyping { return FindKeys.typing(keep: .keepFinding, stop: .stopFinding) + MovementKeys.bindings(by: "row", Command.move) }
        let session = body.selected(context.data.sessions)
        let none = session == nil ? "there is no session to choose" : nil
        let isInitial = context.data.sessions.filter == .initial
        return [
            Binding([.enter, .right], hint: "open", "Open the session", refusal: none, .open),
            Binding([.character("f")], hint: "filter", "Filter by time, status, agent and redactions", .filter),
            Binding([.character("x")], hint: isInitial ? nil : "reset", "Take the filter off", refusal: isInitial ? "there is no filter" : nil, .resetFilter),
        ]
            + FindKeys.list(isActive: body.find.isActive, find: .find, stop: .stopFinding)
            + [SessionActions.agentBinding(session, .agent)]
            + ArrangeDialog.bindings(Command.arrange) + MovementKeys.bindings(by: "row", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        let session = body.selected(context.data.sessions)
        switch command {
        case .move(let move):
            body.move(move, context.data.sessions, page: pageRows(context))
            return loadMoreIfNear(context)
        case .open: return session.map { [.open(SessionDetailScreen(summary: $0))] } ?? []
        case .agent: return SessionActions.showAgent(of: session)
        case .filter: return [.present(SessionFilterDialog(context))]
        case .resetFilter: return [.filterSessions(.initial)]
        case .arrange(let dialog): return [.present(dialog.screen(for: .sessions(context.clock), context))]
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

    /// What was typed has changed: the API cannot look for it, so further pages are read while few rows have it.
    private mutating func found(_ context: Context) -> [Intent] {
        settle(context)
        return loadMoreIfNear(context)
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        // A list that was let go of, as by the lock, is no reason to leave the place.
        guard context.data.sessions.hasLoaded else { return [] }
        settle(context)
        return loadMoreIfNear(context)
    }

    private mutating func settle(_ context: Context) {
        body.settle(context.data.sessions, context.looks.sessions, Self.columns(context.clock), page: pageRows(context))
    }

    func position(_ context: Context) -> PrintableText { PrintableText(context.data.sessions.loadedLabel) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let rows = body.rows(context.data.sessions), columns = Self.columns(context.clock), look = context.looks.sessions
        ListPane.drawHead(
            head(columns, context), body.find, found: rows.count, of: context.data.sessions.countLabel, on: &canvas, in: area)
        let emptyText: PrintableText = body.find.isActive ? "No session that is loaded has this in it." : "No sessions like this."
        ListPane.draw(
            context.data.sessions, isEmpty: rows.isEmpty, emptyText: emptyText, on: &canvas, in: area.droppingRows(1)
        ) { canvas, area in
            Table(columns: look.shown(columns)).draw(rows, cursor: body.cursor, highlight: body.find.text, on: &canvas, in: area)
        }
    }

    /// What the list is made of stands above it at all times.
    private func head(_ columns: [ListColumn<SessionRows>], _ context: Context) -> [Span] {
        let filter = context.data.sessions.filter
        let text = Span(filter.text(agents: context.data.agents), filter == .initial ? .faint : .accent)
        let note = context.looks.sessions.sortNote(columns, isComplete: context.data.sessions.isComplete)
        return [text] + (note.map { [Span(" · ", .faint), Span($0, .accent)] } ?? [])
    }

    private func loadMoreIfNear(_ context: Context) -> [Intent] {
        body.isNearEnd(context.data.sessions, page: pageRows(context)) ? [.loadMoreSessions] : []
    }

    private func pageRows(_ context: Context) -> Int { context.page.rows - 2 }
}
