import MaskerAPI

/// Deletes an agent: once, whatever the answer.
struct AgentDeletion: Sendable {
    let client: MaskerClient
    let archive: ConfigurationArchive

    /// Keeps the agent's configuration first, which cannot be had afterwards.
    func delete(_ target: DeletionTarget) async -> DeletionOutcome {
        let detail: AgentDetail
        do {
            detail = try await client.agent(target.id)
        } catch {
            return error.kind == .notFound ? .alreadyGone : .notSent(error)
        }
        do {
            try await client.deleteAgent(target.id)
        } catch {
            return error.kind == .notFound ? .alreadyGone : .failed(error)
        }
        return .deleted(archive.keep(detail))
    }
}

extension APIError {
    /// Whether the server may have carried a write out although its answer says nothing of the kind.
    var leavesOutcomeUnknown: Bool {
        switch kind {
        case .transport(let failure): failure.mayHaveReachedServer
        case .server, .unexpectedResponse, .redirected: true
        default: false
        }
    }
}
