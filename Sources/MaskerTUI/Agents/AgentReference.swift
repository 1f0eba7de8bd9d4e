import MaskerAPI
import TerminalKit

/// A text by which a user means an agent: its id, its name, or a part of its name. Commands and the console read it alike.
///
/// The first of these that any agent has counts: the id, the name, the name in other letter case, a part of the name. An id comes
/// first, because scripts use ids: otherwise an agent could be called like the id of another, and would be taken instead. The two
/// Unicode forms of a letter with an accent are the same letter.
package struct AgentReference: Sendable {
    package enum Extent: Sendable {
        case part
        /// The id or the whole name only, for what cannot be taken back.
        case whole
    }

    package enum Match: Sendable, Equatable {
        case agent(Agent)
        case several([Agent])
        case none
    }

    package let text: String
    package let extent: Extent

    package init(_ text: String, _ extent: Extent = .part) {
        self.text = text
        self.extent = extent
    }

    /// Whether the text has the form of an agent's id. Such an id can belong to an agent that was deleted, and that sessions still
    /// name.
    package var isID: Bool { text.hasPrefix("agt_") }

    package func match(in agents: some Sequence<Agent>) -> Match {
        let agents = Array(agents)
        guard !text.isEmpty else { return .none }
        if let agent = agents.first(where: { $0.id.rawValue == text }) { return .agent(agent) }
        // Swift compares texts by their characters, so that a composed and a decomposed é are equal.
        let called = agents.filter { $0.name == text }
        guard called.isEmpty, extent == .part else { return Self.match(called) }
        let folded = Self.folded(text)
        guard !folded.isEmpty else { return .none }
        let names = agents.map { Self.folded($0.name ?? "") }
        let same = zip(agents, names).filter { $1 == folded }.map(\.0)
        return Self.match(same.isEmpty ? zip(agents, names).filter { $1.contains(folded) }.map(\.0) : same)
    }

    private static func match(_ agents: [Agent]) -> Match {
        guard let first = agents.first else { return .none }
        return agents.count == 1 ? .agent(first) : .several(agents)
    }

    /// The text without the spaces around it, in lower case, with a plain space for every other one. The upper case comes first
    /// because ß and ς have one that other letters have, too.
    private static func folded(_ text: String) -> String {
        String(text.uppercased().lowercased().map { $0.isWhitespace ? " " : $0 }).trimmingSpaces
    }

    // MARK: Words

    private static let mostNamed = 5

    /// Why no single agent is meant, in one sentence; nil when one is.
    /// - Parameter withIDs: whether the candidates have their ids behind their names. They always have when their names are equal.
    package func problem(in agents: some Sequence<Agent>, withIDs: Bool = true) -> String? {
        switch match(in: agents) {
        case .agent: nil
        case .several(let candidates): ambiguous(candidates, withIDs)
        case .none: unknown(agents)
        }
    }

    private func ambiguous(_ candidates: [Agent], _ withIDs: Bool) -> String {
        let isSame = candidates.allSatisfy { $0.name == text }
        let named = candidates.prefix(Self.mostNamed).map { agent in
            PrintableText(agent.name ?? "?").string + (withIDs || isSame ? " (\(agent.id.rawValue))" : "")
        }
        let more = candidates.count - named.count
        let list = named.joined(separator: ", ") + (more > 0 ? ", and \(more) more" : "")
        return isSame
            ? "\(candidates.count) agents are called “\(text)”: \(list); give the id" : "“\(text)” fits \(candidates.count) agents: \(list); give more of the name, or the id"
    }

    private func unknown(_ agents: some Sequence<Agent>) -> String {
        (isID ? "no agent has the id “\(text)”" : "no agent is called “\(text)”") + Suggestion.clause(for: closest(in: agents))
    }

    /// The names that the text may have been meant for: those that contain it, or else those with the fewest different letters.
    func closest(in agents: some Sequence<Agent>) -> [String] {
        let names = agents.compactMap(\.name), folded = Self.folded(text)
        let containing = folded.isEmpty ? [] : names.filter { Self.folded($0).contains(folded) }
        // The letters of two ids differ by chance only.
        guard containing.isEmpty, !isID else { return Array(containing.prefix(Suggestion.most)) }
        return Suggestion.near(text, among: names)
    }

    /// A text for this agent that `match` resolves to the same agent: its name, or its id if another agent would be found.
    static func text(for agent: Agent, in agents: some Sequence<Agent>) -> String {
        guard let name = agent.name, AgentReference(name).match(in: agents) == .agent(agent) else { return agent.id.rawValue }
        return name
    }
}
