import FoundationEssentials
import MaskerAPI
import TerminalKit

extension SessionFilter {
    /// The filter of the list of sessions until the user sets another.
    static let initial = SessionFilter(since: "30d")

    /// The filter in words: `last 7d · status error · agent refill-line-west · 2 or more redactions`.
    func text(agents: AgentListing, now: Date) -> PrintableText {
        var parts: [String] = []
        if let since { parts.append(since.first?.isNumber == true && since.count > 4 ? "since \(since)" : "last \(since)") }
        if Retention.isExceeded(by: since, now: now) { parts[0] += " (\(Retention.sentence))" }
        if let status { parts.append("status \(status)") }
        if let agentID { parts.append("agent \(agents[agentID]?.name ?? agentID.rawValue)") }
        if let minRedactions { parts.append("\(minRedactions) or more redactions") }
        return PrintableText(parts.joined(separator: " · "))
    }
}

/// A filter as the user types it, in the form or on the command line.
package struct SessionFilterText: Sendable, Equatable {
    enum Field: Int, CaseIterable, Sendable { case since, status, agent, minRedactions }

    /// Why the text of a field is not valid, in one sentence.
    struct Problem: Error, Equatable {
        var field: Field
        var sentence: String
    }

    var since = ""
    var status = ""
    var agent = ""
    var minRedactions = ""

    static let times = ["1h", "24h", "7d", "30d"]
    static let statuses: [CallStatus] = [.ok, .error, .partial]

    /// The filter of these texts; an empty text does not filter.
    /// - Throws: `Problem` for the first text that is not valid.
    func filter(agents: AgentListing) throws(Problem) -> SessionFilter {
        var filter = SessionFilter()
        let time = since.trimmingSpaces
        filter.since = Self.time(time)
        guard time.isEmpty || filter.since != nil else {
            throw Problem(field: .since, sentence: "“\(time)” is not a time. Try 2h or 2026-05-03")
        }
        let status = status.trimmingSpaces
        filter.status = Self.status(status)
        guard status.isEmpty || filter.status != nil else {
            throw Problem(field: .status, sentence: "“\(status)” is not a status. Try \(Self.statusNames)")
        }
        if !agent.trimmingSpaces.isEmpty { filter.agentID = try Self.agent(agent, agents) }
        let count = minRedactions.trimmingSpaces
        if !count.isEmpty {
            guard let number = Self.redactions(count) else {
                throw Problem(field: .minRedactions, sentence: "“\(count)” is not a number of redactions")
            }
            filter.minRedactions = number == 0 ? nil : number
        }
        return filter
    }

    /// The agent that a text means; also one that is not in the list any more, by its id.
    /// - Throws: `Problem` when no agent or more than one is meant.
    static func agent(_ text: String, _ agents: AgentListing) throws(Problem) -> Identifier<Agent> {
        // A name can begin or end with a space.
        for reference in [AgentReference(text), AgentReference(text.trimmingSpaces)] {
            if case .agent(let agent) = reference.match(in: agents.items) { return agent.id }
        }
        let reference = AgentReference(text.trimmingSpaces)
        if reference.isID, case .none = reference.match(in: agents.items) { return Identifier(reference.text) }
        throw Problem(field: .agent, sentence: reference.problem(in: agents.items, withIDs: false) ?? "")
    }

    // MARK: Single values

    package static var statusNames: String { "ok, error or partial" }
    /// The forms of a time, as the end of “it takes …”.
    package static let timeForms = "a number of minutes, hours or days such as 30m, 24h or 7d, or a time such as 2026-05-03 or 2026-05-03T21:14:00Z"

    /// Nil for a text that is no status of the contract.
    package static func status(_ text: String) -> CallStatus? { statuses.first { $0.rawValue == text } }

    /// Nil for a text that is no whole number from 0.
    package static func redactions(_ text: String) -> Int? { Int(text).flatMap { $0 >= 0 ? $0 : nil } }

    /// The `since` of the contract: a duration, or a timestamp, made of a date with or without a time. Nil for other texts.
    package static func time(_ text: String) -> String? {
        let time = completed(text)
        return text.wholeMatch(of: /0*[1-9][0-9]{0,6}[mhd]/) != nil || Timestamp.parse(time) != nil ? time : nil
    }

    /// Completes `2026-05-03` and `2026-05-03 21:14` to timestamps of the contract, in UTC.
    private static func completed(_ text: String) -> String {
        if text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil { return text + "T00:00:00Z" }
        if text.wholeMatch(of: /\d{4}-\d\d-\d\d[ T]\d\d:\d\d/) != nil { return text.replacing(" ", with: "T") + ":00Z" }
        return text
    }
}
