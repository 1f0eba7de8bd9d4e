import MaskerAPI

/// Creates an agent. Sends the request once and never repeats it, whatever the answer.
package struct AgentCreation: Sendable {
    package let client: MaskerClient
    /// The home directory, which replaces `~` in a path; nil when it is not known.
    let home: String?

    package init(client: MaskerClient, home: String?) {
        self.client = client
        self.home = home
    }

    package func create(_ draft: AgentDraft) async -> CreationOutcome {
        let policy: NewAgent.Policy
        switch draft.policy {
        case .named(let name): policy = .named(name)
        case .yaml(let text): policy = .yaml(text)
        case .file(let path):
            do throws(TypedPath.Problem) {
                let path = try TypedPath(text: path, home: home).path()
                do throws(PolicyFile.Problem) { policy = .yaml(try PolicyFile.read(path)) } catch { return .notRead(reason: error.sentence) }
            } catch { return .notRead(reason: error.sentence) }
        }
        let agent = NewAgent(name: draft.name, upstream: draft.upstream, tokenization: draft.tokenization, policy: policy)
        do { return .created(try await client.createAgent(agent)) } catch { return .failed(error) }
    }

    /// Searches for an agent with the draft's name, after the answer to its creation was lost; nil when there is none.
    package func find(_ draft: AgentDraft) async -> Result<Agent?, APIError> {
        await Result {
            // The server may remove the spaces around a name.
            let name = draft.name.trimmingSpaces
            return try await client.firstAgent(nameContains: name) { $0.name == draft.name || $0.name == name }
        }
    }
}
