import FoundationEssentials
import MaskerAPI
import TerminalKit

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
    /// What the features know.
    var data: FeatureStates
    var access = Access.open
    /// What hides all other screens while the access is not open.
    var cover: Cover?
    var tab = Tab.agents
    /// The screens of each tab that was shown: its list, and the details opened from it.
    var stacks: [Tab: [OpenScreen]] = [:]
    /// Dialogs, the topmost last.
    var overlays: [OpenScreen] = []
    var places = PlaceHistory()
    /// Lines typed behind `:`, the latest first.
    var commands: [String] = []
    var refresh: RefreshSchedule
    /// When the last complete refresh ended, as it is shown.
    var refreshedAt: Date?
    var notice: Notice? {
        didSet { noticeEnds = notice == nil ? nil : now.addingTimeInterval(Self.noticeLasts) }
    }
    private(set) var noticeEnds: Date?
    /// It was said that the keyboard's layout has no Latin letters.
    var hasToldLayout = false

    init(settings: Settings, size: Size, now: Date, login: LoginStatus) {
        self.settings = settings
        self.size = size
        self.now = now
        refresh = RefreshSchedule(interval: settings.refreshInterval)
        data = FeatureStates(login: login, settings: settings)
        for tab in Tab.allCases { stacks[tab] = [OpenScreen(tab)] }
    }

    /// How long a notice stays, in seconds.
    static let noticeLasts = 8.0
    static let mostCommands = 50
    /// The smallest window the screens are made for.
    static let smallest = Size(columns: 60, rows: 15)

    var isTooSmall: Bool { size.columns < Self.smallest.columns || size.rows < Self.smallest.rows }

    // MARK: Screens

    /// The page of the current tab.
    var page: any Screen { screens(of: tab)[screens(of: tab).count - 1].screen }
    /// Dialogs that can be seen: those on the cover where there is one.
    var dialogs: [OpenScreen] { cover?.dialogs ?? overlays }
    /// What gets the keys.
    var front: any Screen { dialogs.last?.screen ?? cover?.screen ?? page }
    /// Whether anything lies over the page.
    var isPageCovered: Bool { cover != nil || !overlays.isEmpty }

    /// A tab's list and the details opened from it: never empty.
    func screens(of tab: Tab) -> [OpenScreen] { stacks[tab] ?? [OpenScreen(tab)] }

    /// Taken out meanwhile, so that a list changes its order in place and not a copy.
    mutating func changeScreens<Result>(of tab: Tab, _ body: (inout [OpenScreen]) -> Result) -> Result {
        var screens = stacks.removeValue(forKey: tab) ?? [OpenScreen(tab)]
        defer { stacks[tab] = screens }
        return body(&screens)
    }

    /// Lets what gets the keys do something.
    mutating func withFront<Result>(_ body: (inout any Screen) -> Result) -> Result {
        if var open = cover {
            defer { cover = open }
            return open.dialogs.isEmpty ? body(&open.screen) : body(&open.dialogs[open.dialogs.count - 1].screen)
        }
        if !overlays.isEmpty { return body(&overlays[overlays.count - 1].screen) }
        return changeScreens(of: tab) { body(&$0[$0.count - 1].screen) }
    }

    /// Where pages are drawn: between header, tabs and rule, and rule and hint line.
    var pageArea: Rect { Rect(row: 3, column: 0, columns: size.columns, rows: size.rows - 5) }

    /// Dialogs may lie over the tabs: in the smallest window every line counts.
    var dialogArea: Rect { Rect(row: 1, column: 0, columns: size.columns, rows: size.rows - 2) }

    // MARK: What screens and features may read

    var world: World {
        World(settings: settings, now: now, wall: wall, serverTime: data.account.serverTime(wall), tab: tab, access: access)
    }

    var context: Context { Context(data: data, settings: settings, now: now, wall: wall, page: pageArea, tab: tab, commands: commands) }

    /// What the screen in front reads: the help explains the screen it lies on.
    var frontContext: Context {
        var context = context
        guard front is HelpScreen else { return context }
        let below = dialogs.last { !($0.screen is HelpScreen) }?.screen ?? cover?.screen ?? page
        context.helpTitle = below.title
        context.keys = below.keyHelp(context)
        return context
    }

    var clock: Clock { Clock(style: settings.time, now: wall) }

    /// When something changes by itself next; nil: only input and answers.
    var nextWake: Date? {
        let clocks = isClosed ? nil : clock.nextTick?.addingTimeInterval(-wallAhead)
        return [refresh.dueAt, noticeEnds, clocks, nextSecond, data.nextWake(world)].compactMap { $0 }.min()
    }

    /// When the header's seconds to the next refresh change, while that is put off.
    private var nextSecond: Date? {
        guard let left = refresh.putOffUntil?.timeIntervalSince(now), left > 0 else { return nil }
        return now.addingTimeInterval(left - (left.rounded(.up) - 1))
    }

    /// Why the profile cannot be changed now.
    var profileRefusal: String? {
        if settings.isRestricted { return "restricted mode has no profiles" }
        // Its outcome would be seen by nobody.
        return data.agents.deletions.values.contains(where: \.isUnderWay) ? "the deletion of an agent is under way" : nil
    }
}

/// A screen, and the place that it is.
struct OpenScreen: Sendable {
    let route: Route
    var screen: any Screen

    init(_ route: Route, _ screen: any Screen) {
        self.route = route.place
        self.screen = screen
    }

    /// A tab's own list.
    init(_ tab: Tab) { self.init(.tab(tab), tab.root) }
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
    func label(_ data: FeatureStates) -> String {
        switch self {
        case .overview: "Overview"
        case .agents: "Agents \(data.agents.list.countLabel)"
        case .sessions: "Sessions \(data.sessions.list.countLabel)"
        case .account: "Account"
        }
    }
}
