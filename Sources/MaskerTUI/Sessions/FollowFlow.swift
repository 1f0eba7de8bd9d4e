import FoundationEssentials
import MaskerAPI

func follow(_ isOn: Bool, _ state: inout AppState) -> [Effect] {
    guard isOn else {
        state.follow.stop()
        return []
    }
    state.follow.begin()
    return askForNewSessions(&state)
}

extension AppState {
    /// When new sessions are asked for next; nil while nobody sees them.
    var followDueAt: Date? { follow.isOn && tab == .sessions && !isClosed ? follow.schedule.dueAt : nil }
}

func followIfDue(_ state: inout AppState) -> [Effect] {
    guard let due = state.followDueAt, due <= state.now else { return [] }
    return askForNewSessions(&state)
}

/// One request at a time: one that is out already answers for this one, too.
private func askForNewSessions(_ state: inout AppState) -> [Effect] {
    state.follow.schedule.began([.sessions])
    return state.data.sessions.refresh().map { [.fetch(.sessions($0))] } ?? []
}

/// The head of the list has come. What is new is marked, and rings when it is an error and somebody wants that.
func noteNewSessions(failure: APIError?, _ state: inout AppState) -> [Effect] {
    _ = state.follow.schedule.answered(.sessions, failure: failure, now: state.now)
    guard state.follow.isOn else { return [] }
    let arrivals = state.data.sessions.arrivals
    state.follow.mark(arrivals, now: state.now)
    let isAlarming = state.follow.rings && arrivals.contains { state.data.sessions[$0]?.status == .error }
    return isAlarming ? [.ring] : []
}
