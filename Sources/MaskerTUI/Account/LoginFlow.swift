import MaskerAPI

/// Why nobody is signed in.
enum SignedOutReason: Sendable, Equatable {
    /// There was no cookie to begin with.
    case noCookie
    /// 401.
    case refused
    case loggedOut(MaskerClient.LogOutOutcome)
}

/// Lays the sign-in screen over everything; what is below stays as it is, to come back to.
func signedOut(_ state: inout AppState, because reason: SignedOutReason) -> [Effect] {
    state.refresh.stop()
    state.follow.stop()
    state.data.agents.abandonRequests()
    state.data.sessions.abandonRequests()
    state.data.overviews.update { $0.abandonRequests() }
    var effects: [Effect] = []
    if case .loggedOut = reason {
        effects = forgetAccount(&state)
        state.overlays = []
    }
    guard !state.isSignedOut else { return effects }
    state.notice = nil
    guard !state.data.login.isToken else {
        state.overlays.append(RefusedTokenScreen())
        return effects
    }
    state.overlays.append(SignInScreen(reason: reason, status: state.data.login, now: state.data.serverTime(state.wall)))
    return effects
}

/// Back to where the user was. Nothing that was refused is sent again; only what is shown is read anew.
func finishSignIn(_ result: Result<User, APIError>, _ state: inout AppState) -> [Effect] {
    guard case .success(let user) = result else { return [] }
    var effects: [Effect] = []
    if let before = state.data.user.value, before.id != user.id || before.login != user.login {
        effects = forgetAccount(&state)
        state.overlays = []
    }
    state.overlays.removeAll { $0 is SignInScreen || $0 is LockScreen }
    state.data.user.receive(.success(user))
    effects += beginRefresh(&state)
    return effects + Tab.allCases.flatMap { state.stacks[$0] ?? [] }.flatMap(\.requests).map(Effect.fetch)
}

func beginLogOut(_ state: inout AppState) -> [Effect] {
    // Only the portal ends a token.
    guard !state.data.login.isToken else { return [] }
    state.refresh.stop()
    state.follow.stop()
    return [.logOut]
}

/// Another account's data must not be seen: after a log-out, or when somebody else signs in.
private func forgetAccount(_ state: inout AppState) -> [Effect] {
    // What is still on its way is about the account before.
    let effects = endReportWork(&state) + [.cancelReading]
    let login = state.data.login
    let connection = state.data.connection
    state.data = AccountData()
    state.data.login = login
    state.data.connection = connection
    for tab in Tab.allCases { state.stacks[tab] = [tab.root] }
    state.tab = .agents
    state.commands = []
    state.places = PlaceHistory()
    return effects
}
