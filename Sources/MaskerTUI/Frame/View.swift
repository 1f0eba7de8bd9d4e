import FoundationEssentials
import Glibc
import MaskerAPI
import TerminalKit

/// Draws the state. Pure; the terminal and the tests use the same function.
func view(_ state: AppState) -> Canvas {
    var canvas = Canvas(size: state.size, isPlain: state.settings.isPlain)
    guard !state.isTooSmall else {
        Frame.drawTooSmall(state, on: &canvas)
        return canvas
    }
    let context = state.frontContext
    Frame.drawHeader(state, on: &canvas)
    let dialogs = state.dialogs.map(\.screen)
    // A screen reader reads whole lines, so the page is not drawn beside a dialog.
    let shown = canvas.isPlain ? dialogs.suffix(1) : dialogs[...]
    if let cover = state.cover {
        canvas.rule(row: 1, column: 1, columns: state.size.columns - 2)
        cover.screen.draw(on: &canvas, in: Rect(row: 2, column: 0, columns: state.size.columns, rows: state.size.rows - 4), context)
    } else if shown.isEmpty || !canvas.isPlain {
        Frame.drawTabs(state, on: &canvas)
        state.page.draw(on: &canvas, in: state.pageArea, context)
    }
    if state.isPageCovered { canvas.dropTargets() }
    for dialog in shown { dialog.draw(on: &canvas, in: state.dialogArea, context) }
    Frame.drawFoot(state, context, on: &canvas)
    if canvas.isPlain, canvas.cursor == nil { canvas.cursor = (state.pageArea.row, 0) }
    return canvas
}

/// Draws the parts around every screen: header, tabs, rules and hint line.
enum Frame {
    // MARK: Header

    static func drawHeader(_ state: AppState, on canvas: inout Canvas) {
        let width = state.size.columns
        canvas.write("masker", row: 0, column: 1, style: .title)
        let label = state.settings.label?.text ?? ""
        let hostColumn = label.width == 0 ? 9 : 9 + label.width + 2
        canvas.write(label, row: 0, column: 9, style: .title)
        var right = rightSide(state)
        // If space is short, the refresh time is left out first, then the user. The login session's remaining time always stays.
        let hostNeeds = min(state.settings.host.count, label.width == 0 ? 16 : 8)
        while right.count > 1, right.reduce(0, { $0 + $1.text.width + 3 }) + hostColumn + 1 + hostNeeds > width {
            right.remove(at: right.count == 3 ? 2 : 0)
        }
        let used = right.reduce(0) { $0 + $1.text.width } + 3 * max(right.count - 1, 0)
        var column = max(width - 1 - used, 9)
        let room = column - hostColumn - 2
        canvas.write(PrintableText(state.settings.host), row: 0, column: hostColumn, width: room, style: .accent)
        for span in right {
            canvas.write(span.text, row: 0, column: column, style: span.style)
            column += span.text.width + 3
        }
        if let tint = state.settings.label?.tint { color(tint, on: &canvas) }
    }

    /// Colours the whole line, so that servers are not mistaken for each other.
    private static func color(_ tint: Tint, on canvas: inout Canvas) {
        canvas.restyle(row: 0, column: 0, columns: canvas.size.columns) { style in
            style.role = .plain
            style.tint = tint
            style.isReversed = true
        }
    }

    /// The user, the remaining login time and the refresh time: always three parts, which makes it simple to leave parts out.
    private static func rightSide(_ state: AppState) -> [Span] {
        [who(state), login(state), refreshed(state)]
    }

    private static func who(_ state: AppState) -> Span {
        guard !state.isSignedOut else { return Span("not signed in", .faint) }
        let trouble = state.data.account.user.failure.map(trouble)
        guard let user = state.data.account.user.value else {
            return trouble.map { Span("⚠ user unknown" + $0, .warning) } ?? Span("signing in…", .faint)
        }
        let name = PrintableText(user.login ?? user.id ?? "?").truncated(to: 24)
        if let trouble { return Span("⚠ " + name + trouble, .warning) }
        // If the server does not say what the user may do, the role is left out.
        guard user.mayAdminister != nil else { return Span(name) }
        return Span(name + " · " + PrintableText(AccountScreen.role(user)).truncated(to: 12))
    }

    /// The HTTP status of a refusal, if there is one. The account's page says the reason in full.
    private static func trouble(_ error: APIError) -> PrintableText { PrintableText(error.status.map { " (\($0))" } ?? "") }

    /// Below this number of seconds, the remaining login time is shown as a warning.
    private static let warnBefore = 3.0 * 86_400

    private static func login(_ state: AppState) -> Span {
        guard let source = state.data.account.login.source else { return Span(state.data.account.login.isToken ? "token refused" : "no login session", .faint) }
        if source == .token { return Span("API token") }
        // A narrow window has room for the user's name or for these words, but not for both.
        let signedIn = state.size.columns < 80 ? "" : "signed in · "
        guard let remaining = state.data.account.loginRemaining(state.wall) else { return Span(PrintableText(signedIn + "? left"), .faint) }
        let isNew = state.data.account.renewalSeenAt.map { state.now.timeIntervalSince($0) < AccountFeature.renewalMarkLasts } ?? false
        if remaining <= 0 { return Span("⚠ login session expired", .warning) }
        if remaining < warnBefore { return Span(PrintableText("⚠ \(signedIn)\(Format.remaining(remaining)) left"), .warning) }
        return Span(PrintableText((isNew ? "✓ renewed · " : signedIn) + "\(Int(min(remaining, 1e10) / 86_400))d left"), isNew ? .good : .plain)
    }

