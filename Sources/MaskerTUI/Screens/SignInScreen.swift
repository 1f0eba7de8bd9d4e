import Foundation
import MaskerAPI

/// Over everything when nobody is signed in: what happened, how to get a new login session, and a field for it.
struct SignInScreen: Screen {
    let reason: SignedOutReason
    /// Of the login session that was refused.
    let status: LoginStatus
    /// Whether that one had ended by the server's clock.
    private let hadEnded: Bool
    private var field = TextField()
    private var problem: PrintableText?
    private var isChecking = false

    init(reason: SignedOutReason, status: LoginStatus, now: Date) {
        self.reason = reason
        self.status = status
        hadEnded = status.expiresAt.map { $0 <= now } ?? false
    }

    enum Command: Sendable { case submit, clear, quit }

    var title: String { "Sign in" }
    var presentation: Presentation { .cover }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding([.enter], hint: "sign in", "Check the value with the server and sign in", .submit),
            Binding([.escape], hint: "clear", "Empty the field", .clear),
            // Ctrl-C works everywhere; it stands here so that the hint line says it.
            Binding([.control("c")], hint: "quit", "Quit", .quit),
        ]
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
                return [.signIn(cookie)]
            } catch {
                problem = PrintableText(error.description)
            }
        case .clear:
            field.clear()
            problem = nil
        case .quit: return [.quit]
        }
        return []
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        guard case .signedIn(.failure(let error))? = answer else { return [] }
        isChecking = false
        if error.kind == .unauthenticated {
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
        var row = box.row
        func line(_ text: PrintableText, _ style: Style = .plain, indent: Int = 0) {
            for piece in text.wrapped(to: box.columns - indent) {
                canvas.write(piece, row: row, column: box.column + indent, style: style)
                row += 1
            }
        }
        let isRoomy = area.rows >= 17
        line(headline, .title)
        line(explanation(context))
        if isRoomy { row += 1 }
        line("To sign in:", .label)
        line("1  Open this page in a browser and sign in with GitHub:", indent: 1)
        for piece in PrintableText(context.settings.signInURL).wrapped(to: box.columns - 4) {
            canvas.write(piece, row: row, column: box.column + 4, style: Style(.key, underlined: true))
            canvas.addLink(Canvas.Link(row: row, column: box.column + 4, text: piece, url: context.settings.signInURL))
            row += 1
        }
        line("2  In its developer tools (F12), under Storage or Application, Cookies, copy the value of masker_session.", indent: 1)
        line("3  Paste it here (the value, or the whole Cookie line) and press Enter.", indent: 1)
        if isRoomy { row += 1 }
        canvas.write("masker_session", row: row, column: box.column + 1, style: .label)
        field.draw(hidden: true, on: &canvas, row: row, column: box.column + 17, width: max(box.columns - 18, 10))
        row += 1
        if isChecking {
            line("Checking with \(context.settings.host)…", .accent, indent: 1)
        } else if let problem {
            line(problem, .bad, indent: 1)
        } else {
            line(storage(context), .faint, indent: 1)
        }
    }

    private var headline: PrintableText {
        switch reason {
        case .noCookie: "You are not signed in."
        case .refused where hadEnded: "Your login session has expired."
        case .refused where status.renewedAt != nil: "You were signed out elsewhere, or your login session was ended."
        case .refused: "Your login session is not valid: it has expired, or was signed out."
        case .loggedOut(.onlyHere): "You are logged out here only."
        case .loggedOut: "You are logged out."
        }
    }

    private func explanation(_ context: Context) -> PrintableText {
        switch reason {
        case .noCookie:
            let places = context.settings.storePath.map { "and there is no login session in \($0)" } ?? "and none is read from a file"
            return PrintableText("MASKER_SESSION is not set, \(places).")
        case .refused:
            let source = (status.refusedSource ?? status.source).map(AccountScreen.origin) ?? "an unknown place"
            return PrintableText("\(context.settings.host) refused the login session from \(source).")
        case .loggedOut(.onlyHere(let error)):
            return "The server could not be told (" + Wording.failure(error)
                + "), so the login session may still be valid there. It is forgotten on this machine."
        case .loggedOut:
            return "The login session is invalid on the server and forgotten on this machine."
        }
    }

    private func storage(_ context: Context) -> PrintableText {
        guard let path = context.settings.storePath else { return "It will be kept in memory only." }
        return PrintableText("It will be stored in \(path), readable by you only.")
    }
}
