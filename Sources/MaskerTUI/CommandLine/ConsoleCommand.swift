import MaskerAPI

/// What can be typed behind `:`. One table: running, completing and suggesting all use it.
struct ConsoleCommand: Sendable {
    var name: String
    /// As the help shows it; empty for none.
    var arguments = ""
    var help: String
    /// What the word that is being typed can become.
    var completions: @Sendable (_ word: String, Context) -> [String] = { _, _ in [] }
    /// Whether all that follows is one argument: a name with spaces needs no quotes.
    var takesRest = false
    var run: @Sendable (_ arguments: [String], Context) throws(Problem) -> [Intent]

    /// Why a line cannot be run, in one sentence.
    struct Problem: Error, Equatable {
        var sentence: String
    }

    static let all: [ConsoleCommand] = [
        ConsoleCommand(
            name: "overview", arguments: "[1h|24h|7d]", help: "The overview", completions: { _, _ in OverviewWindow.allCases.map(\.rawValue) },
            run: overview),
        ConsoleCommand(name: "agents", help: "The agents") { _, _ in [.select(.agents)] },
        ConsoleCommand(
            name: "sessions", arguments: "[since=… status=… agent=… redactions=…]", help: "The sessions, filtered",
            completions: sessionWords, run: sessions),
        ConsoleCommand(name: "account", help: "The account") { _, _ in [.select(.account)] },
        ConsoleCommand(name: "agent", arguments: "NAME", help: "Open an agent", completions: { _, context in names(context.data) }, takesRest: true, run: agent),
        ConsoleCommand(name: "deleted", help: "The agents deleted here, to make them again") { _, _ in [.show(.agents), .open(DeletedAgentsScreen())] },
        ConsoleCommand(name: "session", arguments: "ID", help: "Open a session", run: session),
        ConsoleCommand(name: "refresh", help: "Read everything anew") { _, _ in [.refresh] },
        ConsoleCommand(name: "reports", help: "What became of the reports that were saved together") { _, _ in
            [.show(.sessions), .open(SavedReportsScreen())]
        },
        ConsoleCommand(
            name: "profile", arguments: "NAME", help: "Go to another server, or choose from all",
            completions: { _, context in context.settings.profiles }, run: profile),
        ConsoleCommand(
            name: "theme", arguments: "NAME", help: "Other colours",
            completions: { _, _ in Theme.Name.allCases.map(\.rawValue) }, run: theme),
    ] + listCommands + [
        ConsoleCommand(name: "help", help: "Every key") { _, _ in [.present(HelpScreen())] },
        ConsoleCommand(name: "logout", help: "Log out, after asking") { _, _ in [.present(LogOutDialog())] },
        ConsoleCommand(name: "q", help: "Quit") { _, _ in [.quit] },
    ]

    /// What a line asks for.
    static func intents(for line: String, _ context: Context) throws(Problem) -> [Intent] {
        var words = CommandWords(line).words
        guard let first = words.first else { return [] }
        // An id from a ticket is enough.
        if first.hasPrefix("sess_") { return try session([first], context) }
        if first.hasPrefix("agt_") { return try agent([first], context) }
        words.removeFirst()
        guard let command = all.first(where: { $0.name == first }) else {
            throw Problem(sentence: "there is no command “\(first)”" + Suggestion.clause(for: first, among: all.map(\.name)))
        }
        return try command.run(words, context)
    }

    /// The line with its last word completed as far as it is certain, and what it could become.
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

    private static func names(_ data: AccountData) -> [String] { data.agents.items.compactMap(\.name).sorted() }

    private static func sessionWords(_ word: String, _ context: Context) -> [String] {
        ["since=", "redactions="] + SessionFilterText.times.map { "since=\($0)" } + SessionFilterText.statuses.map { "status=\($0)" }
            + names(context.data).map { "agent=\($0)" }
    }

    private static func overview(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        guard let word = arguments.first else { return [.select(.overview)] }
        guard arguments.count == 1, let window = OverviewWindow(rawValue: word) else {
            throw Problem(sentence: "“\(arguments.joined(separator: " "))” is none of 1h, 24h, 7d")
        }
        return [.show(.overview), .showWindow(window)]
    }

    private static func sessions(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        guard !arguments.isEmpty else { return [.select(.sessions)] }
        var text = SessionFilterText(since: SessionFilter.initial.since ?? "")
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            let value = parts.count == 2 ? parts[1] : ""
            switch parts[0] {
            case "since" where !value.isEmpty: text.since = value
            case "status" where !value.isEmpty: text.status = value
            case "agent" where !value.isEmpty: text.agent = value
            case "redactions" where !value.isEmpty: text.minRedactions = value
            default:
                let hint = Suggestion.clause(for: parts[0], among: ["since", "status", "agent", "redactions"])
                throw Problem(sentence: hint.isEmpty ? "“\(argument)” is none of since=…, status=…, agent=…, redactions=…" : "“\(parts[0])” is no filter" + hint)
            }
        }
        do {
            return [.filterSessions(try text.filter(agents: context.data.agents)), .select(.sessions)]
        } catch {
            throw Problem(sentence: error.sentence)
        }
    }

    private static func agent(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        let name = arguments.joined(separator: " ")
        guard !name.isEmpty else { throw Problem(sentence: "agent takes a name or an id") }
        guard let id = SessionFilterText.agent(name, context.data.agents) else {
            throw Problem(sentence: "no agent is called “\(name)”, or more than one has this in its name" + Suggestion.clause(for: name, among: names(context.data)))
        }
        let known = context.data.agents[id]?.name
        return [.show(.agents), .open(AgentDetailScreen(id: id, name: known))]
    }

    private static func session(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        guard arguments.count == 1, arguments[0].hasPrefix("sess_") else { throw Problem(sentence: "session takes an id: sess_…") }
        let id = Identifier<CallSession>(arguments[0])
        let summary = context.data.sessions[id] ?? CallSession(id: id)
        return [.show(.sessions), .open(SessionDetailScreen(summary: summary))]
    }

    private static func profile(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        let settings = context.settings
        guard !settings.isRestricted else { throw Problem(sentence: "restricted mode has no profiles") }
        guard !settings.profiles.isEmpty else { throw Problem(sentence: "the configuration file has no profiles") }
        guard let name = arguments.first else { return [.present(ProfileScreen(context))] }
        guard arguments.count == 1, settings.profiles.contains(name) else {
            let written = arguments.joined(separator: " ")
            throw Problem(sentence: "there is no profile “\(written)”" + Suggestion.clause(for: written, among: settings.profiles))
        }
        guard name != settings.profile else { throw Problem(sentence: "this is the profile “\(name)” already") }
        return [.useProfile(name)]
    }

    private static func theme(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        guard !context.settings.refusesColors else { throw Problem(sentence: "NO_COLOR is set, so there are no colours to choose") }
        guard arguments.count == 1, let name = Theme.Name(rawValue: arguments[0]) else {
            throw Problem(sentence: "theme takes one of " + Theme.Name.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return [.useTheme(name)]
    }
}
