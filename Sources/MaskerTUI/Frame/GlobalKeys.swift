import TerminalKit

extension KeyAction {
    static let refresh = KeyAction("console.refresh", .character("r"))
    static let menu = KeyAction("console.menu", .character("m"), .function(10))
    static let help = KeyAction("console.help", .character("?"), .function(1))
    static let quit = KeyAction("console.quit", .character("q"), keepsKey: true)
    static let commandLine = KeyAction("console.command-line", .character(":"))
    static let cancelSaving = KeyAction("report.cancel-saving", .character("X"))
    static let showOverview = KeyAction("overview.show", .character("0"))
    static let showAgents = KeyAction("agent.list", .character("1"))
    static let showSessions = KeyAction("session.list", .character("2"))
    static let showAccount = KeyAction("account.show", .character("3"))
    static let nextView = KeyAction("console.next-view", .tab)
    static let previousView = KeyAction("console.previous-view", .backTab)
    static let goBack = KeyAction("console.back", .character("["))
    static let goForward = KeyAction("console.forward", .character("]"))
    static let repaint = KeyAction("console.repaint", .control("l"))
    static let suspend = KeyAction("console.suspend", .control("z"))
    static let quitAtOnce = KeyAction("console.quit-at-once", .control("c"), keepsKey: true)
}

/// The keys that work everywhere, beside those of the screen in front.
enum GlobalKeys {
    enum Command: Sendable {
        case tab(Tab), nextTab(Int), moveInHistory(back: Bool), refresh, command, cancelSaving, menu, help, quit, repaint, suspend
    }

    static let keys = ScreenKeys(page: "everywhere", page.map { $0.action } + overDialogs)

    /// Over dialogs and fields, too.
    static let overDialogs: [KeyAction] = [.repaint, .suspend, .quitAtOnce]

    /// On pages, as they are where the configuration sets none.
    static let page: [Binding<Command>] = [
        Binding(.refresh, hint: "refresh", "Refresh now", .refresh),
        Binding(.menu, hint: "menu", "The menu: a letter for each of its entries", .menu),
        Binding(.help, hint: "keys", priority: .always, "Every key of this screen", .help),
        Binding(.quit, hint: "quit", priority: .always, "Quit", .quit),
        Binding(.commandLine, hint: "command", priority: .low, "A command, such as session ID", .command),
        Binding(.cancelSaving, "Cancel saving reports; take the line about it off", .cancelSaving),
        Binding(.showOverview, "Overview", .tab(.overview)),
        Binding(.showAgents, "Agents", .tab(.agents)),
        Binding(.showSessions, "Sessions", .tab(.sessions)),
        Binding(.showAccount, "Account", .tab(.account)),
        Binding(.nextView, "Next view", .nextTab(1)),
        Binding(.previousView, "Previous view", .nextTab(-1)),
        Binding(.goBack, "Back to the place before", .moveInHistory(back: true)),
        Binding(.goForward, "Forward again", .moveInHistory(back: false)),
    ]

    static func onPages(_ settings: ConsoleSettings) -> [Binding<Command>] { configured(page, settings) }

    /// Over dialogs too.
    static func always(_ settings: ConsoleSettings) -> [Binding<Command>] {
        configured(settings.isRestricted ? restricted : unrestricted, settings)
    }

    private static let repaint: Binding<Command> = Binding(.repaint, "Repaint the screen", .repaint)
    private static let quit: Binding<Command> = Binding(.quitAtOnce, "Quit at once", .quit)
    private static let restricted = [repaint, quit]
    private static let unrestricted = [repaint, Binding(.suspend, "Stop; the shell's fg goes on", .suspend), quit]

    private static func configured(_ bindings: [Binding<Command>], _ settings: ConsoleSettings) -> [Binding<Command>] {
        guard let own = settings.keys[keys] else { return bindings }
        return bindings.map { $0.configured(own) }
    }

    /// Where only that key works: in a window that is too small, and on the lock.
    static func isQuit(_ event: TerminalEvent, _ settings: ConsoleSettings) -> Bool {
        guard case .key(let key) = event else { return false }
        return settings.keys.keys(of: .quit, on: keys).contains(key)
    }

    /// The key of a tab, before its name in the line of tabs.
    static func action(_ tab: Tab) -> KeyAction {
        switch tab {
        case .overview: .showOverview
        case .agents: .showAgents
        case .sessions: .showSessions
        case .account: .showAccount
        }
    }

    static func intents(_ command: Command) -> [Intent] {
        switch command {
        case .tab(let tab): [.select(tab)]
        case .nextTab(let step): [.nextTab(step)]
        case .moveInHistory(back: let isBack): [.moveInHistory(back: isBack)]
        case .refresh: [.refresh]
        case .command: [.open(.commandLine)]
        case .cancelSaving: [.change(.reports(.cancelOrDismiss))]
        case .menu: [.open(.menu)]
        case .help: [.open(.help)]
        case .quit: [.quit]
        case .repaint: [.run(.terminal(.repaint))]
        case .suspend: [.run(.terminal(.suspend))]
        }
    }
}
