import FoundationEssentials
import Glibc
import MaskerAPI
import TerminalKit

extension KeyAction {
    static let clearField = KeyAction("account.clear-field", .escape)
}

/// Covers all screens when no user is signed in. It says what happened and how to get a login session, and has a field for it.
struct SignInScreen: Screen {
    static let keys = ScreenKeys(dialog: "sign-in", [], typing: [.confirm, .clearField, .chooseProfile, .quitAtOnce])

    let reason: SignedOutReason
    /// The status of the refused login session.
    let status: LoginStatus
    /// Whether that login session had ended, by the server's clock.
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
            // Ctrl-C works everywhere. It is repeated here so that the hint line shows it.
            Binding(.quitAtOnce, hint: "quit", priority: .always, "Quit", .quit),
        ]
    }

    /// Letters are typed into the field, so `:profile` cannot be used here.
    private func profileBinding(_ context: Context) -> [Binding<Command>] {
        guard !context.settings.profiles.isEmpty else { return [] }
        return [Binding(.chooseProfile, hint: "profiles", "Change to another profile", .profiles)]
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
                // The field is hidden: what is pasted next must not be added to a text that nobody sees.
                field.clear()
                problem = PrintableText("This is not a login session: \(error.description). The field is empty.")
            }
        case .clear:
            field.clear()
            problem = nil
        case .profiles: return [.open(.profiles)]
        case .quit: return [.quitAtOnce]
        }
        return []
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        guard case .account(.signedIn(.failure(let error)))? = answer else { return [] }
        isChecking = false
        if error.asksForSignIn {
            field.clear()
            problem = "The server does not accept this value; copy a new one from the browser."
        } else {
            // The value may be valid, so it remains in the field for another try.
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
        // The field must be visible, so a small window shows fewer lines of the text above it.
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
        /// The part of the URL on this line.
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
        let confirm = context.settings.keyName(.confirm, on: Self.keys)
        let blank = isRoomy ? [Line(spans: [])] : []
        let address = PrintableText(context.settings.signInURL).wrapped(to: width - 4).map { line in
            Line(spans: [Span("    "), Span(line, Style(.key, underlined: true))], link: line)
        }
        return wrapped(headline, .title) + wrapped(explanation(context, isRoomy: isRoomy)) + blank
            + (isRoomy ? wrapped("To sign in:", .label) : [])
            + step(1, "Open this page in a browser and sign in there:") + address
            + step(2, "In its developer tools (F12), under Storage or Application, Cookies, copy masker_session.")
            + step(3, PrintableText("Paste it here (the value, or the whole Cookie line), then press \(confirm).")) + blank
    }

    private func message(_ context: Context, isRoomy: Bool) -> Span {
        if isChecking { return Span("Checking with \(context.settings.host)…", .accent) }
        if let problem { return Span(problem, .bad) }
        guard let path = context.settings.storePath else { return Span("The login session will be kept in memory only.", .faint) }
        return Span(isRoomy ? "The login session will be stored in \(context.settings.shown(path)), readable by you only." : "The login session will be stored, readable by you only.", .faint)
    }

    private var headline: PrintableText {
        switch reason {
        case .noCookie: "You are not signed in."
        case .refused where status.wasRemovedElsewhere: "You were signed out by another console."
        case .refused where hadEnded: "Your login session has expired."
        case .refused where status.renewedAt != nil: "You were signed out elsewhere, or the server ended your login session."
        case .refused: "Your login session is not valid: it has expired or was signed out."
        case .loggedOut(.onlyHere): "You are logged out here only."
        case .loggedOut: "You are logged out."
        }
    }

    private func environment(_ context: Context) -> String {
        context.settings.unusedCredential.map { "\($0.variable) is for \($0.host)" } ?? "MASKER_SESSION is not set"
    }

    /// Why the server may have refused a valid value.
    private func hint(_ context: Context) -> String {
        guard status.refusedSource == .environment, context.settings.storePath == nil else { return "" }
        return " The server may have replaced it, and this console does not store new values."
    }

    private func explanation(_ context: Context, isRoomy: Bool) -> PrintableText {
        switch reason {
        case .noCookie where status.storageProblem != nil: return PrintableText("\(environment(context)); \(status.storageProblem ?? "").")
        case .noCookie where !isRoomy:
            return PrintableText("\(environment(context)); no login session is stored.")
        case .noCookie:
            let places = context.settings.storePath.map { "and there is no login session in \(context.settings.shown($0))" } ?? "and no file is read"
            return PrintableText("\(environment(context)), \(places).")
        case .refused where status.wasRemovedElsewhere:
            let source = status.refusedSource.map { AccountScreen.origin($0, context.settings) } ?? "where it was stored"
            return PrintableText("Another console on this machine logged out and removed the login session from \(source).")
        case .refused:
            let source = (status.refusedSource ?? status.source).map { AccountScreen.origin($0, context.settings) } ?? "an unknown place"
            return PrintableText("\(context.settings.host) refused the login session from \(source).\(hint(context))")
        case .loggedOut(.onlyHere(let error)):
            return "The server did not confirm the log-out (" + Wording.failure(error)
                + "), so the login session may still be valid there. It was removed from this machine."
        case .loggedOut:
            return "The login session was ended on the server and removed from this machine."
        }
    }
}
