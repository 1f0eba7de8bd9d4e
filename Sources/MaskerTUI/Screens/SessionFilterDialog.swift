import MaskerAPI

/// The API's own filters of the list of sessions, as a form.
struct SessionFilterDialog: Screen {
    private var since: TextField
    private var status: Int
    private var agent: TextField
    private var minRedactions: TextField
    private var focus = Field.since
    private var problem: PrintableText?

    private typealias Field = SessionFilterText.Field
    enum Command: Sendable { case apply, next, previous, choose(Int), cancel }

    private static let statuses: [CallStatus?] = [nil] + SessionFilterText.statuses

    init(_ context: Context) {
        let filter = context.data.sessions.filter
        since = TextField(filter.since ?? "", limit: 30)
        status = Self.statuses.firstIndex(of: filter.status) ?? 0
        let name = filter.agentID.map { id in context.data.agents[id]?.name ?? id.rawValue }
        agent = TextField(name ?? "", limit: 80)
        minRedactions = TextField(filter.minRedactions.map(String.init) ?? "", limit: 9)
    }

    var title: String { "Filter the sessions" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding([.enter], hint: "apply", "Show the sessions that are left", .apply),
            Binding([.tab, .down], hint: "next", "To the next field", .next),
            Binding([.backTab, .up], "To the field before", .previous),
            Binding([.left], hint: "choose", "The choice before, where there are some", .choose(-1)),
            Binding([.right], "The next choice", .choose(1)),
            Binding([.escape], hint: "cancel", "Leave the filter as it is", .cancel),
        ]
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        let isTaken: Bool
        switch focus {
        case .since: isTaken = since.edit(event)
        case .status:
            if case .key(.character(" ")) = event { return choose(1, context) }
            isTaken = false
        case .agent: isTaken = agent.edit(event)
        case .minRedactions: isTaken = minRedactions.edit(event)
        }
        if isTaken { problem = nil }
        return isTaken ? [] : nil
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .cancel: return [.close]
        case .next: move(1)
        case .previous: move(-1)
        case .choose(let step): return choose(step, context)
        case .apply: return apply(context)
        }
        return []
    }

    private mutating func move(_ step: Int) {
        let count = Field.allCases.count
        focus = Field(rawValue: (focus.rawValue + step + count) % count) ?? .since
    }

    private mutating func choose(_ step: Int, _ context: Context) -> [Intent] {
        problem = nil
        switch focus {
        case .since: since = TextField(Self.after(since.text, in: SessionFilterText.times, step), limit: 30)
        case .status: status = (status + step + Self.statuses.count) % Self.statuses.count
        case .agent:
            let names = [""] + context.data.agents.items.compactMap(\.name).sorted()
            agent = TextField(Self.after(agent.text, in: names, step), limit: 80)
        case .minRedactions:
            minRedactions = TextField("\(max((Int(minRedactions.text) ?? 0) + step, 0))", limit: 9)
        }
        return []
    }

    private static func after(_ value: String, in choices: [String], _ step: Int) -> String {
        guard let index = choices.firstIndex(of: value) else { return choices.first ?? "" }
        return choices[(index + step + choices.count) % choices.count]
    }

    /// What is wrong is said in the dialog, and what was typed stays.
    private mutating func apply(_ context: Context) -> [Intent] {
        let text = SessionFilterText(
            since: since.text, status: Self.statuses[status]?.rawValue ?? "", agent: agent.text, minRedactions: minRedactions.text)
        do {
            return [.close, .filterSessions(try text.filter(agents: context.data.agents))]
        } catch {
            problem = PrintableText(error.sentence)
            focus = error.field
            return []
        }
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let width = min(area.columns - 2, 66)
        let inside = Box.draw("Filter the sessions", on: &canvas, in: area.centered(columns: width, rows: 9))
        func label(_ text: String, _ field: Field, _ hint: String) {
            let row = inside.row + 1 + field.rawValue
            canvas.write(field == focus ? "▌" : " ", row: row, column: inside.column - 1, style: .accent.bold)
            canvas.write(PrintableText(text), row: row, column: inside.column + 1, style: .label)
            canvas.write(PrintableText(hint), row: row, column: inside.column + 38, width: inside.columns - 38, style: .faint)
        }
        func input(_ text: TextField, _ field: Field) {
            let row = inside.row + 1 + field.rawValue
            if field == focus {
                text.draw(on: &canvas, row: row, column: inside.column + 15, width: 21)
            } else {
                canvas.write(PrintableText(text.text.isEmpty ? "any" : text.text), row: row, column: inside.column + 15, width: 21)
            }
        }
        label("since", .since, "1h 24h 7d 30d, a date")
        input(since, .since)
        label("status", .status, "ok error partial")
        let row = inside.row + 1 + Field.status.rawValue
        let shown = PrintableText("‹ \(Self.statuses[status]?.rawValue ?? "any") ›")
        canvas.write(shown, row: row, column: inside.column + 15, style: focus == .status ? .plain.bold.reversed : .plain)
        label("agent", .agent, "name or id")
        input(agent, .agent)
        label("redactions", .minRedactions, "at least")
        input(minRedactions, .minRedactions)
        if let problem { canvas.write(problem, row: inside.row + 6, column: inside.column + 1, width: inside.columns - 1, style: .bad) }
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
