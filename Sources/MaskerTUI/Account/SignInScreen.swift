import FoundationEssentials
import Glibc
import MaskerAPI
import TerminalKit

extension KeyAction {
    static let clearField = KeyAction("account.clear-field", .escape)
}

/// Over everything when nobody is signed in: what happened, how to get a new login session, and a field for it.
struct SignInScreen: Screen {
    static let keys = ScreenKeys(dialog: "sign-in", [], typing: [.confirm, .clearField, .chooseProfile, .quitAtOnce])

    let reason: SignedOutReason
    /// Of the login session that was refused.
    let status: LoginStatus
    /// Whether that one had ended by the server's clock.
    private let hadEnded: Bool
    private var field = TextField(secrecy: .hidden)
    private var problem: PrintableText?
    private var isChecking = false

    init(reason: SignedOutReason, status: LoginStatus, now: Date) {
        self.reason = reason
        self.status = status
        hadEnded = status.expiresAt.map { $0 <= now } ?? false
    }

    enum Command: Sendable { case submit, clear, profiles, quit }

    var title: String { "Sign in" }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding(.confirm, hint: "sign in", "Check the value with the server and sign in", .submit),
            Binding(.clearField, hint: "clear", "Empty the field", .clear),
        ] + profileBinding(context) + [
            // Ctrl-C works everywhere; it stands here so that the hint line says it.
            Binding(.quitAtOnce, hint: "quit", priority: .always, "Quit", .quit),
        ]
    }

    /// Letters go into the field, so `:profile` is not to be had here.
    private func profileBinding(_ context: Context) -> [Binding<Command>] {
        guard !context.settings.profiles.isEmpty else { return [] }
        return [Binding(.chooseProfile, hint: "profiles", "Go to another server", .profiles)]
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        guard !isChecking, field.edit(event) else { return nil }
        problem = nil
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .submit where isChecking: return []
        case .submit:
            do {
                let cookie = try CookieValue(pasted: field.text)
                isChecking = true
                return [.run(.account(.signIn(cookie)))]
            } catch {
                problem = PrintableText("This is no login session: \(error.description).")
            }
        case .clear:
            field.clear()
            problem = nil
        case .profiles: return [.open(.profiles)]
        case .quit: return [.quit]
        }
        return []
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        guard case .account(.signedIn(.failure(let error)))? = answer else { return [] }
        isChecking = false
        if error.asksForSignIn {
            field.clear()
            problem = "The server does not accept this value; copy a fresh one from the browser."
        } else {
            // The value may be good: it stays, for another try.
            problem = "Could not check the value: " + Wording.failure(error)
        }
        return []
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let box = area.centered(columns: min(area.columns - 4, 84), rows: area.rows)
        let isRoomy = area.rows >= 17
        let lines = instructions(context, width: box.columns, isRoomy: isRoomy)
        let message = message(context, isRoomy: isRoomy)
        let messageLines = message.text.wrapped(to: box.columns - 1)
        // The field is what matters: in a small window the text above it gives way.
        let fieldRow = min(box.row + lines.count, box.row + box.rows - 1 - messageLines.count)
        for (offset, line) in lines.prefix(fieldRow - box.row).enumerated() {
            canvas.write(line.spans, row: box.row + offset, column: box.column, width: box.columns)
            if let link = line.link {
                canvas.addLink(Canvas.Link(row: box.row + offset, column: box.column + 4, text: link, url: context.settings.signInURL))
            }
        }
        canvas.write("masker_session", row: fieldRow, column: box.column + 1, style: .label)
        field.draw(on: &canvas, row: fieldRow, column: box.column + 17, width: max(box.columns - 18, 10))
        for (offset, line) in messageLines.enumerated() {
            canvas.write(line, row: fieldRow + 1 + offset, column: box.column + 1, style: message.style)
        }
    }

    private struct Line {
        var spans: [Span]
        /// The part of the address that stands on this line.
        var link: PrintableText?
    }

    private func instructions(_ context: Context, width: Int, isRoomy: Bool) -> [Line] {
        func wrapped(_ text: PrintableText, _ style: Style = .plain) -> [Line] {
            text.wrapped(to: width).map { Line(spans: [Span($0, style)]) }
        }
        func step(_ number: Int, _ text: PrintableText) -> [Line] {
            text.wrapped(to: width - 4).enumerated().map { index, line in
                Line(spans: [Span(index == 0 ? " \(number)  " : "    ", .label), Span(line)])
            }
        }
        let blank = isRoomy ? [Line(spans: [])] : []
        let address = PrintableText(context.settings.signInURL).wrapped(to: width - 4).map { line in
            Line(spans: [Span("    "), Span(line, Style(.key, underlined: true))], link: line)
        }
        return wrapped(headline, .title) + wrapped(explanation(context, isRoomy: isRoomy)) + blank
            + (isRoomy ? wrapped("To sign in:", .label) : [])
            + step(1, "Open this page in a browser and sign in there:") + address
            + step(2, "In its developer tools (F12), under Storage or Application, Cookies, copy masker_session.")
            + step(3, "Paste it here (the value, or the whole Cookie line), Enter.") + blank
    }

    private func message(_ context: Context, isRoomy: Bool) -> Span {
        if isChecking { return Span("Checking with \(context.settings.host)…", .accent) }
        if let problem { return Span(problem, .bad) }
        guard let path = context.settings.storePath else { return Span("It will be kept in memory only.", .faint) }
        return Span(isRoomy ? "It will be stored in \(context.settings.shown(path)), readable by you only." : "It will be stored, readable by you only.", .faint)
    }

    private var headline: PrintableText {
        switch reason {
        case .noCookie: "You are not signed in."
        case .refused where status.wasRemovedElsewhere: "You were signed out by another console."
        case .refused where hadEnded: "Your login session has expired."
        case .refused where status.renewedAt != nil: "You were signed out elsewhere, or your login session was ended."
        case .refused: "Your login session is not valid: it has expired, or was signed out."
        case .loggedOut(.onlyHere): "You are logged out here only."
        case .loggedOut: "You are logged out."
        }
    }

    private func environment(_ context: Context) -> String {
        context.settings.environmentStranger.map { "\($0.variable) is for \($0.host)" } ?? "MASKER_SESSION is not set"
    }

    /// Why a good value can have been refused.
    private func hint(_ context: Context) -> String {
        guard status.refusedSource == .environment, context.settings.storePath == nil else { return "" }
        return " The server may have replaced it since, and without a store the new value was not kept."
    }

    private func explanation(_ context: Context, isRoomy: Bool) -> PrintableText {
        switch reason {
        case .noCookie where !isRoomy:
            return PrintableText("\(environment(context)); no login session is stored.")
        case .noCookie:
            let places = context.settings.storePath.map { "and there is no login session in \(context.settings.shown($0))" } ?? "and none is read from a file"
            return PrintableText("\(environment(context)), \(places).")
        case .refused where status.wasRemovedElsewhere:
            let source = status.refusedSource.map { AccountScreen.origin($0, context.settings) } ?? "its place"
            return PrintableText("Somebody has logged out on this machine: the login session is gone from \(source).")
        case .refused:
            let source = (status.refusedSource ?? status.source).map { AccountScreen.origin($0, context.settings) } ?? "an unknown place"
            return PrintableText("\(context.settings.host) refused the login session from \(source).\(hint(context))")
        case .loggedOut(.onlyHere(let error)):
            return "The server did not confirm the log-out (" + Wording.failure(error)
                + "), so the login session may still be valid there. It is forgotten on this machine."
        case .loggedOut:
            return "The login session is invalid on the server and forgotten on this machine."
        }
    }
}
