import MaskerAPI
import TerminalKit

/// What became of a deletion in words: in the agent's row, in what is said when the row goes, and without a screen.
package enum DeletionWording {
    /// The line under an agent's row.
    static func note(_ deletion: Deletion) -> Notice {
        switch deletion {
        case .deleting: Notice(.done, "deleting…")
        case .looking: Notice(.refused, "no answer confirmed it: unknown whether it was deleted; looking…")
        case .refused(let error) where error.kind == .forbidden:
            Notice(.failed, "⊘ " + Wording.forbidden(error, needs: Wording.accountAdmin))
        case .refused(let error): Notice(.failed, "✗ not deleted: " + Wording.failure(error))
        case .notSent(let error): Notice(.failed, "✗ not deleted, its configuration could not be kept: " + Wording.failure(error))
        case .notKept(let reason):
            Notice(.failed, PrintableText("✗ not deleted, its configuration could not be kept: \(reason)"))
        case .renamed(let name):
            Notice(.failed, PrintableText("✗ not deleted: " + (name.map { "it is called \($0) now" } ?? "it has no name any more") + "; d asks again"))
        case .stillThere: Notice(.failed, "✗ still there: the deletion was not carried out; d asks again")
        case .unknown(let error):
            Notice(.failed, "✗ could not find out whether it was deleted: " + Wording.failure(error) + "; r looks again")
        }
    }

    /// What is said of an outcome that takes the agent out of the list; of any other one, what its row says.
    static func notice(_ outcome: DeletionOutcome, _ target: DeletionTarget) -> Notice {
        switch outcome {
        case .deleted(.file): Notice(.done, "\(target.name) is deleted; :deleted shows what was kept of it and re-creates it")
        case .deleted(.nowhere(let reason)):
            Notice(.refused, "\(target.name) is deleted; its configuration could not be kept: \(reason)")
        case .alreadyGone: Notice(.done, "\(target.name) was already deleted")
        case .goneOrHidden: Notice(.refused, "\(target.name) is gone, or not visible to you; nothing was sent")
        case .renamed(let name): note(.renamed(to: name))
        case .notSent(let error): note(.notSent(error))
        case .notKept(let reason): note(.notKept(reason: reason))
        case .failed(let error): note(.refused(error))
        }
    }

    /// The same of an agent that was looked for after no answer has said what became of its deletion.
    static func notice(_ presence: AgentPresence, _ target: DeletionTarget) -> Notice {
        switch presence {
        case .there: note(.stillThere)
        case .gone: Notice(.done, "\(target.name) is gone, although no answer confirmed its deletion")
        case .goneOrHidden: Notice(.refused, "no answer confirmed the deletion: \(target.name) is gone, or not visible to you")
        case .unknown(let error): note(.unknown(error))
        }
    }

    // MARK: Without a screen

    /// - Parameter directory: where configurations are kept.
    package static func sentence(_ outcome: DeletionOutcome, _ target: DeletionTarget, directory: String?) -> String {
        switch outcome {
        case .deleted(.file(let file)): "deleted; its configuration is in \(directory ?? "")/\(file)"
        case .deleted(.nowhere(let reason)): "deleted; its configuration could not be kept: \(reason)"
        case .alreadyGone: "the agent \(target.id.rawValue) is not there: it was deleted before"
        case .goneOrHidden: "the agent \(target.id.rawValue) is gone, or not visible to you; nothing was sent"
        case .renamed: "the agent \(target.id.rawValue) has another name than “\(target.name)”; nothing was deleted"
        case .notSent(let error): "not deleted, because the agent could not be looked at: " + Wording.failure(error).string
        case .notKept(let reason): "not deleted: its configuration could not be kept (\(reason))"
        case .failed(let error): Wording.failure(error).string
        }
    }

    /// - Parameter error: why it had to be looked for.
    package static func sentence(_ presence: AgentPresence, after error: APIError) -> String {
        switch presence {
        case .there: "still there: the deletion was not carried out (" + Wording.failure(error).string + ")"
        case .gone: "gone, although no answer confirmed the deletion"
        case .goneOrHidden: "gone, or not visible to you; no answer confirmed the deletion (" + Wording.failure(error).string + ")"
        case .unknown(let second):
            "unknown: no answer confirmed the deletion, and looking whether it is still there failed, too: " + Wording.failure(second).string
        }
    }
}
