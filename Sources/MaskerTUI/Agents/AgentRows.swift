import MaskerAPI
import TerminalKit

/// The rows of the list of agents. Each row is kept as it is, because an account has few agents.
package struct AgentRows: RowStore {
    private var table = RowTable<WholeRow<Agent>>()
    package private(set) var bytes = 0

    package init() {}

    package var endIndex: Int { table.count }
    package var handles: Range<Int> { table.handles }
    package subscript(index: Int) -> Agent { table[index + head].element }
    package func id(at index: Int) -> Identifier<Agent> { self[index].id }
    package func index(of id: Identifier<Agent>) -> Int? { table.handle(of: id).map { $0 - head } }

    package mutating func append(_ agent: Agent) {
        bytes += Self.bytes(agent)
        table.append(WholeRow(agent))
    }

    package mutating func prepend(_ agent: Agent) {
        bytes += Self.bytes(agent)
        table.prepend(WholeRow(agent))
    }

    package mutating func replace(at index: Int, with agent: Agent) {
        bytes += Self.bytes(agent) - Self.bytes(self[index])
        table[index + head] = WholeRow(agent)
    }

    package mutating func removeFirst(_ count: Int) {
        for agent in prefix(count) { bytes -= Self.bytes(agent) }
        table.removeFirst(count)
    }

    package mutating func removeLast(_ count: Int) {
        for agent in suffix(count) { bytes -= Self.bytes(agent) }
        table.removeLast(count)
    }

    private static func bytes(_ agent: Agent) -> Int {
        let texts = [
            agent.id.rawValue, agent.name, agent.upstream?.rawValue, agent.tokenization?.rawValue, agent.policyName, agent.policyVersion,
            agent.proxyURL, agent.webhookURL,
        ] + agent.malformedFields
        // Arrays and dictionaries that grow can reserve twice the memory that they use.
        return 2 * MemoryLayout<Agent>.stride + 64 + texts.reduce(0) { $0 + RowBytes.of($1) }
    }

    package func matching(_ text: TextSearch) -> RowTest<AgentRows> {
        { rows, index in text.finds(in: rows[index].name ?? "") || text.finds(in: rows[index].id.rawValue) }
    }
}
