import FoundationEssentials
import MaskerAPI

extension AppState {
    /// - Parameter parts: The parts to request; all of them when the user asks for a refresh.
    mutating func beginRefresh(_ parts: Set<RefreshSchedule.Part> = Set(RefreshSchedule.Part.allCases)) -> [Effect] {
        guard !refresh.isOut else { return [] }
        refresh.began(parts)
        refresh.show(from: now.addingTimeInterval(RefreshSchedule.shownAfter))
        data.overviews.update { $0.markStale() }
        let reads = RefreshSchedule.Part.allCases.filter(parts.contains).flatMap { read($0) }
        return reads + data.agents.checkUnknownOutcomes().map(Effect.agents)
    }

    private mutating func read(_ part: RefreshSchedule.Part) -> [Effect] {
        switch part {
        case .user: [.account(.user)]
        case .agents: data.agents.refresh().map(Effect.agents)
        case .sessions: data.sessions.refresh().map(Effect.sessions)
        }
    }

    mutating func refreshIfDue() -> [Effect] {
        guard let due = refresh.dueAt, due <= now, !isClosed else { return [] }
        guard !refresh.isFailing else { return probe() }
        // Requests of the page that failed are repeated by every refresh, also by an automatic one.
        let again = page.retries(context)
        return beginRefresh(refresh.parts(at: now)) + again
    }

    /// Sends a single request after a refresh that failed.
    private mutating func probe() -> [Effect] {
        guard !refresh.isOut else { return [] }
        refresh.began(probing: true)
        refresh.show(from: now.addingTimeInterval(RefreshSchedule.shownAfter))
        return read(refresh.probe)
    }

    mutating func finishRefresh(_ part: RefreshSchedule.Part, failure: APIError?) -> [Effect] {
        switch refresh.answered(part, failure: failure, now: now) {
        case .waiting, .failed: return []
        case .complete:
            refreshedAt = wall
            return []
        case .worthAll: return beginRefresh()
        }
    }
}
