import FoundationEssentials
import MaskerAPI

/// What the API has told about the account: shared by all screens, changed only by answers.
struct AccountData: Sendable {
    var user = Loadable<User>()
    var agents = AgentListing(filter: AgentFilter())
    var sessions = SessionListing(filter: .initial)
    var overviews = Overviews()
    /// Deletions under way or refused, by agent.
    var deletions: [Identifier<Agent>: Deletion] = [:]
    /// Reports marked, being saved or read, and what became of them.
    var reports = ReportState()
    var login = LoginStatus()
    var connection: ConnectionInfo?
    /// Until when work that needs many requests waits for the server, as it is shown.
    var waitsUntil: Date?
    /// When the last complete refresh ended, as it is shown.
    var refreshedAt: Date?
    /// When the login session was last seen to be renewed.
    var renewalSeenAt: Date?

    /// The server's clock, which the login session's end is measured by.
    /// - Parameter now: by the machine's own clock.
    func serverTime(_ now: Date) -> Date { now.addingTimeInterval(login.serverClockOffset) }

    /// Seconds until the login session ends; nil when that is unknown.
    func loginRemaining(_ now: Date) -> Double? {
        login.expiresAt.map { $0.timeIntervalSince(serverTime(now)) }
    }
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
