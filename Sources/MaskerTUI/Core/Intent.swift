import MaskerAPI

/// What a screen wants of the application. Screens change nothing but themselves.
enum Intent: Sendable {
    /// Opens a detail on the current tab.
    case open(any Screen)
    /// Lays a dialog over the page.
    case present(any Screen)
    /// Closes the topmost dialog or detail.
    case close
    case select(Tab)
    /// Like `select`, but leaves open what is opened on the tab already.
    case show(Tab)
    /// Keeps a line typed behind `:`.
    case remember(String)
    case nextTab(Int)
    case refresh
    /// Bulk where a list is read on to its end.
    case loadMoreAgents(RequestPriority)
    case loadMoreSessions(RequestPriority)
    /// Reads the list of agents anew with another filter.
    case filterAgents(AgentFilter)
    /// Reads the list of sessions anew with another filter, and goes to its head.
    case filterSessions(SessionFilter)
    /// Shows the overview of another window.
    case showWindow(OverviewWindow)
    /// Asks for something more than a screen's `requests`.
    case fetch(Request)
    /// To the place before; false: the one after.
    case turnBack(Bool)
    /// Follows the sessions as they come, or stops.
    case follow(Bool)
    /// Whether errors ring while following.
    case ring(Bool)
    /// Shows the lists arranged like this.
    case arrange(ListLooks)
    case delete(DeletionTarget)
    case createAgent(AgentOrder)
    /// Looks whether an agent is there whose creation was not answered.
    case lookForName(AgentOrder)
    case checkWebhook(Agent, WebhookSecret?)
    case checkProxy(Agent)
    /// Takes the note off an agent's row.
    case dismissNote(Identifier<Agent>)
    /// Marks a session for saving its reports, or takes the mark off.
    case mark(Identifier<CallSession>)
    case clearMarks
    /// Looks whether the names of files are taken.
    case lookForNames(ReportNames)
    case saveReports(ReportOrder)
    /// Cancels the saving of reports, or takes the line about what became of it off.
    case cancelSaving
    /// Takes the lines about its reports off a session.
    case dismissReports(Identifier<CallSession>)
    case readReport(Identifier<CallSession>)
    case signIn(CookieValue)
    case logOut
    /// Checks the login session, to go on after the lock.
    case unlock
    case copy(CopiedText)
    case notify(Notice)
    case useProfile(String)
    case useTheme(Theme.Name)
    case suspend
    case repaint
    case quit
}

/// The raw value is the key.
enum Tab: Int, CaseIterable, Sendable { case overview, agents, sessions, account }

/// A line that says what just happened; it goes with the next key or after a while.
struct Notice: Sendable, Equatable {
    enum Kind: Sendable { case done, refused, failed }
    var kind: Kind
    var text: PrintableText

    init(_ kind: Kind, _ text: PrintableText) {
        self.kind = kind
        self.text = text
    }
}
