import MaskerAPI
import TerminalKit

/// A named command. The commands after `:`, their completion and suggestions, the menu, and the documentation of both are made
/// from this table.
struct ConsoleCommand: Sendable {
    var name: String
    /// The arguments as the help shows them; empty for none.
    var arguments = ""
    var help: String
    /// The entry in the menu; nil when the command is not in the menu.
    var menu: MenuEntry?
    /// The possible completions of the word that is being typed.
    var completions: @Sendable (_ word: String, Context) -> [String] = { _, _ in [] }
    /// Whether the rest of the line is one argument. Then a name with spaces needs no quotes.
    var takesRest = false
    var run: @Sendable (_ arguments: [String], Context) throws(Problem) -> [Intent]

    /// Why a line cannot be run, in one sentence.
    struct Problem: Error, Equatable {
        var sentence: String
    }

    /// The command's entry in the menu.
    struct MenuEntry: Sendable {
        /// The key. Its letter is unique in the menu, and it is not a key that moves in the menu.
        var action: KeyAction
        var title: PrintableText

        init(_ letter: Unicode.Scalar, _ title: PrintableText) {
            action = KeyAction("menu." + title.string.lowercased().split(separator: " ").joined(separator: "-"), .character(letter))
            self.title = title
        }
    }

    /// A command that opens a screen.
    /// - Parameter tab: The tab on which the screen opens; nil for the current tab.
    private static func open(_ route: Route, on tab: Tab? = nil, _ name: String, _ help: String, menu: MenuEntry? = nil) -> ConsoleCommand {
        ConsoleCommand(name: name, help: help, menu: menu) { _, _ in (tab.map { [.show($0)] } ?? []) + [.open(route)] }
    }

    static let all: [ConsoleCommand] = [
        ConsoleCommand(name: "refresh", help: "Read everything again", menu: MenuEntry("r", "Refresh")) { _, _ in [.refresh] },
        ConsoleCommand(
            name: "overview", arguments: "[1h|24h|7d]", help: "The overview", completions: { _, _ in OverviewWindow.allCases.map(\.rawValue) },
            run: overview),
        ConsoleCommand(name: "agents", help: "The agents") { _, _ in [.select(.agents)] },
        ConsoleCommand(
            name: "sessions", arguments: "[since=… until=… status=… agent=… redactions=…]", help: "The sessions, filtered",
            completions: sessionWords, run: sessions),
        ConsoleCommand(
            name: "at", arguments: "TIME", help: "Go to the session at a time, such as yesterday 14:05",
            completions: { _, _ in SessionFilterText.days }, takesRest: true, run: at),
        ConsoleCommand(name: "account", help: "The account", menu: MenuEntry("a", "Account")) { _, _ in [.select(.account)] },
        ConsoleCommand(name: "agent", arguments: "NAME", help: "Open an agent", completions: { _, context in names(context.data) }, takesRest: true, run: agent),
        open(.deletedAgents, on: .agents, "deleted", "The deleted agents, to create them again", menu: MenuEntry("d", "Deleted agents")),
        ConsoleCommand(name: "session", arguments: "ID", help: "Open a session", run: session),
        open(.latency(marking: nil, Known()), on: .sessions, "latency", "The latency of the listed sessions", menu: MenuEntry("t", "Latency")),
        open(.savedReports, on: .sessions, "reports", "The results of saving several reports", menu: MenuEntry("s", "Saved reports")),
        ConsoleCommand(
            name: "profile", arguments: "NAME", help: "Change to another profile; alone, choose one", menu: MenuEntry("p", "Profiles"),
            completions: { _, context in context.settings.profiles }, run: profile),
        ConsoleCommand(
            name: "theme", arguments: "NAME", help: "Change the colours",
            completions: { _, _ in Theme.Name.allCases.map(\.rawValue) }, run: theme),
    ] + listCommands + [
        open(.help, "help", "All keys of this screen", menu: MenuEntry("h", "Help")),
        ConsoleCommand(name: "lock", help: "Lock the console; you stay signed in", menu: MenuEntry("o", "Lock")) { _, _ in [.lock] },
        open(.logOut, "logout", "Log out; asks first", menu: MenuEntry("l", "Log out")),
        ConsoleCommand(name: "q", help: "Quit", menu: MenuEntry("q", "Quit")) { _, _ in [.quit] },
    ]

