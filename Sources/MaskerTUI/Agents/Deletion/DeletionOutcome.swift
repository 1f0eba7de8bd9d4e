import MaskerAPI

/// The agent of a confirmed deletion, fixed when the dialog opened.
package struct DeletionTarget: Hashable, Sendable {
    package let id: Identifier<Agent>
    /// The name for messages: the agent's name, or its id when the name has characters that cannot be shown.
    let name: String
    /// The agent's name when the dialog opened. An agent that has another name by now is not deleted.
    let confirmedName: String?

    package init(id: Identifier<Agent>, name: String) { self.init(id: id, name: name, confirmedName: name) }

    init(id: Identifier<Agent>, name: String, confirmedName: String?) {
        self.id = id
        self.name = name
        self.confirmedName = confirmedName
    }
}

/// The outcome of a deletion, as far as it is known.
package enum DeletionOutcome: Sendable, Equatable {
    /// The server answered 204. The backup, or why there is none.
    case deleted(BackupOutcome)
    /// The server answered `agent_not_found`: the agent was deleted before.
    case alreadyGone
    /// Another 404, and the list does not contain the agent: it is gone, or this user must not see it. Nothing was sent.
    case goneOrHidden
    /// The agent has another name than the confirmed one. Nothing was sent.
    case renamed(to: String?)
    /// The deletion was not sent, because the agent could not be read first.
    case notSent(APIError)
    /// The deletion was not sent, because the backup could not be written.
    case notKept(reason: String)
    /// The deletion was sent and failed.
    case failed(APIError)
}

/// The outcome of writing a deleted agent's backup.
package enum BackupOutcome: Sendable, Equatable {
    /// The name of the file in `Settings.archivePath`.
    case file(String)
    case nowhere(reason: String)
}

/// The state of a deletion, shown on the agent's row.
enum Deletion: Sendable, Equatable {
    case deleting
    /// The server refused, with 403 or another error.
    case refused(APIError)
    /// The agent could not be read first, so nothing was sent.
    case notSent(APIError)
    /// The backup could not be written, so nothing was sent.
    case notKept(reason: String)
    /// The agent has another name than the confirmed one, so nothing was sent.
    case renamed(to: String?)
    /// The answer was lost; checking whether the agent still exists.
    case looking
    /// The answer was lost, and the agent still exists.
    case stillThere
    /// The answer was lost, and the check failed, too.
    case unknown(APIError)

    /// Whether the deletion, or the check after it, is still running.
    var isUnderWay: Bool { self == .deleting || self == .looking }
}
