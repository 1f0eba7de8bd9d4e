import FoundationEssentials
import MaskerAPI

/// Everything the console knows and shows. Changed by `update` alone, drawn by `view`.
struct AppState: Sendable {
    let settings: Settings
    var size: Size
    /// Now, by a clock that nobody sets: what everything is measured and planned by.
    var now: Date
    /// Seconds that the machine's own clock is ahead of that one.
    var wallAhead = 0.0
    /// Now, as it is shown.
    var wall: Date { now.addingTimeInterval(wallAhead) }
    var data = AccountData()
    var tab = Tab.agents
    /// The screens of each tab: its list, and the details opened from it.
    var stacks: [Tab: [any Screen]] = Dictionary(uniqueKeysWithValues: Tab.allCases.map { ($0, [$0.root]) })
    /// Dialogs, the topmost last.
    var overlays: [any Screen] = []
    /// How the lists are arranged.
    var looks = ListLooks()
    var follow: Follow
    var places = PlaceHistory()
    /// Lines typed behind `:`, the latest first.
    var commands: [String] = []
    /// How many orders of reports there were: the number of the last one.
    var reportOrders = 0
    var notice: Notice?
    var noticeEnds: Date?
    var refresh: RefreshSchedule

    init(settings: Settings, size: Size, now: Date, login: LoginStatus) {
        self.settings = settings
        self.size = size
        self.now = now
        refresh = RefreshSchedule(interval: settings.refreshInterval)
        follow = Follow(interval: settings.followInterval)
        data.login = login
    }

    /// How long a notice and the mark of a renewal stay, in seconds.
    static let noticeLasts = 8.0, renewalMarkLasts = 10.0
    static let mostCommands = 50
    /// The smallest window the screens are made for.
    static let smallest = Size(columns: 60, rows: 15)

    var isTooSmall: Bool { size.columns < Self.smallest.columns || size.rows < Self.smallest.rows }

    /// The page of the current tab.
    var page: any Screen { stacks[tab]?.last ?? tab.root }
    /// What gets the keys.
    var front: any Screen { overlays.last ?? page }

    var signInScreen: SignInScreen? { overlays.lazy.compactMap { $0 as? SignInScreen }.first }

    /// Whether nothing of the account may be read or shown now.
    var isClosed: Bool { isSignedOut || isLocked }

    /// Whether the server admits nobody: it wants another login session, or another API token.
    var isSignedOut: Bool { overlays.contains { $0 is SignInScreen || $0 is RefusedTokenScreen } }

    /// Where pages are drawn: between header, tabs and rule, and rule and hint line.
    var pageArea: Rect { Rect(row: 3, column: 0, columns: size.columns, rows: size.rows - 5) }

    /// Dialogs may lie over the tabs: in the smallest window every line counts.
    var dialogArea: Rect { Rect(row: 1, column: 0, columns: size.columns, rows: size.rows - 2) }

    var context: Context { Context(data: data, settings: settings, now: now, wall: wall, page: pageArea, tab: tab, looks: looks, follow: follow, commands: commands) }

    /// What the screen in front reads: the help explains the screen it lies on.
    var frontContext: Context {
        var context = context
        guard front is HelpScreen else { return context }
        let below = overlays.last { !($0 is HelpScreen) } ?? page
        context.helpTitle = below.title
        context.keys = below.keyHelp(context)
        return context
    }

    var clock: Clock { Clock(style: settings.time, now: wall) }

    /// When something changes by itself next; nil: only input and answers.
    var nextWake: Date? {
        let clocks = data.login.expiresAt == nil ? nil : nextMinute
        let mark = data.renewalSeenAt.map { $0.addingTimeInterval(Self.renewalMarkLasts) }.flatMap { $0 > now ? $0 : nil }
        return [refresh.dueAt, followDueAt, follow.nextExpiry, noticeEnds, mark, clocks, isClosed ? nil : clock.nextTick?.addingTimeInterval(-wallAhead), nextSecond, nextSecondOfWork].compactMap { $0 }.min()
    }

    /// When the header's seconds to the next refresh change, while that is put off.
    private var nextSecond: Date? {
        guard let left = refresh.putOffUntil?.timeIntervalSince(now), left > 0 else { return nil }
        return now.addingTimeInterval(left - (left.rounded(.up) - 1))
    }

    /// While a report is made, the seconds are counted.
    private var nextSecondOfWork: Date? {
        guard !isClosed, let began = data.reports.work?.began else { return nil }
        return began.addingTimeInterval(now.timeIntervalSince(began).rounded(.down) + 1)
    }

    /// When the minutes of the login session's remaining time change.
    private var nextMinute: Date? {
        guard let remaining = data.loginRemaining(wall), remaining > 0 else { return nil }
        return now.addingTimeInterval(remaining.truncatingRemainder(dividingBy: 60) + 0.05)
    }
}

extension Tab {
    /// The one line that a new tab needs here.
    var root: any Screen {
        switch self {
        case .overview: OverviewScreen()
        case .agents: AgentsScreen()
        case .sessions: SessionsScreen()
        case .account: AccountScreen()
        }
    }

    /// The label, with how much is loaded.
    func label(_ data: AccountData) -> String {
        switch self {
        case .overview: "Overview"
        case .agents: "Agents \(data.agents.countLabel)"
        case .sessions: "Sessions \(data.sessions.countLabel)"
        case .account: "Account"
        }
    }
}
