import FoundationEssentials
import MaskerAPI
import TerminalKit

/// The first line: the server, the user, how long the login session lasts, and when the data was read.
enum Header {
    static func draw(_ state: AppState, on canvas: inout Canvas) {
        let width = state.size.columns
        canvas.write("masker", row: 0, column: 1, style: .title)
        let label = state.settings.label?.text ?? ""
        let hostColumn = label.width == 0 ? 9 : 9 + label.width + 2
        canvas.write(label, row: 0, column: 9, style: .title)
        // If space is short, the words about the login session are shortened first, then the refresh time is left out, then the
        // user. The login session's remaining time always stays.
        let hostNeeds = min(state.settings.host.count, label.width == 0 ? 16 : 8)
        func fits(_ spans: [Span]) -> Bool { spans.reduce(0) { $0 + $1.text.width + 3 } + hostColumn + 1 + hostNeeds <= width }
        var right = [who(state), login(state, isShort: false), refreshed(state)]
        if !fits(right) { right[1] = login(state, isShort: true) }
        while right.count > 1, !fits(right) { right.remove(at: right.count == 3 ? 2 : 0) }
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

    private static func login(_ state: AppState, isShort: Bool) -> Span {
        if state.isSignedOut, !state.data.account.login.isToken { return Span("no login session", .faint) }
        guard let source = state.data.account.login.source else { return Span(state.data.account.login.isToken ? "token refused" : "no login session", .faint) }
        if source == .token { return Span("API token") }
        let signedIn = isShort ? "" : "signed in · "
        guard let remaining = state.data.account.loginRemaining(state.wall) else { return Span(PrintableText(signedIn + "? left"), .faint) }
        let isNew = state.data.account.renewalSeenAt.map { state.now.timeIntervalSince($0) < AccountFeature.renewalMarkLasts } ?? false
        if remaining <= 0 { return Span("⚠ login session expired", .warning) }
        if remaining < warnBefore { return Span(PrintableText("⚠ \(signedIn)\(Format.remaining(remaining)) left"), .warning) }
        return Span(PrintableText((isNew ? (isShort ? "✓ " : "✓ renewed · ") : signedIn) + "\(Int(min(remaining, 1e10) / 86_400))d left"), isNew ? .good : .plain)
    }

    private static func refreshed(_ state: AppState) -> Span {
        let isShown = state.refresh.shownFrom.map { $0 <= state.now } ?? false
        if state.refresh.isOut, isShown || state.refreshedAt == nil { return Span(state.settings.isPlain ? "refreshing…" : "↻ …", .faint) }
        if let left = state.refresh.putOffUntil?.timeIntervalSince(state.now), left > 0 {
            return Span(PrintableText("↻ in \(Int(left.rounded(.up))) s"), .warning)
        }
        return Span(PrintableText((state.settings.isPlain ? "refreshed " : "↻ ") + (state.refreshedAt.map(state.machineClock.time) ?? "never")), .faint)
    }
}
