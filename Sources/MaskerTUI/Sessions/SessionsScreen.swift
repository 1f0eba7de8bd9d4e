import FoundationEssentials
import MaskerAPI
import TerminalKit

extension KeyAction {
    static let openSession = KeyAction("session.open", .enter, .right)
    static let filterSessions = KeyAction("session.filter", .character("f"))
    static let resetFilter = KeyAction("session.reset-filter", .character("x"))
    static let follow = KeyAction("session.follow", .character("F"))
    static let stopReading = KeyAction("session.stop-reading", .escape)
    static let stopFollowing = KeyAction("session.stop-following", .escape)
    static let ring = KeyAction("session.ring", .character("b"))
}

/// The list of the account's sessions, newest first.
struct SessionsScreen: ListScreen {
    static let keys = ScreenKeys(
        page: "sessions",
        [.openSession, .dismissSessionNote, .filterSessions, .resetFilter, .follow, .stopReading, .stopFollowing, .ring] + FindKeys.actions
            + SessionMarks.actions + SessionActions.actions + ListDialog.actions + CopyKeys.sessionActions + MovementKeys.marking,
        typing: FindKeys.typing + MovementKeys.finding)

    var body = ListBody<SessionRows>()

    enum Command: Sendable {
        case move(ScrollMove), open, dismiss, agent, latency, filter, resetFilter, stopReading, mark, clearMarks, save, find, keepFinding, stopFinding,
            arrange(ListDialog), copy(CopiedText?), follow(Bool), ring(Bool)
    }

    var title: String { "Sessions" }

    static func listing(_ data: FeatureStates) -> SessionListing { data.sessions.list }
    static func layout(_ layouts: ListLayouts) -> ListLayout { layouts.sessions }
    static func loadMore(_ priority: RequestPriority) -> Intent { .change(.sessions(.loadMore(priority))) }
    func staysOnTop(_ context: Context) -> Bool { context.data.sessions.follow.isOn }

    func bindings(_ context: Context) -> [Binding<Command>] {
        if isTyping { return FindKeys.typing(keep: .keepFinding, stop: .stopFinding) + MovementKeys.whileFinding(Command.move) }
        let session = selected(context)
        let none = session == nil ? "there is no session to select" : nil
        let problem = session.flatMap { context.data.reports.problem(of: $0.id) }
        let isInitial = context.data.sessions.list.filter == .initial
        let isReadingOn = context.data.sessions.isReadingOn
        return [
            problem == nil
                ? Binding(.openSession, hint: "open", "Open the session", refusal: none, .open)
                : Binding(.dismissSessionNote, hint: "dismiss", "Dismiss the note about the session", .dismiss),
        ]
            // The key that ends something comes early, so that narrow windows show it, too.
            + (isReadingOn ? [Binding(.stopReading, hint: "stop reading", "Stop reading further pages", .stopReading)] : []) + [
            Binding(.filterSessions, hint: "filter", "Filter by time, status, agent and redactions", .filter),
            Binding(.resetFilter, hint: isInitial ? nil : "reset", "Reset the filter", refusal: isInitial ? "there is no filter" : nil, .resetFilter),
        ]
            // While following, the key that stops it comes early, so that narrow windows show it, too.
            + (context.data.sessions.follow.isOn ? followBindings(context) : [])
            + FindKeys.list(isActive: body.find.isActive && !isReadingOn, find: .find, stop: .stopFinding)
            + SessionMarks.bindings(session, context, mark: .mark, clear: .clearMarks, save: .save)
            + [SessionActions.agentBinding(session, .agent), SessionActions.latencyBinding(.latency)]
            + (context.data.sessions.follow.isOn ? [] : followBindings(context))
            + ListDialog.bindings(Command.arrange) + CopyKeys.session(session?.id, context, Command.copy) + MovementKeys.bindings(by: "row", spaceMoves: false, Command.move)
    }

