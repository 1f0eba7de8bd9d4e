import MaskerAPI

/// Finds on the server the agent that a command names.
package struct AgentLookup: Sendable {
    private let client: MaskerClient

    package init(_ client: MaskerClient) {
        self.client = client
    }

    /// The agent with this name, or a part of it, or with this id.
    /// - Throws: `CommandFailure` with 3 when there is none, and with 2 when there are several; or `APIError`.
    package func agent(_ reference: AgentReference) async throws -> Agent {
        var (agents, isWhole) = try await self.agents(containing: reference)
        if case .none = reference.match(in: agents) {
            // Ids, names that the server compares in another way, and names to suggest.
            (agents, isWhole) = try await self.agents(containing: nil)
        }
        switch reference.match(in: agents) {
        case .agent(let agent):
            // Another agent may have the text in its name, too.
            guard isWhole || agent.id.rawValue == reference.text || agent.name == reference.text else { throw Self.tooMany }
            return agent
        case .several: throw CommandFailure.usage(reference.problem(in: agents) ?? "")
        case .none:
            guard isWhole else { throw Self.tooMany }
            throw CommandFailure(status: 3, sentence: reference.problem(in: agents))
        }
    }

    /// The agent's own page. An id is asked for at once, and found although an agent has it as its name.
    package func detail(_ reference: AgentReference) async throws -> AgentDetail {
        if reference.isID {
            do {
                return try await client.agent(Identifier(reference.text))
            } catch {
                // A 404 from a gateway says nothing about the agent.
                guard error.saysAgentIsGone else { throw error }
            }
        }
        return try await client.agent(agent(reference).id)
    }

    /// Which agent to delete. A text with the form of an id is only ever an id: when that agent is gone, an agent with such a name
    /// must not take its place.
    package func deletionTarget(_ text: String, confirmedName: String) async throws -> DeletionTarget {
        let reference = AgentReference(text, .whole)
        let id = reference.isID ? Identifier(text) : try await agent(reference).id
        return DeletionTarget(id: id, name: confirmedName)
    }

    /// Whether an agent that has no sessions exists; nil when the server does not say so.
    package func exists(_ id: Identifier<Agent>) async -> Bool? {
        do {
            _ = try await client.agent(id)
            return true
        } catch {
            return error.saysAgentIsGone ? false : nil
        }
    }

    /// The agents whose names can contain the text, and whether these are all of them.
    private func agents(containing reference: AgentReference?) async throws(APIError) -> (agents: [Agent], isWhole: Bool) {
        let part = reference.flatMap { Self.serverFilter($0.text) }
        if reference != nil, part == nil { return ([], true) }
        var agents: [Agent] = [], ids: Set<Identifier<Agent>> = []
        do {
            _ = try await client.firstAgent(nameContains: part) { agent in
                // A server may repeat a page, and a list that grows at its head moves agents to the next one.
                if ids.insert(agent.id).inserted { agents.append(agent) }
                return false
            }
            return (agents, true)
        } catch {
            guard error.saysListIsTooLong else { throw error }
            return (agents, false)
        }
    }

    /// What the server can be asked for; nil for a text that it might compare in another way than the console: in another Unicode
    /// form, for example.
    private static func serverFilter(_ text: String) -> String? {
        let text = text.trimmingSpaces
        return !text.isEmpty && text.utf8.count <= AgentDraft.longestName && text.utf8.allSatisfy { 0x20..<0x7F ~= $0 } ? text : nil
    }

    private static let tooMany = CommandFailure.failed("the account has more agents than a search reads; give the agent's id")
}
