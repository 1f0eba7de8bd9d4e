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
struct SessionFilterText: Sendable, Equatable {
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
        guard time.isEmpty || Self.isTime(time) else {
            throw Problem(field: .since, sentence: "“\(time)” is not a time. Try 2h or 2026-05-03")
        }
        filter.since = time.isEmpty ? nil : Self.completed(time)
        let status = status.trimmingSpaces
        guard status.isEmpty || Self.statuses.contains(CallStatus(rawValue: status)) else {
            throw Problem(field: .status, sentence: "“\(status)” is not a status. Try ok, error or partial")
        }
        filter.status = status.isEmpty ? nil : CallStatus(rawValue: status)
        let name = agent.trimmingSpaces
        if !name.isEmpty {
            guard let id = Self.agent(name, agents) else { throw Problem(field: .agent, sentence: "no agent is called “\(name)”") }
            filter.agentID = id
        }
        let count = minRedactions.trimmingSpaces
        if !count.isEmpty {
            guard let number = Int(count), number >= 0 else {
                throw Problem(field: .minRedactions, sentence: "“\(count)” is not a number of redactions")
            }
            filter.minRedactions = number == 0 ? nil : number
        }
        return filter
    }

    /// The agent that a text names: by its full name, by a part of the name that only one agent has, or by its id, also when that
    /// agent is not in the list any more. Nil when no agent matches.
    static func agent(_ text: String, _ agents: AgentListing) -> Identifier<Agent>? {
        if let exact = agents.items.first(where: { $0.name == text || $0.id.rawValue == text }) { return exact.id }
        let similar = agents.items.filter { $0.name?.lowercased().contains(text.lowercased()) == true }
        if similar.count == 1 { return similar[0].id }
        return text.hasPrefix("agt_") ? Identifier(text) : nil
    }

    /// Whether a text is a duration of the contract, or a date with or without a time.
    private static func isTime(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9]{1,4}[hd]/) != nil || Timestamp.parse(completed(text)) != nil
    }

    /// Completes `2026-05-03` and `2026-05-03 21:14` to timestamps of the contract, in UTC.
    private static func completed(_ text: String) -> String {
        if text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil { return text + "T00:00:00Z" }
        if text.wholeMatch(of: /\d{4}-\d\d-\d\d[ T]\d\d:\d\d/) != nil { return text.replacing(" ", with: "T") + ":00Z" }
        return text
    }
}
