import MaskerAPI

/// Asks for what the overview still needs. It reads only while it is shown: leaving it pauses the reading.
func readOverview(_ state: inout AppState) -> [Effect] {
    guard state.tab == .overview, !state.isClosed else { return [] }
    let now = state.data.serverTime(state.wall), steady = state.now
    return state.data.overviews.withShown(now) { $0.requests(now: now, steady: steady) }.map(Effect.fetch)
}

/// Another window: what was out for the one before is called off.
func showWindow(_ window: OverviewWindow, _ state: inout AppState) -> [Effect] {
    let out = state.data.overviews.shown?.requestsOut ?? []
    state.data.overviews.update { $0.abandonRequests() }
    state.data.overviews.select(window)
    return out.map(Effect.cancel) + tellScreens(nil, &state)
}

func receiveOverview(_ answer: Answer, _ state: inout AppState) {
    let now = state.data.serverTime(state.wall), steady = state.now
    state.data.overviews.update { overview in
        switch answer {
        case .overview(let request, let result): overview.receive(request, result, now: now, steady: steady)
        case .stages(let id, .overview, let result): overview.receive(id, result)
        default: break
        }
    }
}
