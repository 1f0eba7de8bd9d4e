import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Everything that the console knows and shows. Only `update` changes it, and `view` draws it.
struct AppState: Sendable {
    let settings: ConsoleSettings
    var size: Size
    /// The current time of a clock that cannot be set. Durations and due times use this clock.
    var now: Date
    /// Seconds by which the machine's clock is ahead of `now`.
    var wallAhead = 0.0
    /// The current time of the machine's clock. It is only used for display.
    var wall: Date { now.addingTimeInterval(wallAhead) }
    /// The states of the features.
    var data: FeatureStates
    var access = Access.open
    /// The screen that hides all others while `access` is not `open`.
    var cover: Cover?
    var tab = Tab.agents
    /// For each tab that was shown: its list, and the details opened from it.
    var stacks: [Tab: [OpenScreen]] = [:]
    /// The open dialogs; the topmost is the last.
    var overlays: [OpenScreen] = []
    var history = NavigationHistory()
    /// Commands entered earlier after `:`, the latest first.
    var commands: [String] = []
    var refresh: RefreshSchedule
    /// When the last complete refresh ended, by the machine's clock.
    var refreshedAt: Date?
    var notice: Notice? {
        didSet { noticeEnds = notice == nil ? nil : now.addingTimeInterval(Self.noticeLasts) }
    }
    private(set) var noticeEnds: Date?
    /// Whether a notice asks to press Ctrl-C once more to quit.
    var asksToQuit = false
    /// Whether the line about a keyboard layout without Latin letters was shown.
    var hasShownLayoutNotice = false
    /// Whether the line about the server's clock was shown.
    var hasShownClockNotice = false

    init(settings: ConsoleSettings, size: Size, now: Date, login: LoginStatus) {
        self.settings = settings
        self.size = size
        self.now = now
        refresh = RefreshSchedule(interval: settings.refreshInterval)
        data = FeatureStates(login: login, settings: settings)
        for tab in Tab.allCases { stacks[tab] = [OpenScreen(tab)] }
    }

    /// How many seconds a notice is shown.
    static let noticeLasts = 8.0
    static let mostCommands = 50
    /// The smallest window that the screens are designed for.
    static let smallest = Size(columns: 60, rows: 15)

    var isTooSmall: Bool { size.columns < Self.smallest.columns || size.rows < Self.smallest.rows }

    // MARK: Screens

    /// The topmost screen of the current tab.
    var page: any Screen { screens(of: tab)[screens(of: tab).count - 1].screen }
    /// The visible dialogs: those opened on the cover, if there is a cover.
    var dialogs: [OpenScreen] { cover?.dialogs ?? overlays }
    /// The screen that receives the keys.
    var front: any Screen { dialogs.last?.screen ?? cover?.screen ?? page }
    /// Whether a cover or a dialog lies over the page.
    var isPageCovered: Bool { cover != nil || !overlays.isEmpty }

    /// The list of a tab and the details opened from it. Never empty.
    func screens(of tab: Tab) -> [OpenScreen] { stacks[tab] ?? [OpenScreen(tab)] }

    /// Changes the screens of a tab. They are taken out of the dictionary meanwhile, so that lists are not copied.
    mutating func changeScreens<Result>(of tab: Tab, _ body: (inout [OpenScreen]) -> Result) -> Result {
        var screens = stacks.removeValue(forKey: tab) ?? [OpenScreen(tab)]
        defer { stacks[tab] = screens }
        return body(&screens)
    }

    /// Changes the screen that receives the keys.
    mutating func withFront<Result>(_ body: (inout any Screen) -> Result) -> Result {
        if var open = cover {
            defer { cover = open }
            return open.dialogs.isEmpty ? body(&open.screen) : body(&open.dialogs[open.dialogs.count - 1].screen)
        }
        if !overlays.isEmpty { return body(&overlays[overlays.count - 1].screen) }
        return changeScreens(of: tab) { body(&$0[$0.count - 1].screen) }
    }

    /// Where pages are drawn: below the header, the tabs and a rule, and above a rule and the hint line.
    var pageArea: Rect { Rect(row: 3, column: 0, columns: size.columns, rows: size.rows - 5) }

    /// Where dialogs are drawn. They may cover the tabs, because the smallest window has few lines.
    var dialogArea: Rect { Rect(row: 1, column: 0, columns: size.columns, rows: size.rows - 2) }

    // MARK: What screens and features may read

    var world: World {
        World(settings: settings, now: now, wall: wall, serverTime: data.account.serverTime(wall), tab: tab, access: access)
    }

    var context: Context { Context(data: data, settings: settings, now: now, wall: wall, page: pageArea, tab: tab, commands: commands) }

    /// The context of the screen in front. It includes the keys of the screen below, which the help lists.
    var frontContext: Context {
        var context = context
        guard front is HelpScreen else { return context }
        let below = dialogs.last { !($0.screen is HelpScreen) }?.screen ?? cover?.screen ?? page
        context.helpTitle = below.title
        context.keys = below.keyHelp(context)
        return context
    }

    /// For times that this machine has set.
    var machineClock: Clock { Clock(style: settings.time, now: wall) }

    /// When the state changes next without input or an answer; nil when nothing is due.
    var nextWake: Date? {
        let clocks = isClosed ? nil : machineClock.nextTick?.addingTimeInterval(-wallAhead)
        return [refresh.dueAt, noticeEnds, clocks, nextSecond, refreshShows, data.nextWake(world)].compactMap { $0 }.min()
    }

    /// Whether a screen has work to do when there is nothing else to do.
    var isWorking: Bool { stacks.values.contains { $0.contains { $0.screen.isWorking } } }

    /// When the header begins to say that a refresh is running.
    private var refreshShows: Date? { refresh.shownFrom.flatMap { $0 > now ? $0 : nil } }

    /// When the header's countdown to a delayed refresh changes.
    private var nextSecond: Date? {
        guard let left = refresh.putOffUntil?.timeIntervalSince(now), left > 0 else { return nil }
        return now.addingTimeInterval(left - (left.rounded(.up) - 1))
    }

    /// Why another profile cannot be chosen now; nil when it can.
    var profileRefusal: String? {
        if settings.isRestricted { return "there are no profiles in restricted mode" }
        if data.reports.saving != nil { return "reports are being saved; wait, or cancel with \(settings.keyName(.cancelSaving))" }
        // After a change of the profile, the result of the deletion could not be shown.
        return data.agents.deletions.values.contains(where: \.isUnderWay) ? "the deletion of an agent is under way" : nil
    }
}

/// A screen together with its route.
struct OpenScreen: Sendable {
    let route: Route
    var screen: any Screen

    init(_ route: Route, _ screen: any Screen) {
        self.route = route.place
        self.screen = screen
    }

    /// The list of a tab.
    init(_ tab: Tab) { self.init(.tab(tab), tab.root) }
}

extension Tab {
    /// A new tab needs one line here.
    var root: any Screen {
        switch self {
        case .overview: OverviewScreen()
        case .agents: AgentsScreen()
        case .sessions: SessionsScreen()
        case .account: AccountScreen()
        }
    }

    /// The label of the tab, with the number of loaded records.
    func label(_ data: FeatureStates) -> String {
        switch self {
        case .overview: "Overview"
        case .agents: "Agents \(data.agents.list.countLabel)"
        case .sessions: "Sessions \(data.sessions.list.countLabel)"
        case .account: "Account"
        }
    }
}
