import FoundationEssentials
import MaskerAPI

func beginRefresh(_ state: inout AppState) -> [Effect] {
    guard !state.refresh.isOut else { return [] }
    state.refresh.began()
    state.data.overviews.update { $0.markStale() }
    var effects: [Effect] = [.fetch(.user)]
    if let request = state.data.agents.refresh() { effects.append(.fetch(.agents(request))) }
    if let request = state.data.sessions.refresh() { effects.append(.fetch(.sessions(request))) }
    return effects + lookAgainForUnknown(&state)
}

func refreshIfDue(_ state: inout AppState) -> [Effect] {
    guard let due = state.refresh.dueAt, due <= state.now, !state.isClosed else { return [] }
    return state.refresh.isFailing ? probe(&state) : beginRefresh(&state)
}

func holdOff(_ pause: Duration, _ state: inout AppState) {
    let until = state.now.addingTimeInterval(Double(pause.components.seconds))
    state.refresh.holdOff(until: until)
    state.follow.schedule.holdOff(until: until)
}

/// Asks for one thing only, after a refresh that failed.
private func probe(_ state: inout AppState) -> [Effect] {
    guard !state.refresh.isOut else { return [] }
    state.refresh.began(probing: true)
    return [.fetch(.user)]
}

func finishRefresh(_ part: RefreshSchedule.Part, _ answer: Answer, _ state: inout AppState) -> [Effect] {
    switch state.refresh.answered(part, failure: answer.failure, now: state.now) {
    case .waiting, .failed: return []
    case .complete:
        state.data.refreshedAt = state.wall
        return []
    case .worthAll: return beginRefresh(&state)
    }
}
