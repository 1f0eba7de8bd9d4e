import MaskerAPI

/// The rows of a list, however they are kept. A position is counted from the first row, a handle stays with its row.
protocol RowStore: RandomAccessCollection, Sendable
where Index == Int, Element: Identifiable & Equatable & Sendable, Element.ID: Sendable {
    init()
    /// The handle of the first row; those of the others follow it.
    var head: Int { get }
    /// About how many bytes the rows keep.
    var bytes: Int { get }
    func id(at index: Int) -> Element.ID
    func index(of id: Element.ID) -> Int?
    mutating func append(_ element: Element)
    mutating func prepend(_ element: Element)
    mutating func replace(at index: Int, with element: Element)
    /// Whether a row has a text in what it shows.
    func matching(_ text: TextSearch) -> (Int) -> Bool
}

extension RowStore {
    var startIndex: Int { 0 }

    init(_ elements: some Sequence<Element>) {
        self.init()
        for element in elements { append(element) }
    }

    subscript(id id: Element.ID) -> Element? { index(of: id).map { self[$0] } }
}

/// What rows are sorted by; a row without a value comes last, whichever way it is sorted.
enum RowKeys {
    case numbers((Int) -> Double?)
    case texts((Int) -> String?)
}

/// About how much memory is kept.
enum RowBytes {
    /// Most that a list keeps, whatever a server sends.
    static let most = 192 << 20

    /// Of a text: short ones have no memory of their own.
    static func of(_ text: String?) -> Int { text.map { $0.utf8.count > 15 ? $0.utf8.count + 48 : 0 } ?? 0 }
}

/// The rows of a list that is never very long.
struct AgentRows: RowStore {
    private var table = RowTable<Identifier<Agent>, Agent>()
    private(set) var bytes = 0

    var endIndex: Int { table.count }
    var head: Int { table.head }
    subscript(index: Int) -> Agent { table[index] }
    func id(at index: Int) -> Identifier<Agent> { table[index].id }
    func index(of id: Identifier<Agent>) -> Int? { table.index(of: id) }

    mutating func append(_ agent: Agent) {
        bytes += Self.bytes(agent)
        table.append(agent, id: agent.id)
    }

    mutating func prepend(_ agent: Agent) {
        bytes += Self.bytes(agent)
        table.prepend(agent, id: agent.id)
    }

    mutating func replace(at index: Int, with agent: Agent) {
        bytes += Self.bytes(agent) - Self.bytes(table[index])
        table[index] = agent
    }

    private static func bytes(_ agent: Agent) -> Int {
        let texts = [
            agent.id.rawValue, agent.name, agent.upstream?.rawValue, agent.tokenization?.rawValue, agent.policyName, agent.policyVersion,
            agent.proxyURL, agent.webhookURL,
        ] + agent.malformedFields
        // Arrays and dictionaries that grow have up to as much again in reserve.
        return 2 * MemoryLayout<Agent>.stride + 64 + texts.reduce(0) { $0 + RowBytes.of($1) }
    }

    func matching(_ text: TextSearch) -> (Int) -> Bool {
        { text.finds(in: table[$0].name ?? "") || text.finds(in: table[$0].id.rawValue) }
    }
}
