import MaskerAPI
import TerminalKit

extension AgentsFeature.State {
    /// Notes the outcome of a deletion on the agent's row. The console never repeats a request that deletes.
    mutating func finishDeletion(_ target: DeletionTarget, _ outcome: DeletionOutcome, _ world: World) -> [Intent] {
        switch outcome {
        case .deleted, .alreadyGone, .goneOrHidden: return leave(target, DeletionWording.notice(outcome, target))
        case .renamed(let name):
            deletions[target.id] = .renamed(to: name)
            // The list is refreshed so that the row shows the new name of the agent.
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

    /// Notes whether the agent still exists, after the answer to its deletion was lost.
    mutating func finishLooking(_ target: DeletionTarget, _ presence: AgentPresence) -> [Intent] {
        switch presence {
        case .there: deletions[target.id] = .stillThere
        case .gone, .goneOrHidden: return leave(target, DeletionWording.notice(presence, target))
        case .unknown(let error): deletions[target.id] = .unknown(error)
        }
        return []
    }

    /// A refresh also checks the agents whose deletion has an unknown outcome.
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
