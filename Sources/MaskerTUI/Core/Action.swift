import FoundationEssentials
import MaskerAPI

/// Everything that can happen to the console. Actions say what happened, never what to do.
enum Action: Sendable {
    case started
    case terminal(TerminalEvent)
    case resized(Size)
    /// The moment that `AppState.nextWake` asked for has come.
    case woke
    /// No key was pressed for as long as the console waits before it locks.
    case idled
    /// The program was stopped by ^Z and goes on.
    case resumed
    case answered(Answer, ClientStatus)
}

/// What the client knows beside an answer.
struct ClientStatus: Sendable, Equatable {
    var login: LoginStatus
    var connection: ConnectionInfo?
}

/// What came of an effect.
enum Answer: Sendable {
    case user(Result<User, APIError>)
    case agents(PageRequest<AgentFilter>, Result<Page<Agent>, APIError>)
    case sessions(PageRequest<SessionFilter>, Result<Page<CallSession>, APIError>)
    case agent(Identifier<Agent>, Result<AgentDetail, APIError>)
    case agentSessions(Identifier<Agent>, Result<Page<CallSession>, APIError>)
    case session(Identifier<CallSession>, Result<CallSessionDetail, APIError>)
    case overview(PageRequest<SessionFilter>, Result<Page<CallSession>, APIError>)
    case stages(Identifier<CallSession>, SamplePurpose, Result<CallTiming, APIError>)
    case deletion(DeletionTarget, DeletionOutcome)
    /// Whether an agent is still there, after the answer to its deletion was lost.
    case lookedFor(DeletionTarget, AgentPresence)
    case creation(AgentOrder, CreationOutcome)
    /// The agent with the order's name, after the answer to its creation was lost.
    case lookedForName(AgentOrder, Result<Agent?, APIError>)
    case webhookCheck(Identifier<Agent>, WebhookCheck)
    case proxyCheck(Identifier<Agent>, ProxyCheck)
    case deletedAgents(Result<[ArchivedAgent], ConfigurationArchive.Problem>)
    /// How far the saving of reports is; the number is the order's.
    case reportProgress(Int, ReportProgress)
    /// What became of one session of an order.
    case sessionReports(Int, SessionReports)
    /// An order is over.
    case reportsEnded(Int, ManifestOutcome?)
    /// What the names of files would become that are taken.
    case namesTaken(ReportNames, [String: String])
    /// How many bytes of a report that is to be read have come, and how many will.
    case readingReport(Identifier<CallSession>, Int, Int?)
    case report(Identifier<CallSession>, Result<Report, APIError>)
    /// How an earlier console has left the lists.
    case looks(ListLooks)
    /// Why it is not known, or not kept.
    case looksTrouble(String)
    /// Whether tmux took a text.
    case copied(CopiedText, Bool)
    /// Until when work that needs many requests waits, because the server asks for it; nil: it goes on.
    case waiting(until: Date?)
    case signedIn(Result<User, APIError>)
    case loggedOut(MaskerClient.LogOutOutcome)

    /// Whether it only brings what is shown: nobody wants that while the console is locked.
    var isReading: Bool {
        switch self {
        case .agents, .sessions, .agent, .agentSessions, .session, .overview, .stages, .report, .readingReport, .deletedAgents: true
        default: false
        }
    }

    /// Why it failed, when it did.
    var failure: APIError? {
        switch self {
        case .user(.failure(let error)), .agents(_, .failure(let error)), .sessions(_, .failure(let error)),
            .agent(_, .failure(let error)), .agentSessions(_, .failure(let error)), .session(_, .failure(let error)),
            .overview(_, .failure(let error)), .stages(_, _, .failure(let error)), .lookedFor(_, .unknown(let error)), .deletion(_, .notSent(let error)), .deletion(_, .failed(let error)),
            .creation(_, .failed(let error)), .lookedForName(_, .failure(let error)),
            .report(_, .failure(let error)):
            error
        case .sessionReports(_, let reports): reports.apiError
        case .proxyCheck(_, let check): check.failure
        default: nil
        }
    }
}
