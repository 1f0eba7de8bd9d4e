import MaskerAPI
import TerminalKit

/// The form for the filter that the API applies to the list of sessions.
struct SessionFilterDialog: Screen {
    static let keys = ScreenKeys(dialog: "filter-sessions", [], typing: [.confirm, .cancel] + FormKeys.actions)

    private var form: Form<SessionFilterText.Field>

    enum Command: Sendable { case apply, form(Form<SessionFilterText.Field>.Move), cancel }

    private static let anyStatus = "any"

    init(_ context: Context) {
        let filter = context.data.sessions.list.filter
        let clock = context.clock
        let zone = clock.style.zone == .utc ? "UTC" : "local"
        let statuses = [Self.anyStatus] + SessionFilterText.statuses.map(\.rawValue)
        let agents = context.data.agents.list.items
        let name = filter.agentID.map { id in
            context.data.agents.list[id].map { AgentReference.text(for: $0, in: agents) } ?? id.rawValue
        }
        form = Form([
            .init(
                id: .since, label: "since (\(zone))", hint: "2h, yesterday 14:05", placeholder: "any",
                input: .text(TextField(filter.since.map(clock.typed(since:)) ?? "", limit: 40), suggestions: SessionFilterText.times)),
            .init(
                id: .until, label: "until (\(zone))", hint: "a day counts whole", placeholder: "now",
                input: .text(TextField(filter.until.map(clock.typed(until:)) ?? "", limit: 40), suggestions: [""] + SessionFilterText.days)),
            .init(
                id: .status, label: "status", hint: "ok error partial",
                input: .choice(statuses, selected: statuses.firstIndex(of: filter.status?.rawValue ?? Self.anyStatus) ?? 0)),
            .init(
                id: .agent, label: "agent", hint: "name or id", placeholder: "any",
                input: .text(TextField(name ?? "", limit: 80), suggestions: [""] + agents.compactMap(\.name).sorted())),
            .init(
                id: .minRedactions, label: "redactions", hint: "at least", placeholder: "any",
                input: .number(TextField(filter.minRedactions.map(String.init) ?? "", limit: 9))),
        ])
    }

    var title: String { "Filter the sessions" }
    var presentation: Presentation { .dialog }
    var hasTypedText: Bool { form.hasChanges }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [Binding(.confirm, hint: "apply", "Show the sessions that match", .apply)] + FormKeys.bindings(Command.form)
            + [Binding(.cancel, hint: "cancel", "Close without changing the filter", .cancel)]
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? { form.edit(event) ? [] : nil }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .cancel: return [.close]
        case .form(let move):
            form.perform(move)
            return []
        case .apply: return apply(context)
        }
    }

    /// Applies the filter. A problem is shown in the dialog, and the typed text stays.
    private mutating func apply(_ context: Context) -> [Intent] {
        let status = form.text(.status)
        let text = SessionFilterText(
            since: form.text(.since), until: form.text(.until), status: status == Self.anyStatus ? "" : status,
            agent: form.text(.agent), minRedactions: form.text(.minRedactions))
        do {
            return [.close, .change(.sessions(.filter(try text.filter(agents: context.data.agents.list, context.clock))))]
        } catch {
            form.change(error.field) { $0.problem = PrintableText(error.sentence) }
            form.focus(on: error.field)
            return []
        }
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let width = min(area.columns - 2, 66)
        let rows = form.rows(columns: width - 6)
        let inside = Box.draw("Filter the sessions", on: &canvas, in: area.centered(columns: width, rows: max(rows, 6) + 4))
        form.draw(on: &canvas, row: inside.row + 1, column: inside.column, columns: inside.columns, values: 21)
    }
}

extension String {
    var trimmingSpaces: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
