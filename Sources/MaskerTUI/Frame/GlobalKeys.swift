/// The keys that work everywhere, beside those of the screen in front.
enum GlobalKeys {
    enum Command: Sendable {
        case tab(Tab), nextTab(Int), turnBack(Bool), refresh, command, cancelSaving, menu, help, quit, repaint, suspend
    }

    /// On pages.
    static let page: [Binding<Command>] = [
        Binding([.character("r")], hint: "refresh", "Refresh now", .refresh),
        Binding([.character("m"), .function(10)], hint: "menu", "The menu: a letter for each of its entries", .menu),
        Binding([.character("?"), .function(1)], hint: "keys", "Every key of this screen", .help),
        Binding([.character("q")], hint: "quit", "Quit", .quit),
        Binding([.character(":")], "A command, such as session ID", .command),
        Binding([.character("X")], "Cancel saving reports; take the line about it off", .cancelSaving),
        Binding([.character("0")], "Overview", .tab(.overview)),
        Binding([.character("1")], "Agents", .tab(.agents)),
        Binding([.character("2")], "Sessions", .tab(.sessions)),
        Binding([.character("3")], "Account", .tab(.account)),
        Binding([.tab], "Next view", .nextTab(1)),
        Binding([.backTab], "Previous view", .nextTab(-1)),
        Binding([.character("[")], "Back to the place before", .turnBack(true)),
        Binding([.character("]")], "Forward again", .turnBack(false)),
    ]

    /// Over dialogs too.
    static func always(_ settings: Settings) -> [Binding<Command>] { settings.isRestricted ? restricted : unrestricted }

    private static let repaint: Binding<Command> = Binding([.control("l")], "Repaint the screen", .repaint)
    private static let quit: Binding<Command> = Binding([.control("c")], "Quit at once", .quit)
    private static let restricted = [repaint, quit]
    private static let unrestricted = [repaint, Binding([.control("z")], "Stop; the shell's fg goes on", .suspend), quit]

    static func intents(_ command: Command) -> [Intent] {
        switch command {
        case .tab(let tab): [.select(tab)]
        case .nextTab(let step): [.nextTab(step)]
        case .turnBack(let isBack): [.turnBack(isBack)]
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
