import FoundationEssentials
import MaskerAPI

/// Whether the account may be read and shown. Everything but `open` has a cover: a screen that hides all others.
enum Access: Sendable, Equatable {
    case open
    /// No key was pressed for a while.
    case locked
    /// The server admits nobody: it wants another login session, or another API token.
    case signedOut(SignedOutReason)
}

/// Why nobody is signed in.
enum SignedOutReason: Sendable, Equatable {
    /// There was no cookie to begin with.
    case noCookie
    /// 401.
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
    /// Whether nothing of the account may be read or shown now.
    var isClosed: Bool { access != .open }

    /// Lays the cover that belongs to the access over everything, or takes it away. What is below stays as it is.
    mutating func setAccess(_ new: Access) {
        access = new
        switch new {
        case .open: cover = nil
        case .locked: cover = Cover(screen: LockScreen(after: settings.lockAfter))
        case .signedOut where data.account.login.isToken: cover = Cover(screen: RefusedTokenScreen())
        case .signedOut(let reason):
            cover = Cover(screen: SignInScreen(reason: reason, status: data.account.login, now: data.account.serverTime(wall)))
        }
    }

    // MARK: Locking

    /// Nobody has pressed a key for a while: what was read of the account leaves the screen and the memory. The place stays, and
    /// what was typed into a form. Whoever comes next must not find another dialog open.
    mutating func lock() -> [Effect] {
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
        // The sign-in screen guards what is below as well, but what was typed into it goes.
        setAccess(isSignedOut ? access : .locked)
        return [.cancelReading, .terminal(.repaint)]
    }

    // MARK: Signing in and out

    /// Lays the sign-in screen over everything; what is below stays as it is, to come back to.
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

    /// Back to where the user was. Nothing that was refused is sent again; only what is shown is read anew.
    mutating func signIn(as user: User) -> [Effect] {
        var effects: [Effect] = []
        if let before = data.account.user.value, before.id != user.id || before.login != user.login { effects = forgetAccount() }
        setAccess(.open)
        data.account.user.receive(.success(user))
        effects += beginRefresh()
        return effects + Tab.allCases.flatMap { screens(of: $0) }.flatMap(\.screen.requests)
    }

    /// Only the portal ends an API token.
    mutating func beginLogOut() -> [Effect] {
        guard !data.account.login.isToken else { return [] }
        refresh.stop()
        data.sessions.follow.stop()
        return [.account(.logOut)]
    }

    /// Another account's data must not be seen: after a log-out, or when somebody else signs in.
    private mutating func forgetAccount() -> [Effect] {
        // What is still on its way is about the account before.
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
