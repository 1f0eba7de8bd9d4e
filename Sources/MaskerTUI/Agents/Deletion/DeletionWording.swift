import MaskerAPI
import TerminalKit

/// Puts the outcome of a deletion into words: for the agent's row, for the notice when the row disappears, and for commands
/// that have no screen.
package enum DeletionWording {
    /// The line under an agent's row.
    static func note(_ deletion: Deletion) -> Notice {
        switch deletion {
        case .deleting: Notice(.done, "deleting…")
        case .looking: Notice(.refused, "no answer confirmed it: unknown whether it was deleted; checking…")
        case .refused(let error) where error.kind == .forbidden:
            Notice(.failed, "⊘ " + Wording.forbidden(error, needs: Wording.accountAdmin))
        case .refused(let error): Notice(.failed, "✗ not deleted: " + Wording.failure(error))
        case .notSent(let error): Notice(.failed, "✗ not deleted, its configuration could not be kept: " + Wording.failure(error))
        case .notKept(let reason):
            Notice(.failed, PrintableText("✗ not deleted, its configuration could not be kept: \(reason)"))
        case .renamed(let name):
            Notice(.failed, PrintableText("✗ not deleted: " + (name.map { "it is called \($0) now" } ?? "it has no name any more") + "; delete again to confirm"))
        case .stillThere: Notice(.failed, "✗ still there: the deletion was not carried out; delete again to retry")
        case .unknown(let error):
            Notice(.failed, "✗ could not find out whether it was deleted: " + Wording.failure(error) + "; a refresh checks again")
        }
    }

    /// The notice for an outcome that removes the agent from the list; for any other outcome, the text of its row.
    static func notice(_ outcome: DeletionOutcome, _ target: DeletionTarget) -> Notice {
        switch outcome {
        case .deleted(.file): Notice(.done, "\(target.name) is deleted; :deleted shows its backup and can re-create it")
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

    /// The notice about an agent that was searched for after the answer to its deletion was lost.
    static func notice(_ presence: AgentPresence, _ target: DeletionTarget) -> Notice {
        switch presence {
        case .there: note(.stillThere)
        case .gone: Notice(.done, "\(target.name) is gone, although no answer confirmed its deletion")
        case .goneOrHidden: Notice(.refused, "no answer confirmed the deletion: \(target.name) is gone, or not visible to you")
        case .unknown(let error): note(.unknown(error))
        }
    }

    // MARK: Without a screen

    /// The outcome of a deletion, as the sentence that `agents delete` prints.
    /// - Parameter directory: the directory of the backups.
    package static func sentence(_ outcome: DeletionOutcome, _ target: DeletionTarget, directory: String?) -> String {
        switch outcome {
        case .deleted(.file(let file)): "deleted; its configuration is in \(directory ?? "")/\(file)"
        case .deleted(.nowhere(let reason)): "deleted; its configuration could not be kept: \(reason)"
        case .alreadyGone: "the agent \(target.id.rawValue) does not exist: it was deleted before"
        case .goneOrHidden: "the agent \(target.id.rawValue) is gone, or not visible to you; nothing was sent"
        case .renamed: "the agent \(target.id.rawValue) has another name than “\(target.name)”; nothing was deleted"
        case .notSent(let error): "not deleted, because the agent could not be read first: " + Wording.failure(error).string
        case .notKept(let reason): "not deleted: its configuration could not be kept (\(reason))"
        case .failed(let error): Wording.failure(error).string
        }
    }

    /// The result of the check after a lost answer, as the sentence that the command prints.
    /// - Parameter error: why the answer was lost.
    package static func sentence(_ presence: AgentPresence, after error: APIError) -> String {
        switch presence {
        case .there: "still there: the deletion was not carried out (" + Wording.failure(error).string + ")"
        case .gone: "gone, although no answer confirmed the deletion"
        case .goneOrHidden: "gone, or not visible to you; no answer confirmed the deletion (" + Wording.failure(error).string + ")"
        case .unknown(let second):
            "unknown: no answer confirmed the deletion, and checking whether it still exists failed, too: " + Wording.failure(second).string
        }
    }
}
