import MaskerAPI

/// What became of a deletion decides what the agent's row says. Nothing is ever sent again by itself.
func finishDeletion(_ target: DeletionTarget, _ outcome: DeletionOutcome, _ state: inout AppState) -> [Effect] {
    switch outcome {
    case .deleted, .alreadyGone, .goneOrHidden:
        leave(target, DeletionWording.notice(outcome, target), &state)
    case .renamed(let name):
        state.data.deletions[target.id] = .renamed(to: name)
        // The row below the note is to have the name that the agent has now.
        return state.isClosed ? [] : state.data.agents.refresh().map { [.fetch(.agents($0))] } ?? []
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

/// The agent was looked for after no answer to its deletion has said what became of it.
func finishLooking(_ target: DeletionTarget, _ presence: AgentPresence, _ state: inout AppState) {
    switch presence {
    case .there:
        state.data.deletions[target.id] = .stillThere
    case .gone, .goneOrHidden:
        leave(target, DeletionWording.notice(presence, target), &state)
    case .unknown(let error):
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
