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
    static let lock = KeyAction("console.lock", .character("Z"))
    static let repaint = KeyAction("console.repaint", .control("l"))
    static let suspend = KeyAction("console.suspend", .control("z"))
    static let quitAtOnce = KeyAction("console.quit-at-once", .control("c"), keepsKey: true)
}

/// The keys that work on every screen, in addition to the keys of the screen in front.
enum GlobalKeys {
    enum Command: Sendable {
        case tab(Tab), nextTab(Int), moveInHistory(back: Bool), refresh, command, cancelSaving, menu, help, quit, quitAtOnce, lock, repaint, suspend
    }

    static let keys = ScreenKeys(page: "everywhere", page.map { $0.action } + overDialogs)

    /// The keys that also work over dialogs and in fields.
    static let overDialogs: [KeyAction] = [.repaint, .suspend, .quitAtOnce]

    /// The keys that work on pages, with their default keys.
    static let page: [Binding<Command>] = [
        Binding(.refresh, hint: "refresh", "Refresh now", .refresh),
        Binding(.menu, hint: "menu", "Open the menu", .menu),
        Binding(.help, hint: "keys", priority: .always, "Show all keys of this screen", .help),
        Binding(.quit, hint: "quit", priority: .always, "Quit; asks while reports are being saved", .quit),
        Binding(.commandLine, hint: "command", priority: .low, "Enter a command, such as session ID", .command),
        Binding(.cancelSaving, "Cancel saving; if nothing is being saved, dismiss the last result", .cancelSaving),
        Binding(.showOverview, "Go to the overview", .tab(.overview)),
        Binding(.showAgents, "Go to the agents", .tab(.agents)),
        Binding(.showSessions, "Go to the sessions", .tab(.sessions)),
        Binding(.showAccount, "Go to the account", .tab(.account)),
        Binding(.nextView, "Go to the next view", .nextTab(1)),
        Binding(.previousView, "Go to the previous view", .nextTab(-1)),
        Binding(.goBack, "Go back to the previous place", .moveInHistory(back: true)),
        Binding(.goForward, "Go forward again", .moveInHistory(back: false)),
        Binding(.lock, "Lock the console: it hides the screen, and you stay signed in", .lock),
    ]

    static func onPages(_ settings: ConsoleSettings) -> [Binding<Command>] { configured(page, settings) }

    /// The keys that also work over dialogs.
    static func always(_ settings: ConsoleSettings) -> [Binding<Command>] {
        configured(settings.isRestricted ? restricted : unrestricted, settings)
    }

    private static let repaint: Binding<Command> = Binding(.repaint, "Repaint the screen", .repaint)
    private static let quit: Binding<Command> = Binding(.quitAtOnce, "Quit at once; while a form has typed text, asks to press it once more", .quitAtOnce)
    private static let restricted = [repaint, quit]
    private static let unrestricted = [repaint, Binding(.suspend, "Stop the console; continue with fg in the shell", .suspend), quit]

    private static func configured(_ bindings: [Binding<Command>], _ settings: ConsoleSettings) -> [Binding<Command>] {
        guard let own = settings.keys[keys] else { return bindings }
        return bindings.map { $0.configured(own) }
    }

    /// Whether the event is the quit key. Used where no other key works: in a window that is too small, and on the lock screen.
    static func isQuit(_ event: TerminalEvent, _ settings: ConsoleSettings) -> Bool {
        guard case .key(let key) = event else { return false }
        return settings.keys.keys(of: .quit, on: keys).contains(key)
    }

    /// The key of a tab, shown before its name in the line of tabs.
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
        case .lock: [.lock]
        case .quitAtOnce: [.quitAtOnce]
        case .repaint: [.run(.terminal(.repaint))]
        case .suspend: [.run(.terminal(.suspend))]
        }
    }
}
