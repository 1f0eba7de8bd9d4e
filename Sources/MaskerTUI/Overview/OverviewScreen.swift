import MaskerAPI
import TerminalKit

extension KeyAction {
    static let openOverviewSessions = KeyAction("overview.open-sessions", .enter, .right)
    static let changeWindow = KeyAction("overview.change-window", .character("t"))
}

/// Shows how the account is doing. It is made to be left open.
struct OverviewScreen: ScrollingScreen {
    static let keys = ScreenKeys(page: "overview", [.openOverviewSessions, .changeWindow] + MovementKeys.actions)

    private var chosen: OverviewTarget?
    var scroll = ScrollPosition()

    enum Command: Sendable { case move(ScrollMove), open, window }

    var title: String { "Overview" }

    func bindings(_ context: Context) -> [Binding<Command>] {
        let refusal = visibleTarget(context) == nil ? "nothing is selected: \(context.settings.keyName(.down, on: Self.keys)) and \(context.settings.keyName(.up, on: Self.keys)) select" : nil
        let next = context.data.overviews.window.next.name
        return [
            Binding(.openOverviewSessions, hint: "sessions", "Show the sessions of the agent or the status", refusal: refusal, .open),
            Binding(.changeWindow, hint: "last \(next)", "Change the window of time: 1 h, 24 h, 7 d", .window),
        ] + MovementKeys.bindings(by: "row", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move): self.move(move, context)
        case .window:
            scroll = ScrollPosition()
            return [.change(.overview(.window(context.data.overviews.window.next)))]
        case .open:
            guard let target = visibleTarget(context) else { return [] }
            return [.change(.sessions(.filter(target.filter(context.data.overviews.window)))), .select(.sessions)]
        }
        return []
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        guard context.data.overviews.shown != nil else { return [] }
        fitScroll(context)
        return context.data.agents.list.items.count < Overview.mostAgents ? [.change(.agents(.loadMore(.bulk)))] : []
    }

    mutating func forget() { chosen = nil }

    func lineCount(_ context: Context) -> Int { layout(context)?.main.document.lines.count ?? 0 }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        guard let layout = layout(context) else {
            canvas.write("Loading…", row: area.row + 1, column: area.column + 2, style: .faint)
            return
        }
        layout.draw(from: scroll.top, chosen: visibleTarget(context), on: &canvas, in: area)
    }

    private func layout(_ context: Context) -> OverviewLayout? {
        context.data.overviews.shown.map { OverviewLayout($0, context) }
    }

    // MARK: Choosing

    /// A step of one row selects the next place, or scrolls when there is none. Other moves scroll.
    private mutating func move(_ move: ScrollMove, _ context: Context) {
        guard let pane = layout(context)?.main else { return }
        let places = pane.places, lines = pane.document.lines.count, page = context.page.rows
        guard case .by(let step) = move, let index = index(in: places, page: page), places.indices.contains(index + step) else {
            scroll.move(move, lines: lines, page: page)
            return
        }
        chosen = places[index + step].target
        let line = places[index + step].line
        scroll.move(.by(min(line - scroll.top, 0) + max(line - scroll.top - page + 1, 0)), lines: lines, page: page)
    }

    /// The index of the selected place. When it is no longer in view, the first visible agent is selected instead.
    private func index(in places: [OverviewPane.Place], page: Int) -> Int? {
        let visible = scroll.top..<scroll.top + page
        if let index = places.firstIndex(where: { $0.target == chosen }), visible.contains(places[index].line) { return index }
        let inSight = places.indices.filter { visible.contains(places[$0].line) }
        return inSight.first { if case .agent = places[$0].target { true } else { false } } ?? inSight.first
    }

    private func visibleTarget(_ context: Context) -> OverviewTarget? {
        guard let places = layout(context)?.main.places, let index = index(in: places, page: context.page.rows) else { return nil }
        return places[index].target
    }
}
