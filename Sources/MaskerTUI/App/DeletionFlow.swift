import MaskerAPI

/// What became of a deletion decides what the agent's row says. Nothing is ever sent again by itself.
func finishDeletion(_ target: DeletionTarget, _ outcome: DeletionOutcome, _ state: inout AppState) -> [Effect] {
    switch outcome {
    case .deleted(.file):
        leave(target, Notice(.done, "\(target.name) is deleted; :deleted shows what was kept of it and re-creates it"), &state)
    case .deleted(.nowhere(let reason)):
        leave(target, Notice(.refused, "\(target.name) is deleted; its configuration could not be kept: \(reason)"), &state)
    case .alreadyGone:
        leave(target, Notice(.done, "\(target.name) was already deleted"), &state)
    case .notSent(let error):
        state.data.deletions[target.id] = .notSent(error)
    case .notKept(let reason):
        state.data.deletions[target.id] = .notKept(reason: reason)
    case .failed(let error):
        guard error.leavesOutcomeUnknown else {
            state.data.deletions[target.id] = .refused(error)
            return []
        }
        state.data.deletions[target.id] = .looking
        return [.lookFor(target)]
    }
    return []
}

/// The agent was looked for after the answer to its deletion was lost.
func finishLooking(_ target: DeletionTarget, _ result: Result<Void, APIError>, _ state: inout AppState) {
    switch result {
    case .success:
        state.data.deletions[target.id] = .stillThere
    case .failure(let error) where error.kind == .notFound:
        leave(target, Notice(.done, "\(target.name) is gone: it was deleted although the answer was lost"), &state)
    case .failure(let error):
        state.data.deletions[target.id] = .unknown(error)
    }
}

/// Whoever refreshes wants to know about the deletions that are still unclear, too.
func lookAgainForUnknown(_ state: inout AppState) -> [Effect] {
    let unknown = state.data.deletions.compactMap { id, deletion in
        if case .unknown = deletion { return id }
        return nil
    }
    return unknown.sorted { $0.rawValue < $1.rawValue }.map { id in
        state.data.deletions[id] = .looking
        let name = state.data.agents[id]?.name
        return .lookFor(DeletionTarget(id: id, name: name ?? id.rawValue))
    }
}

private func leave(_ target: DeletionTarget, _ notice: Notice, _ state: inout AppState) {
    state.data.deletions[target.id] = nil
    state.data.agents.remove(target.id)
    notify(notice, &state)
}
