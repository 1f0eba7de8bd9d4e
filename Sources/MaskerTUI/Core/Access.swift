import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Whether the account's data may be read and shown. Every value except `open` has a cover: a screen that hides all others.
enum Access: Sendable, Equatable {
    case open
    /// The console is locked, because the user asked for it or no key was pressed for the lock time.
    case locked
    /// The server needs another login session or another API token.
    case signedOut(SignedOutReason)
}

/// Why the user is not signed in.
enum SignedOutReason: Sendable, Equatable {
    /// There was no login session when the console started.
    case noCookie
    /// The server answered 401.
    case refused
    case loggedOut(MaskerClient.LogOutOutcome)
}

/// The screen that hides all others, and the dialogs that were opened on it.
struct Cover: Sendable {
    var screen: any Screen
    var dialogs: [OpenScreen] = []
}

extension AppState {
    var isLocked: Bool { access == .locked }
    var isSignedOut: Bool { if case .signedOut = access { true } else { false } }
    /// Whether no data of the account may be read or shown now.
    var isClosed: Bool { access != .open }

    /// Shows the cover of the new access over all screens, or removes it. The screens below do not change.
    /// - Parameter idle: the seconds without a key after which the console locks itself; nil when the user locks it.
    mutating func setAccess(_ new: Access, after idle: Double? = nil) {
        access = new
        switch new {
        case .open: cover = nil
        case .locked: cover = Cover(screen: LockScreen(after: idle))
        case .signedOut where data.account.login.isToken: cover = Cover(screen: RefusedTokenScreen())
        case .signedOut(let reason):
            cover = Cover(screen: SignInScreen(reason: reason, status: data.account.login, now: data.account.serverTime(wall)))
        }
    }

    // MARK: Locking

    /// Locks the console: the data of the account is removed from the screen and from memory. The
    /// current place and the text typed into forms remain. Other dialogs are closed, so that nobody else finds them open.
    /// - Parameter idle: the seconds without a key after which the console locks itself; nil when the user locks it.
    mutating func lock(after idle: Double? = nil) -> [Effect] {
        guard !isLocked else { return [] }
        refresh.stop()
        notice = nil
        data = data.kept(through: .lock)
        for tab in Tab.allCases {
            changeScreens(of: tab) { screens in
                for index in screens.indices { screens[index].screen.forget() }
            }
        }
        overlays = overlays.filter { $0.screen.staysThroughLock }
        for index in overlays.indices { overlays[index].screen.forget() }
        // The sign-in screen already hides the account, so it remains, but the text typed into it is removed.
        setAccess(isSignedOut ? access : .locked, after: idle)
        return [.cancelReading, .terminal(.repaint)]
    }

    // MARK: Signing in and out

    /// Shows the sign-in screen over all screens. The screens below remain, so that the user can come back to them.
    mutating func signOut(because reason: SignedOutReason) -> [Effect] {
        refresh.stop()
        data.sessions.follow.stop()
        data.agents.list.abandonRequests()
        data.sessions.list.abandonRequests()
        data.overviews.update { $0.abandonRequests() }
        var effects: [Effect] = []
        if case .loggedOut = reason {
            effects = forgetAccount()
            access = .open
        }
        guard !isSignedOut else { return effects }
        notice = nil
        setAccess(.signedOut(reason))
        return effects
    }

    /// Returns to the place where the user was. Refused requests are not sent again; only the data on the screen is read again.
    mutating func signIn(as user: User) -> [Effect] {
        var effects: [Effect] = []
        if let before = data.account.user.value, before.id != user.id || before.login != user.login { effects = forgetAccount() }
        setAccess(.open)
        data.account.user.receive(.success(user))
        if let reason = data.account.login.unstoredReason {
            notice = Notice(.failed, PrintableText("signed in for this console only, because the login session could not be stored: \(reason)"))
        }
        effects += beginRefresh()
        return effects + Tab.allCases.flatMap { screens(of: $0) }.flatMap(\.screen.requests)
    }

    /// An API token cannot be logged out; it can only be revoked in the portal.
    mutating func beginLogOut() -> [Effect] {
        guard !data.account.login.isToken else { return [] }
        refresh.stop()
        data.sessions.follow.stop()
        return [.account(.logOut)]
    }

    /// Removes the data of the account, so that nobody sees it after a log-out, or after another user has signed in.
    private mutating func forgetAccount() -> [Effect] {
        // Answers that are still to come belong to the earlier account.
        let effects = perform(ReportsFeature.endWork(&data.reports)) + [.cancelReading]
        data = data.kept(through: .account)
        refreshedAt = nil
        stacks = [:]
        overlays = []
        tab = .agents
        commands = []
        history = NavigationHistory()
        return effects
    }
}
