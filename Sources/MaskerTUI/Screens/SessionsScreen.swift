import MaskerAPI

/// The account's call sessions, newest first.
struct SessionsScreen: Screen {
    private(set) var cursor = ListCursor<Identifier<CallSession>>()

    private var find = FindField()

    enum Command: Sendable { case move(ScrollMove), open, dismiss, agent, latency, filter, resetFilter, mark, clearMarks, save, find, keepFinding, stopFinding }

    var title: String { "Sessions" }
    var isTyping: Bool { find.isTyping }

    func bindings(_ context: Context) -> [Binding<Command>] {
        if find.isTyping { return FindKeys.typing(keep: .keepFinding, stop: .stopFinding) + MovementKeys.bindings(by: "row", Command.move) }
        let session = selected(context)
        let none = session == nil ? "there is no session to choose" : nil
        let problem = session.flatMap { context.data.reports.problem(of: $0.id) }
        let isInitial = context.data.sessions.filter == .initial
        return [
            problem == nil
                ? Binding([.enter, .right], hint: "open", "Open the session", refusal: none, .open)
                : Binding([.enter], hint: "dismiss", "Take the note off the session", .dismiss),
            Binding([.character("f")], hint: "filter", "Filter by time, status, agent and redactions", .filter),
            Binding([.character("x")], hint: isInitial ? nil : "reset", "Take the filter off", refusal: isInitial ? "there is no filter" : nil, .resetFilter),
        ]
            + FindKeys.list(isActive: find.isActive, find: .find, stop: .stopFinding)
            + SessionMarks.bindings(session, context, mark: .mark, clear: .clearMarks, save: .save)
            + [SessionActions.agentBinding(session, .agent), SessionActions.latencyBinding(.latency)] + MovementKeys.bindings(by: "row", spaceMoves: false, Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move):
            cursor.move(move, in: rows(context).map(\.id), page: pageRows(context))
            return loadMoreIfNear(context)
        case .open: return selected(context).map { [.open(SessionDetailScreen(summary: $0))] } ?? []
        case .dismiss: return selected(context).map { [.dismissReports($0.id)] } ?? []
        case .mark:
            guard let session = selected(context) else { return [] }
            cursor.move(.by(1), in: rows(context).map(\.id), page: pageRows(context))
            return [.mark(session.id)] + loadMoreIfNear(context)
        case .clearMarks: return [.clearMarks]
        case .save: return SessionMarks.save(selected(context), context)
        case .agent: return SessionActions.showAgent(of: selected(context))
        case .latency: return [.open(LatencyScreen(find: find, context))]
        case .filter: return [.present(SessionFilterDialog(context))]
        case .resetFilter: return [.filterSessions(.initial)]
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

    /// What was typed has changed: the API cannot look for it, so further pages are read while few rows have it.
    private mutating func found(_ context: Context) -> [Intent] {
        cursor.reconcile(with: rows(context).map(\.id), page: pageRows(context))
        return loadMoreIfNear(context)
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        // A list that was let go of, as by the lock, is no reason to leave the place.
        guard context.data.sessions.hasLoaded else { return [] }
        cursor.reconcile(with: rows(context).map(\.id), page: pageRows(context))
        return loadMoreIfNear(context)
    }

    func position(_ context: Context) -> PrintableText { PrintableText(context.data.sessions.loadedLabel) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let rows = rows(context)
        drawFilter(found: rows.count, on: &canvas, in: area, context)
        let emptyText: PrintableText = find.isActive ? "No session that is loaded has this in it." : "No sessions like this."
        ListPane.draw(
            context.data.sessions, isEmpty: rows.isEmpty, emptyText: emptyText, on: &canvas, in: area.droppingRows(1)
        ) { canvas, area in
            Table(columns: Self.columns(context.clock)).draw(rows, cursor: cursor, highlight: find.text, marks: Set(context.data.reports.marks), note: { session in
                context.data.reports.problem(of: session.id).map(ReportWording.problem)
            }, on: &canvas, in: area)
        }
    }

    /// What the list is made of stands above it at all times.
    private func drawFilter(found: Int, on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let marked = SessionMarks.label(context.data)
        let filter = context.data.sessions.filter
        canvas.write(marked, row: area.row, column: area.column + 2, style: .accent.bold)
        let area = Rect(row: area.row, column: area.column + marked.width, columns: area.columns - marked.width, rows: 1)
        let text = filter.text(agents: context.data.agents.items)
        let room = find.isActive ? max(area.columns / 2 - 4, 12) : area.columns - 4
        let style: Style = filter == .initial ? .faint : .accent
        let used = canvas.write(text, row: area.row, column: area.column + 2, width: room, style: style)
        guard find.isActive else { return }
        let column = area.column + 2 + used + 3
        find.draw(
            found: found, of: context.data.sessions.countLabel, on: &canvas, row: area.row, column: column,
            width: area.columns - column - 2)
    }

    private func rows(_ context: Context) -> [CallSession] {
        Self.found(context.data.sessions.items, find)
    }

    /// Those with what was typed behind `/` in them.
    static func found(_ sessions: [CallSession], _ find: FindField) -> [CallSession] {
        guard !find.text.isEmpty else { return sessions }
        return sessions.filter {
            find.matches($0.agentName, $0.id.rawValue, $0.status?.rawValue, $0.upstreamModel, $0.redactionsByKind.map(Format.kinds))
        }
    }

    private func selected(_ context: Context) -> CallSession? {
        let rows = rows(context)
        return rows.indices.contains(cursor.index) ? rows[cursor.index] : nil
    }

    private func loadMoreIfNear(_ context: Context) -> [Intent] {
        rows(context).count - cursor.index <= 2 * pageRows(context) ? [.loadMoreSessions] : []
    }

    private func pageRows(_ context: Context) -> Int { context.page.rows - 2 }

    /// In a narrow window the model goes first, then the count of redactions, the kinds, the duration.
    static func columns(_ clock: Clock) -> [Column<CallSession>] { [
        Column(title: clock.title("STARTED"), width: 16, minimum: 15, givesWay: nil) { session in
            guard let started = session.startedAt else { return CellText.optional(nil) }
            return Span(CellText.name(clock.short(started), id: "", malformed: session.malformedFields))
        },
        Column(title: "AGENT", width: 22, minimum: 16, givesWay: nil, maximum: 36) { session in
            CellText.optional(session.agentName ?? session.agentID?.rawValue)
        },
        Column(title: "STATUS", width: 9, minimum: 9, givesWay: nil) { CellText.status($0.status) },
        Column(title: "DURATION", width: 9, minimum: 8, givesWay: 1, alignment: .right) {
            CellText.optional($0.durationMS.map(Format.milliseconds))
        },
        Column(title: "REDACTED", width: 8, minimum: 8, givesWay: 3, alignment: .right) {
            CellText.optional($0.redactionCount.map(Format.count))
        },
        Column(title: "KINDS", width: 26, minimum: 16, givesWay: 2, maximum: 48) {
            CellText.optional($0.redactionsByKind.map(Format.kinds))
        },
        Column(title: "MODEL", width: 18, minimum: 12, givesWay: 4) { CellText.optional($0.upstreamModel) },
    ] }
}
