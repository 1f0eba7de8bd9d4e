import FoundationEssentials
import MaskerAPI
import TerminalKit

extension SessionFilter {
    /// The filter of every list of sessions until the user sets another: the last 30 days.
    package static let initial = SessionFilter(since: "30d")

    /// The filter in words: `last 7d · status error · agent refill-line-west · 2 or more redactions`.
    func text(agents: AgentListing, _ clock: Clock) -> PrintableText {
        var parts: [String] = []
        if let since {
            let isExceeded = Retention.isExceeded(by: since, now: clock.now)
            parts.append((Timestamp.parse(since) == nil ? "last " : "since ") + clock.typed(since: since) + (isExceeded ? " (\(Retention.sentence))" : ""))
        }
        if let until { parts.append("until \(clock.typed(until: until))") }
        if let status { parts.append("status \(status)") }
        if let agentID { parts.append("agent \(agents[agentID]?.name ?? agentID.rawValue)") }
        if let minRedactions { parts.append("\(minRedactions) or more redactions") }
        return PrintableText(parts.joined(separator: " · "))
    }

    /// The beginning of the list at a moment; nil for a filter without `since`.
    func begin(at now: Date) -> Date? {
        guard let since, let unit = since.last else { return nil }
        if let seconds = ["h": 3_600.0, "d": 86_400][unit], let count = Double(since.dropLast()) { return now - count * seconds }
        return Timestamp.parse(since)
    }
}

/// A filter as the user types it, in the form or on the command line.
package struct SessionFilterText: Sendable, Equatable {
    enum Field: Int, CaseIterable, Sendable { case since, until, status, agent, minRedactions }

    /// Why the text of a field is not valid, in one sentence.
    struct Problem: Error, Equatable {
        var field: Field
        var sentence: String
    }

    var since = ""
    var until = ""
    var status = ""
    var agent = ""
    var minRedactions = ""
    /// Whether a time with a space is typed in quotes.
    var isQuoted = false

    static let times = ["1h", "24h", "7d", "30d", "today", "yesterday"]
    static let days = ["today", "yesterday"] + Clock.weekdays.map { $0.prefix(3).lowercased() }
    static let statuses: [CallStatus] = [.ok, .error, .partial]

    /// The filter of these texts; an empty text does not filter.
    /// - Throws: `Problem` for the first text that is not valid.
    func filter(agents: AgentListing, _ clock: Clock) throws(Problem) -> SessionFilter {
        var filter = try window(clock)
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

    /// The filter of the two times.
    private func window(_ clock: Clock) throws(Problem) -> SessionFilter {
        var filter = SessionFilter()
        do throws(TypedTime.Problem) {
            filter.since = since.trimmed.isEmpty ? nil : try TypedTime.since(since, clock)
        } catch {
            throw Problem(field: .since, sentence: error.sentence(isQuoted: isQuoted))
        }
        do throws(TypedTime.Problem) {
            filter.until = until.trimmed.isEmpty ? nil : try TypedTime.until(until, clock)
        } catch {
            throw Problem(field: .until, sentence: error.sentence(isQuoted: isQuoted))
        }
        if let refusal = filter.windowRefusal(clock) { throw Problem(field: .until, sentence: refusal) }
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

    /// Nil for a text that is no status of the contract.
    package static func status(_ text: String) -> CallStatus? { statuses.first { $0.rawValue == text } }

    /// Nil for a text that is no whole number from 0.
    package static func redactions(_ text: String) -> Int? { Int(text).flatMap { $0 >= 0 ? $0 : nil } }
}

extension SessionFilter {
    /// Why no session can be in the window; nil when one can.
    package func windowRefusal(_ clock: Clock) -> String? {
        guard let until, let begin = begin(at: clock.now), until <= begin else { return nil }
        return "until is \(clock.typed(until: until)), which is before since, \(clock.typed(begin))"
    }
}
