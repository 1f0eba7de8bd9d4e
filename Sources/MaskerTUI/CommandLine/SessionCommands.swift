import MaskerAPI
import TerminalKit

/// The commands that filter the sessions and go to a time in their list.
extension ConsoleCommand {
    private static let filters = ["since", "until", "status", "agent", "redactions"]

    static func sessionWords(_ word: String, _ context: Context) -> [String] {
        ["since=", "until=", "redactions="] + SessionFilterText.times.map { "since=\($0)" } + SessionFilterText.days.map { "until=\($0)" }
            + SessionFilterText.statuses.map { "status=\($0)" } + names(context.data).map { "agent=\($0)" }
    }

    static func sessions(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        guard !arguments.isEmpty else { return [.select(.sessions)] }
        var text = SessionFilterText(since: SessionFilter.initial.since ?? "", isQuoted: true)
        var before = ""
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            let value = parts.count == 2 ? parts[1] : ""
            switch parts.first ?? "" {
            case "since" where !value.isEmpty: text.since = value
            case "until" where !value.isEmpty: text.until = value
            case "status" where !value.isEmpty: text.status = value
            case "agent" where !value.isEmpty: text.agent = value
            case "redactions" where !value.isEmpty: text.minRedactions = value
            case let name: throw Problem(sentence: refusal(argument, name, after: before))
            }
            before = argument
        }
        do {
            return [.change(.sessions(.filter(try text.filter(agents: context.data.agents.list, context.clock)))), .select(.sessions)]
        } catch {
            throw Problem(sentence: error.sentence)
        }
    }

    private static func refusal(_ argument: String, _ name: String, after before: String) -> String {
        // `since=yesterday 14:05` without quotes.
        if before.hasPrefix("since=") || before.hasPrefix("until="), !argument.contains("=") {
            return "a time with a space is written in quotes: " + CommandWords.typed("\(before) \(argument)", isWhole: true)
        }
        let hint = Suggestion.clause(for: name, among: filters)
        return hint.isEmpty ? "“\(argument)” is none of " + filters.map { $0 + "=…" }.joined(separator: ", ") : "“\(name)” is not a filter" + hint
    }

    static func at(_ arguments: [String], _ context: Context) throws(Problem) -> [Intent] {
        let text = arguments.joined(separator: " "), clock = context.clock
        guard !text.isEmpty else { throw Problem(sentence: "at takes a time, such as yesterday 14:05") }
        let target: TypedTime
        do { target = try TypedTime.past(text, clock) } catch { throw Problem(sentence: error.sentence()) }
        let filter = context.data.sessions.list.filter
        let words = filter.text(agents: context.data.agents.list, clock).string
        if let begin = filter.begin(at: clock.now), target.end <= begin {
            let command = CommandWords.typed("since=" + text, isWhole: true)
            throw Problem(sentence: "“\(text)” is before the list begins (\(words)). Type :sessions \(command) first")
        }
        if let until = filter.until, target.begin >= until {
            throw Problem(sentence: "“\(text)” is after the list ends (\(words)). Take the filter off first")
        }
        return [.show(.sessions), .select(.sessions), .change(.sessions(.go(to: target)))]
    }
}
