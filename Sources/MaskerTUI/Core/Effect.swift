import MaskerAPI

/// What the runtime is asked to do: a value, so that tests can look at it. Its outcome comes back as an action.
enum Effect: Sendable, Equatable {
    case fetch(Request)
    /// The answer is not wanted any more.
    case cancel(Request)
    /// No answer to anything that is read is wanted any more.
    case cancelReading
    /// - `by`: who asks for it, as far as that is known.
    case delete(DeletionTarget, by: String?)
    case lookFor(DeletionTarget)
    case createAgent(AgentOrder)
    case lookForName(AgentOrder)
    /// With a secret that was typed; nil for that of the environment.
    case checkWebhook(Agent, WebhookSecret?)
    case checkProxy(Agent)
    case saveReports(ReportOrder)
    case cancelSaving
    case lookForNames(ReportNames)
    /// How the lists were arranged in an earlier console.
    case readLooks
    case keepLooks(ListLooks)
    /// To the clipboard that `Settings.clipboard` leads to.
    case copy(CopiedText)
    /// The terminal's bell.
    case ring
    case signIn(CookieValue)
    case logOut
    /// Ends the stay on this server and begins one with another profile.
    case reopen(profile: String)
    case useTheme(Theme.Name)
    case suspend
    case repaint
    case quit
}

/// One thing to read: from the API, or from what was kept on this machine.
enum Request: Hashable, Sendable {
    case user
    case agents(PageRequest<AgentFilter>)
    case sessions(PageRequest<SessionFilter>)
    case agent(Identifier<Agent>)
    case agentSessions(Identifier<Agent>)
    case session(Identifier<CallSession>)
    /// What was kept of the agents deleted here.
    case deletedAgents
    /// A page of the overview's.
    case overview(PageRequest<SessionFilter>)
    /// How long a session of a sample took.
    case stages(Identifier<CallSession>, SamplePurpose)
    /// A report to be read in the console.
    case report(Identifier<CallSession>)
}

/// Which view a sample is for: two can ask for the same session.
enum SamplePurpose: Hashable, Sendable { case overview, latency }

/// How long a call session and its stages took: all that a sample keeps of it.
struct CallTiming: Sendable, Equatable {
    /// Milliseconds.
    var duration: Double?
    var status: CallStatus?
    var stages: StageDurations?

    init(_ detail: CallSessionDetail) {
        duration = detail.session.durationMS
        status = detail.session.status
        stages = detail.stageDurations
    }
}

/// The agent that a confirmed deletion is about, fixed when the dialog opened.
struct DeletionTarget: Hashable, Sendable {
    let id: Identifier<Agent>
    /// What it is called in what is said of it: its name, or the id where the name cannot be shown as it is.
    let name: String
    /// Its name when the dialog opened. It is not deleted when it has another one by now.
    let confirmedName: String?

    init(id: Identifier<Agent>, name: String) { self.init(id: id, name: name, confirmedName: name) }

    init(id: Identifier<Agent>, name: String, confirmedName: String?) {
        self.id = id
        self.name = name
        self.confirmedName = confirmedName
    }
}

/// What became of a deletion, as far as it is known.
enum DeletionOutcome: Sendable, Equatable {
    /// 204. Where its configuration was kept, or why it could not be.
    case deleted(KeptConfiguration)
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
enum KeptConfiguration: Sendable, Equatable {
    /// Its file's name in `Settings.archivePath`.
    case file(String)
    case nowhere(reason: String)
}
