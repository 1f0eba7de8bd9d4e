import MaskerAPI

/// The agent that a confirmed deletion is about, fixed when the dialog opened.
package struct DeletionTarget: Hashable, Sendable {
    let id: Identifier<Agent>
    /// What it is called in what is said of it: its name, or the id where the name cannot be shown as it is.
    let name: String
    /// Its name when the dialog opened. It is not deleted when it has another one by now.
    let confirmedName: String?

    package init(id: Identifier<Agent>, name: String) { self.init(id: id, name: name, confirmedName: name) }

    init(id: Identifier<Agent>, name: String, confirmedName: String?) {
        self.id = id
        self.name = name
        self.confirmedName = confirmedName
    }
}

/// What became of a deletion, as far as it is known.
package enum DeletionOutcome: Sendable, Equatable {
    /// 204. Where its configuration was kept, or why it could not be.
    case deleted(BackupOutcome)
    /// `agent_not_found`: it was gone before.
    case alreadyGone
    /// Another 404, and the list does not hold it: it is gone, or this user must not see it. Nothing was sent.
    case goneOrHidden
    /// It has another name than the one that was confirmed. Nothing was sent.
    case renamed(to: String?)
    /// The request was not sent, because the configuration could not be fetched first.
    case notSent(APIError)
    /// The request was not sent, because the configuration could not be written down first.
    case notKept(reason: String)
    /// The request was sent.
    case failed(APIError)
}

/// What became of a deleted agent's configuration.
package enum BackupOutcome: Sendable, Equatable {
    /// Its file's name in `Settings.archivePath`.
    case file(String)
    case nowhere(reason: String)
}

/// What happens with an agent that the user asked to delete.
enum Deletion: Sendable, Equatable {
    case deleting
    /// 403, or anything else the server said no with.
    case refused(APIError)
    /// The configuration could not be fetched first, so nothing was sent.
    case notSent(APIError)
    /// The configuration could not be written down first, so nothing was sent.
    case notKept(reason: String)
    /// It has another name than the one that was confirmed, so nothing was sent.
    case renamed(to: String?)
    /// The answer was lost; looking whether the agent is still there.
    case looking
    /// The answer was lost, and the agent is still there.
    case stillThere
    /// The answer was lost, and looking failed too.
    case unknown(APIError)

    /// Whether the user has to wait for it.
    var isUnderWay: Bool { self == .deleting || self == .looking }
}
