import MaskerAPI

/// Nobody has touched a key for a while: what was read of the account leaves the screen and the memory, only the place
/// stays, and what was typed into a form. Another dialog is not to be found open by whoever comes next.
func lock(_ state: inout AppState) -> [Effect] {
    guard !state.isLocked else { return [] }
    state.refresh.stop()
    state.follow.stop()
    state.notice = nil
    state.noticeEnds = nil
    state.data.agents.forget()
    state.data.sessions.forget()
    state.data.overviews.forget()
    if case .reading? = state.data.reports.work { state.data.reports.work = nil }
    for tab in Tab.allCases {
        guard var screens = state.stacks[tab] else { continue }
        for index in screens.indices { screens[index].forget() }
        state.stacks[tab] = screens
    }
    // The sign-in screen guards what is below as well, but what was typed into it goes.
    let signIn = state.signInScreen.map { SignInScreen(reason: $0.reason, status: $0.status, now: state.data.serverTime(state.wall)) }
    var kept = state.overlays.filter { $0.staysThroughLock }
    for index in kept.indices { kept[index].forget() }
    state.overlays = kept + [signIn ?? LockScreen(after: state.settings.lockAfter)]
    return [.cancelReading, .repaint]
}

/// The login session is still good: back to where the user was, everything read anew.
func finishUnlock(_ result: Result<User, APIError>, _ state: inout AppState) -> [Effect] {
    guard state.isLocked, case .success = result else { return [] }
    return finishSignIn(result, &state)
}

extension AppState {
    var isLocked: Bool { overlays.contains { $0 is LockScreen } }
}
