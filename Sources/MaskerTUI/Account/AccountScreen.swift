import MaskerAPI
import TerminalKit

extension KeyAction {
    static let logOut = KeyAction("account.log-out", .character("L"))
}

/// Shows the user, the login session or API token, and the connection.
package struct AccountScreen: DocumentScreen {
    static let keys = ScreenKeys(page: "account", [.logOut] + MovementKeys.actions)

    var scroll = ScrollPosition()

    enum Command: Sendable { case move(ScrollMove), logOut }

    var title: String { "Account" }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [Binding(.logOut, hint: "log out", "Log out; asks first", .logOut)]
            + MovementKeys.bindings(by: "line", Command.move)
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .move(let move): return scroll(by: move, context)
        case .logOut: return [.open(.logOut)]
        }
    }

    func write(to document: inout Document, _ context: Context) {
        addUser(context.data.account.user, context.clock, context.settings, to: &document)
        addLogin(context, to: &document)
        addServer(context, to: &document)
    }

    private func addUser(_ user: Loadable<User>, _ clock: Clock, _ settings: ConsoleSettings, to document: inout Document) {
        document.heading("User")
        if let failure = user.failure {
            let sentence = failure.kind == .forbidden ? "⊘ " + Wording.forbidden(failure, needs: nil) : "⚠ " + Wording.failure(failure)
            document.paragraph(sentence + settings.triesAgain, .bad)
        }
        guard let user = user.value else {
            if user.failure == nil { document.add("Loading…", .faint) }
            return
        }
        document.field("user", user.login)
        if let name = user.name { document.field("name", name) }
        document.field("role", Self.role(user))
        document.field("id", user.id)
        document.field("email", user.email)
        document.field("last seen", user.lastSeenAt.map(clock.full))
        if let account = user.account {
            document.field("account", [account.name ?? account.id, account.plan.map { "plan \($0)" }].compactMap { $0 }.joined(separator: " · "))
        }
        guard let permissions = user.permissions else { return }
        document.field("permissions", permissions.isEmpty ? "none" : permissions.map(\.rawValue).joined(separator: ", "))
    }

    /// The role as the server names it. Without a name, whether the user may delete agents.
    package static func role(_ user: User) -> String {
        switch (user.role?.rawValue, user.isAdmin) {
        case (let role?, _): role
        case (nil, true?): "admin"
        case (nil, false?): "no admin"
        case (nil, nil): "unknown"
        }
    }

    private func addLogin(_ context: Context, to document: inout Document) {
        let login = context.data.account.login
        guard !login.isToken else { return addToken(context, to: &document) }
        document.heading("Login session")
        document.field("from", login.source.map { Self.origin($0, context.settings) })
        document.field("obtained", login.obtainedAt.map(context.machineClock.full))
        document.field("renewed", login.renewedAt.map(context.clock.full))
        let ends = login.expiresAt.map { end in
            context.clock.moment(end) + ", in " + Format.remaining(context.data.account.loginRemaining(context.wall) ?? 0)
        }
        document.field("ends", ends)
        addArchive(context, to: &document)
        if let problem = login.storageProblem, problem != context.settings.storageRefusal { document.field("⚠ storage", problem, .warning) }
        guard login.source == .environment else { return }
        if let path = login.renewalsPath {
            document.paragraph(
                "The server has replaced the value from MASKER_SESSION; the new value is stored in \(context.settings.shown(path)), readable by "
                    + "you only, for the next start with the same MASKER_SESSION.", .faint)
        } else if login.valueRenewals > 0 {
            document.paragraph(
                "The server has replaced the value from MASKER_SESSION; only this console has the new value, and the "
                    + "value in the shell is no longer valid.", .faint)
        }
    }

    private func addToken(_ context: Context, to document: inout Document) {
        document.heading("API token")
        document.field("from", Self.origin(.token, context.settings))
        document.field("ends", "at the time set in the portal, or when it is revoked there")
        addArchive(context, to: &document)
    }

    private func addArchive(_ context: Context, to document: inout Document) {
        document.field("deleted agents", context.settings.archivePath.map { "backups are kept in \(context.settings.shown($0))" } ?? "no backups are kept")
        if let refusal = context.settings.storageRefusal { document.field("⚠ storage", refusal, .warning) }
    }

    /// Describes where a login session or API token comes from.
    static func origin(_ source: LoginStatus.Source, _ settings: ConsoleSettings) -> String {
        switch source {
        case .environment: "the environment variable MASKER_SESSION"
        case .token: "the environment variable MASKER_TOKEN; it is not stored"
        case .file(let path): "the file \(settings.shown(path)), readable by you only"
        case .memory: "this console; it is not stored"
        }
    }

    private func addServer(_ context: Context, to document: inout Document) {
        document.heading("Server")
        document.field("API host", context.settings.host)
        if let difference = Wording.difference(context.data.account.login.serverClockOffset) {
            document.field("clock", difference + " this machine's; ages follow the server's clock", .warning)
        }
        guard let connection = context.data.account.connection else {
            document.field("connection", nil as String?)
            return
        }
        document.field("connection", connection.tlsVersion ?? "plain HTTP on this machine")
        if connection.tlsVersion != nil {
            document.field("certificate", connection.certificateSubject)
            document.field("valid until", connection.certificateExpiry)
        }
        if let proxy = connection.proxy { document.field("proxy", proxy) }
    }
}