    /// Returns the intents of a line.
    static func intents(for line: String, _ context: Context) throws(Problem) -> [Intent] {
        var words = CommandWords(line).words
        guard let first = words.first else { return [] }
        // An id alone is also a command, so that ids can be pasted from a ticket.
        if first.hasPrefix("sess_") { return try session([first], context) }
        if first.hasPrefix("agt_") { return try agent([first], context) }
        words.removeFirst()
        guard let command = all.first(where: { $0.name == first }) else {
            throw Problem(sentence: "there is no command “\(first)”" + Suggestion.clause(for: first, among: all.map(\.name)))
        }
        return try command.run(words, context)
    }

    /// Completes the last word of the line as far as it is unambiguous. Also returns the possible words.
    static func complete(_ line: String, _ context: Context) -> (line: String, choices: [String]) {
        let typed = CommandWords(line)
        let command = all.first { $0.name == typed.words.first && typed.lastStart > line.startIndex }
        let nameEnd = line.firstIndex(of: " ").map { line.index(after: $0) } ?? line.startIndex
        let start = command?.takesRest == true ? nameEnd : typed.lastStart
        let word = command?.takesRest == true ? String(line[start...]) : typed.last
        let words = typed.lastStart == line.startIndex ? all.map(\.name) : command?.completions(word, context) ?? []
        let choices = words.filter { $0.lowercased().hasPrefix(word.lowercased()) }
        guard var common = choices.first else { return (line, []) }
        for choice in choices { while !choice.lowercased().hasPrefix(common.lowercased()) { common.removeLast() } }
        let isWhole = choices.count == 1 && !common.hasSuffix("=")
        if common.count < word.count { common = word }
        let text = command?.takesRest == true ? common : CommandWords.typed(common, isWhole: isWhole)
        return (line[..<start] + text + (isWhole ? " " : ""), choices)
    }

    // MARK: Commands

    static func names(_ data: FeatureStates) -> [String] { data.agents.list.items.compactMap(\.name).sorted() }

    private static func overview(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        guard let word = arguments.first else { return [.select(.overview)] }
        guard arguments.count == 1, let window = OverviewWindow(rawValue: word) else {
            throw Problem(sentence: "“\(arguments.joined(separator: " "))” is none of 1h, 24h, 7d")
        }
        return [.show(.overview), .change(.overview(.window(window)))]
    }

    private static func agent(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        let name = arguments.joined(separator: " ")
        guard !name.isEmpty else { throw Problem(sentence: "agent takes a name or an id") }
        let id: Identifier<Agent>
        do { id = try SessionFilterText.agent(name, context.data.agents.list) } catch { throw Problem(sentence: error.sentence) }
        let known = context.data.agents.list[id]?.name
        return [.show(.agents), .open(.agent(id, name: Known(known)))]
    }

    private static func session(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        guard arguments.count == 1, arguments[0].hasPrefix("sess_") else { throw Problem(sentence: "session takes an id: sess_…") }
        let id = Identifier<CallSession>(arguments[0])
        return [.show(.sessions), .open(.session(id, Known()))]
    }

    private static func profile(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        let settings = context.settings
        guard !settings.isRestricted else { throw Problem(sentence: "there are no profiles in restricted mode") }
        guard !settings.profiles.isEmpty else { throw Problem(sentence: "the configuration file has no profiles") }
        guard let name = arguments.first else { return [.open(.profiles)] }
        guard arguments.count == 1, settings.profiles.contains(name) else {
            let written = arguments.joined(separator: " ")
            throw Problem(sentence: "there is no profile “\(written)”" + Suggestion.clause(for: written, among: settings.profiles))
        }
        guard name != settings.profile else { throw Problem(sentence: "the profile “\(name)” is already in use") }
        return [.useProfile(name)]
    }

    private static func theme(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        guard !context.settings.refusesColors else { throw Problem(sentence: "NO_COLOR is set, so there are no colours to choose") }
        guard arguments.count == 1, let name = Theme.Name(rawValue: arguments[0]) else {
            throw Problem(sentence: "theme takes one of " + Theme.Name.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return [.notify(Notice(.done, PrintableText("theme: \(name.rawValue)"))), .run(.terminal(.useTheme(name)))]
    }
}