    private static func refreshed(_ state: AppState) -> Span {
        if state.refresh.isOut, state.refreshedAt == nil { return Span("↻ …", .faint) }
        if let left = state.refresh.putOffUntil?.timeIntervalSince(state.now), left > 0 {
            return Span(PrintableText("↻ in \(Int(left.rounded(.up))) s"), .warning)
        }
        return Span(PrintableText((state.settings.isPlain ? "refreshed " : "↻ ") + (state.refreshedAt.map(state.clock.time) ?? "never")), .faint)
    }

    // MARK: Tabs

    static func drawTabs(_ state: AppState, on canvas: inout Canvas) {
        var column = 1
        let names = Tab.allCases.map { state.settings.keys.keys(of: GlobalKeys.action($0), on: GlobalKeys.keys).first?.name ?? "" }
        let needed = zip(Tab.allCases, names).reduce(1) { $0 + $1.0.label(state.data).count + 1 + $1.1.count }
        let gap = min(max((state.size.columns - needed) / Tab.allCases.count, 1), 3)
        for (tab, name) in zip(Tab.allCases, names) {
            let isCurrent = tab == state.tab
            let start = column
            column += canvas.write(PrintableText(name), row: 1, column: column, style: .key) + 1
            let label = PrintableText(tab.label(state.data) + (isCurrent && canvas.isPlain ? " (here)" : ""))
            let style = isCurrent ? Style(.plain, bold: true, underlined: true) : .plain
            column += canvas.write(label, row: 1, column: column, style: style)
            canvas.addTarget(.tab(tab.rawValue), row: 1, column: start, columns: column - start)
            column += gap
        }
        canvas.rule(row: 2, column: 1, columns: state.size.columns - 2)
    }

    // MARK: Foot

    static func drawFoot(_ state: AppState, _ context: Context, on canvas: inout Canvas) {
        let rule = state.size.rows - 2, hints = state.size.rows - 1
        canvas.rule(row: rule, column: 1, columns: state.size.columns - 2)
        if let notice = state.notice {
            canvas.write(" " + notice.text + " ", row: rule, column: 2, width: state.size.columns - 4, style: notice.kind.style)
        } else if !state.isClosed, let saving = SavingLine.spans(state, width: state.size.columns - 4) {
            canvas.write(saving, row: rule, column: 2, width: state.size.columns - 4)
        }
        let position = state.front.position(context)
        let positionColumn = state.size.columns - 1 - position.width
        canvas.write(position, row: hints, column: positionColumn, style: .faint)
        drawHints(state, context, columns: positionColumn - 2, row: hints, on: &canvas)
    }

    /// Draws as many complete hints as fit, chosen by priority: first help and quit, then the keys of the screen, menu and
    /// refresh, then the others. They are drawn in the order of their tables.
    private static func drawHints(_ state: AppState, _ context: Context, columns: Int, row: Int, on canvas: inout Canvas) {
        let keys = state.front.keyHelp(context)
        let own = keys.filter { $0.hint != nil && !$0.keys.isEmpty }
        let hasGlobal = !state.isPageCovered && !state.page.isTyping
        let global = hasGlobal ? GlobalKeys.onPages(state.settings).map(\.keyHelp).filter { $0.hint != nil && !$0.isHidden(by: keys) } : []
        let hints = (own + global).map { Hint($0) }
        var room = columns - 1
        var fits = [Bool](repeating: false, count: hints.count)
        let order = Array(own.indices) + (own.count..<hints.count).reversed()
        for priority in HintPriority.allCases {
            for index in order where hints[index].priority == priority && hints[index].width <= room {
                room -= hints[index].width
                fits[index] = true
            }
        }
        var column = 1
        for (hint, fits) in zip(hints, fits) where fits {
            let keyWidth = canvas.write(PrintableText(hint.key), row: row, column: column, style: .key)
            canvas.write(PrintableText(hint.word), row: row, column: column + keyWidth + 1, style: hint.style)
            column += hint.width
        }
    }

    /// A key and its word, with the columns that they need.
    private struct Hint {
        let key: String
        let word: String
        let style: Style
        let priority: HintPriority
        let width: Int

        init(_ help: KeyHelp) {
            key = help.keys.first?.name ?? ""
            word = help.hint ?? ""
            style = help.refusal == nil ? .plain : .faint
            priority = help.priority
            width = key.count + 1 + word.count + 2
        }
    }

    // MARK: Too small

    static func drawTooSmall(_ state: AppState, on canvas: inout Canvas) {
        let needed = "needs \(AppState.smallest.columns)x\(AppState.smallest.rows)"
        let here = "window too small: \(state.size.columns)x\(state.size.rows)"
        let sentences: [PrintableText] = ["\(here), masker-tui \(needed)", "\(here), \(needed)", "too small, \(needed)", "\(needed)"]
        let fitting = sentences.first { $0.width <= state.size.columns } ?? "\(needed)"
        canvas.write(fitting, row: 0, column: 0)
    }
}