    private func followBindings(_ context: Context) -> [Binding<Command>] {
        let follow = context.data.sessions.follow
        let isOff = follow.isOn ? nil : "\(context.settings.keyName(.follow, on: Self.keys)) follows the sessions first"
        // While pages are read on or a search hides rows, the same key ends that first.
        let alsoStops: [KeyAction] = body.find.isActive || context.data.sessions.isReadingOn ? [] : [.stopFollowing]
        let isEnded = context.data.sessions.list.filter.until.map { $0 <= context.serverTime } ?? false
        let isOver = isEnded ? "the list ends in the past; \(context.settings.keyName(.resetFilter, on: Self.keys)) takes the filter off" : nil
        return [
            follow.isOn
                ? Binding(.follow, or: alsoStops, hint: "stop", "Stop following the sessions", .follow(false))
                : Binding(.follow, hint: "follow", "Follow: load new sessions as they begin, marked with +", refusal: isOver, .follow(true)),
            follow.rings
                ? Binding(.ring, hint: "no bell", priority: .low, "Bell off", refusal: isOff, .ring(false))
                : Binding(.ring, hint: "bell", priority: .low, "While following, ring for new errors", refusal: isOff, .ring(true)),
        ]
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        let session = selected(context)
        switch command {
        case .move(let move): return self.move(move, context)
        case .open: return session.map { [.open(.session($0.id, Known($0)))] } ?? []
        case .dismiss: return session.map { [.change(.reports(.dismiss($0.id)))] } ?? []
        case .mark:
            guard let session else { return [] }
            return [.change(.reports(.mark(session.id)))] + move(.by(1), context)
        case .clearMarks: return [.change(.reports(.clearMarks))]
        case .save: return SessionMarks.save(session, context)
        case .copy(let text): return CopyKeys.intents(text, context)
        case .agent: return SessionActions.showAgent(of: session)
        case .latency: return [.open(.latency(marking: nil, Known(body.find)))]
        case .filter: return [.open(.filterSessions)]
        case .resetFilter: return [.change(.sessions(.filter(.initial)))]
        case .stopReading: return [.change(.sessions(.stopReading))]
        case .arrange(let dialog): return [.open(dialog.route(for: .sessions))]
        case .follow(let isOn): return [.change(.sessions(.follow(isOn)))]
        case .ring(let isOn): return [.change(.sessions(.ring(isOn)))]
        case .find: body.find.begin()
        case .keepFinding: body.find.keep()
        case .stopFinding: return stopFinding(context)
        }
        return []
    }

    /// The API cannot search sessions, so the console reads further pages while few rows match.
    func found(_ context: Context) -> [Intent] { loadMoreIfNear(context, .bulk) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let rows = body.rows(context.data.sessions.list), columns = Self.columns(context.clock), layout = context.data.lists.layouts.sessions
        ListPane.drawHead(
            head(columns, context), body.find, found: rows.count, of: context.data.sessions.list.countLabel, on: &canvas, in: area)
        let emptyText: PrintableText = body.find.isActive ? "No loaded session matches." : noneText(context)
        ListPane.draw(
            context.data.sessions.list, isEmpty: rows.isEmpty, emptyText: emptyText, context.settings, on: &canvas, in: area.droppingRows(1)
        ) { canvas, area in
            let marked = Set(context.data.reports.marks)
            Table(columns: layout.shown(columns)).draw(
                rows, cursor: body.cursor, highlight: body.find.text,
                mark: { marked.contains($0.id) ? Span("●", .accent.bold) : context.data.sessions.follow.isNew($0.id) ? Span("+", .good.bold) : nil },
                note: context.data.reports.saved.isEmpty ? nil : { context.data.reports.problem(of: $0.id).map(ReportWording.problem) },
                on: &canvas, in: area)
        }
    }

    /// The line above the list, which always shows the filter.
    private func head(_ columns: [ListColumn<SessionRows>], _ context: Context) -> [Span] {
        let filter = context.data.sessions.list.filter
        let text = Span(filter.text(agents: context.data.agents.list, context.clock), filter == .initial ? .faint : .accent)
        let sort = context.data.lists.layouts.sessions.sortNote(columns, isComplete: context.data.sessions.list.isComplete)
        return [Span(SessionMarks.label(context.data), .accent.bold), text] + [readingNote(context), followNote(context), sort.map { Span($0, .accent) }].compactMap { $0 }.flatMap { [Span(" · ", .faint), $0] }
    }

    private func followNote(_ context: Context) -> Span? {
        guard context.data.sessions.follow.isOn else { return nil }
        let schedule = context.data.sessions.follow.schedule
        // After a failure, the time of the next try is shown.
        let pace = schedule.putOffUntil.map { "again at \(context.machineClock.time($0))" } ?? "every \(Int(schedule.interval)) s"
        return Span(PrintableText("following, \(pace)" + (context.data.sessions.follow.rings ? ", errors ring" : "")), .good)
    }

    func pageRows(_ context: Context) -> Int { context.page.rows - 2 }

    /// The text of an empty list, with the reason if it is known.
    private func noneText(_ context: Context) -> PrintableText {
        let sessions = context.data.sessions
        if sessions.isPassingOver { return passingText(sessions, context) }
        let isExceeded = Retention.isExceeded(by: sessions.list.filter.since, now: context.serverTime)
        return isExceeded ? "No sessions like this; \(Retention.sentence)." : "No sessions like this."
    }
}
