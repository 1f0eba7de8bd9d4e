import MaskerAPI

/// The account's call sessions, newest first.
struct SessionsScreen: Screen {
    private(set) var cursor = ListCursor<Identifier<CallSession>>()

    enum Command: Sendable { case move(ScrollMove), open }

    var title: String { "Sessions" }

    func bindings(_ context: Context) -> [Binding<Command>] {
        let none = context.data.sessions.items.isEmpty ? "there is no session to choose" : nil
        return [Binding([.enter, .right], hint: "open", "Open the session", refusal: none, .open)]
            + MovementKeys.bindings(by: "row", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move):
            cursor.move(move, in: context.data.sessions.items.map(\.id), page: pageRows(context))
            return loadMoreIfNear(context)
        case .open:
            let items = context.data.sessions.items
            guard items.indices.contains(cursor.index) else { return [] }
            return [.open(SessionDetailScreen(summary: items[cursor.index]))]
        }
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        // A list that was let go of, as by the lock, is no reason to leave the place.
        guard context.data.sessions.hasLoaded else { return [] }
        cursor.reconcile(with: context.data.sessions.items.map(\.id), page: pageRows(context))
        return loadMoreIfNear(context)
    }

    func position(_ context: Context) -> PrintableText {
        let loaded = context.data.sessions.loadedLabel
        return PrintableText(loaded.isEmpty ? "" : "last \(context.settings.sessionsSince) · \(loaded)")
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        ListPane.draw(
            context.data.sessions, emptyText: PrintableText("No sessions in the last \(context.settings.sessionsSince)."),
            on: &canvas, in: area
        ) { canvas, area in
            Table(columns: Self.columns).draw(context.data.sessions.items, cursor: cursor, on: &canvas, in: area)
        }
    }

    private func loadMoreIfNear(_ context: Context) -> [Intent] {
        let left = context.data.sessions.items.count - cursor.index
        return left <= 2 * pageRows(context) ? [.loadMoreSessions] : []
    }

    private func pageRows(_ context: Context) -> Int { context.page.rows - 1 }

    /// In a narrow window the model goes first, then the count of redactions, the kinds, the duration.
    static let columns: [Column<CallSession>] = [
        Column(title: "STARTED (UTC)", width: 16, minimum: 15, givesWay: nil) { session in
            guard let started = session.startedAt else { return CellText.optional(nil) }
            return Span(CellText.name(Format.shortDateTime(started), id: "", malformed: session.malformedFields))
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
    ]
}
