import MaskerAPI
import TerminalKit

/// The rows of the list of agents. Each row is kept as it is, because an account has few agents.
package struct AgentRows: RowStore {
    private var table = RowTable<Identifier<Agent>, Agent>()
    package private(set) var bytes = 0

    package init() {}

    package var endIndex: Int { table.count }
    package var head: Int { table.head }
    package subscript(index: Int) -> Agent { table[index] }
    package func id(at index: Int) -> Identifier<Agent> { table[index].id }
    package func index(of id: Identifier<Agent>) -> Int? { table.index(of: id) }

    package mutating func append(_ agent: Agent) {
        bytes += Self.bytes(agent)
        table.append(agent, id: agent.id)
    }

    package mutating func prepend(_ agent: Agent) {
        bytes += Self.bytes(agent)
        table.prepend(agent, id: agent.id)
    }

    package mutating func replace(at index: Int, with agent: Agent) {
        bytes += Self.bytes(agent) - Self.bytes(table[index])
        table[index] = agent
    }

    private static func bytes(_ agent: Agent) -> Int {
        let texts = [
            agent.id.rawValue, agent.name, agent.upstream?.rawValue, agent.tokenization?.rawValue, agent.policyName, agent.policyVersion,
            agent.proxyURL, agent.webhookURL,
        ] + agent.malformedFields
        // Arrays and dictionaries that grow can reserve twice the memory that they use.
        return 2 * MemoryLayout<Agent>.stride + 64 + texts.reduce(0) { $0 + RowBytes.of($1) }
    }

    package func matching(_ text: TextSearch) -> (Int) -> Bool {
        { text.finds(in: table[$0].name ?? "") || text.finds(in: table[$0].id.rawValue) }
    }
}
