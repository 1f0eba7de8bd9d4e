import MaskerAPI

/// Creates an agent: sent once, whatever the answer.
struct AgentCreation: Sendable {
    let client: MaskerClient
    /// What `~` stands for in a path.
    let home: String?

    func create(_ order: AgentOrder) async -> CreationOutcome {
        let policy: NewAgent.Policy
        switch order.policy {
        case .named(let name): policy = .named(name)
        case .yaml(let text): policy = .yaml(text)
        case .file(let path):
            do { policy = .yaml(try PolicyFile.read(expanded(path))) } catch { return .notRead(reason: error.sentence) }
        }
        let agent = NewAgent(name: order.name, upstream: order.upstream, tokenization: order.tokenization, policy: policy)
        do { return .created(try await client.createAgent(agent)) } catch { return .failed(error) }
    }

    private func expanded(_ path: String) -> String {
        guard let home, path == "~" || path.hasPrefix("~/") else { return path }
        return home + path.dropFirst()
    }

    /// More pages of agents with nearly the same name are not looked through.
    private static let mostPages = 20

    /// The agent with the order's name, after the answer to its creation was lost; nil when there is none.
    func look(for order: AgentOrder) async -> Result<Agent?, APIError> {
        await Result {
            var cursor: String?
            for _ in 0..<Self.mostPages {
                let page = try await client.agents(nameContains: order.name, cursor: cursor)
                if let found = page.data.first(where: { $0.name == order.name }) { return found }
                cursor = page.nextCursor
                if cursor == nil { return nil }
            }
            throw APIError(kind: .unexpectedResponse, message: "the list of agents with this in their names does not end")
        }
    }
}
