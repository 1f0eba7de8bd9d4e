import FoundationEssentials
import MaskerAPI

/// - Parameter parts: what is asked for; everything when a person asks.
func beginRefresh(_ state: inout AppState, _ parts: Set<RefreshSchedule.Part> = Set(RefreshSchedule.Part.allCases)) -> [Effect] {
    guard !state.refresh.isOut else { return [] }
    state.refresh.began(parts)
    state.data.overviews.update { $0.markStale() }
    return RefreshSchedule.Part.allCases.filter(parts.contains).flatMap { fetch($0, &state) } + lookAgainForUnknown(&state)
}

private func fetch(_ part: RefreshSchedule.Part, _ state: inout AppState) -> [Effect] {
    switch part {
    case .user: [.fetch(.user)]
    case .agents: state.data.agents.refresh().map { [.fetch(.agents($0))] } ?? []
    case .sessions: state.data.sessions.refresh().map { [.fetch(.sessions($0))] } ?? []
    }
}

func refreshIfDue(_ state: inout AppState) -> [Effect] {
    guard let due = state.refresh.dueAt, due <= state.now, !state.isClosed else { return [] }
    guard !state.refresh.isFailing else { return probe(&state) }
    // What failed on the page is read again by itself, too.
    let again = state.page.retries(state.context).map(Effect.fetch)
    return beginRefresh(&state, state.refresh.parts(at: state.now)) + again
}

func holdOff(_ pause: Duration, _ state: inout AppState) {
    let until = state.now.addingTimeInterval(Double(pause.components.seconds))
    state.refresh.holdOff(until: until)
    state.follow.schedule.holdOff(until: until)
}

/// Asks for one thing only, after a refresh that brought nothing.
private func probe(_ state: inout AppState) -> [Effect] {
    guard !state.refresh.isOut else { return [] }
    state.refresh.began(probing: true)
    return fetch(state.refresh.probe, &state)
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
