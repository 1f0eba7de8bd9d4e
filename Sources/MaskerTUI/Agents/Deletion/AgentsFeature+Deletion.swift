import MaskerAPI
import TerminalKit

extension AgentsFeature.State {
    /// What became of a deletion decides what the agent's row says. Nothing is ever sent again by itself.
    mutating func finishDeletion(_ target: DeletionTarget, _ outcome: DeletionOutcome, _ world: World) -> [Intent] {
        switch outcome {
        case .deleted, .alreadyGone, .goneOrHidden: return leave(target, DeletionWording.notice(outcome, target))
        case .renamed(let name):
            deletions[target.id] = .renamed(to: name)
            // The row below the note is to have the name that the agent has now.
            return world.isClosed ? [] : refresh().map { .run(.agents($0)) }
        case .notSent(let error): deletions[target.id] = .notSent(error)
        case .notKept(let reason): deletions[target.id] = .notKept(reason: reason)
        case .failed(let error) where error.leavesOutcomeUnknown:
            deletions[target.id] = .looking
            return [.run(.agents(.checkPresence(target)))]
        case .failed(let error): deletions[target.id] = .refused(error)
        }
        return []
    }

    /// The agent was looked for after no answer to its deletion has said what became of it.
    mutating func finishLooking(_ target: DeletionTarget, _ presence: AgentPresence) -> [Intent] {
        switch presence {
        case .there: deletions[target.id] = .stillThere
        case .gone, .goneOrHidden: return leave(target, DeletionWording.notice(presence, target))
        case .unknown(let error): deletions[target.id] = .unknown(error)
        }
        return []
    }

    /// Whoever refreshes wants to know about the deletions that are still unclear, too.
    mutating func checkUnknownOutcomes() -> [AgentsFeature.Effect] {
        let unknown = deletions.compactMap { id, deletion in
            if case .unknown = deletion { return id }
            return nil
        }
        return unknown.sorted { $0.rawValue < $1.rawValue }.map { id in
            deletions[id] = .looking
            return .checkPresence(DeletionTarget(id: id, name: list[id]?.name ?? id.rawValue))
        }
    }

    private mutating func leave(_ target: DeletionTarget, _ notice: Notice) -> [Intent] {
        deletions[target.id] = nil
        list.remove(target.id)
        return [.notify(notice)]
    }
}
