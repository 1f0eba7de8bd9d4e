import MaskerAPI

extension AgentsFeature.State {
    /// What became of a deletion decides what the agent's row says. Nothing is ever sent again by itself.
    mutating func finishDeletion(_ target: DeletionTarget, _ outcome: DeletionOutcome, _ world: World) -> [Intent] {
        switch outcome {
        case .deleted(.file):
            return leave(target, .done, "\(target.name) is deleted; :deleted shows what was kept of it and re-creates it")
        case .deleted(.nowhere(let reason)):
            return leave(target, .refused, "\(target.name) is deleted; its configuration could not be kept: \(reason)")
        case .alreadyGone: return leave(target, .done, "\(target.name) was already deleted")
        case .goneOrHidden: return leave(target, .refused, "\(target.name) is gone, or not visible to you; nothing was sent")
        case .renamed(let name):
            deletions[target.id] = .renamed(to: name)
            // The row below the note is to have the name that the agent has now.
            return world.isClosed ? [] : refresh().map { .run(.agents($0)) }
        case .notSent(let error): deletions[target.id] = .notSent(error)
        case .notKept(let reason): deletions[target.id] = .notKept(reason: reason)
        case .failed(let error) where error.leavesOutcomeUnknown:
            deletions[target.id] = .looking
            return [.run(.agents(.lookFor(target)))]
        case .failed(let error): deletions[target.id] = .refused(error)
        }
        return []
    }

    /// The agent was looked for after no answer to its deletion has said what became of it.
    mutating func finishLooking(_ target: DeletionTarget, _ presence: AgentPresence) -> [Intent] {
        switch presence {
        case .there: deletions[target.id] = .stillThere
        case .gone: return leave(target, .done, "\(target.name) is gone, although no answer confirmed its deletion")
        case .goneOrHidden: return leave(target, .refused, "no answer confirmed the deletion: \(target.name) is gone, or not visible to you")
        case .unknown(let error): deletions[target.id] = .unknown(error)
        }
        return []
    }

    /// Whoever refreshes wants to know about the deletions that are still unclear, too.
    mutating func lookAgainForUnknown() -> [AgentsFeature.Effect] {
        let unknown = deletions.compactMap { id, deletion in
            if case .unknown = deletion { return id }
            return nil
        }
        return unknown.sorted { $0.rawValue < $1.rawValue }.map { id in
            deletions[id] = .looking
            return .lookFor(DeletionTarget(id: id, name: list[id]?.name ?? id.rawValue))
        }
    }

    private mutating func leave(_ target: DeletionTarget, _ kind: Notice.Kind, _ sentence: PrintableText) -> [Intent] {
        deletions[target.id] = nil
        list.remove(target.id)
        return [.notify(Notice(kind, sentence))]
    }
}
