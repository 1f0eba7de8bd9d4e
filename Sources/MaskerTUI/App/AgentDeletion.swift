import FoundationEssentials
import Glibc
import MaskerAPI

/// Deletes an agent: once, whatever the answer.
struct AgentDeletion: Sendable {
    let client: MaskerClient
    let archive: ConfigurationArchive

    /// Keeps the agent's configuration first, which cannot be had afterwards; without that nothing is sent.
    /// - Parameter login: who asks for it, for the archive.
    func delete(_ target: DeletionTarget, by login: String?) async -> DeletionOutcome {
        let detail: AgentDetail
        do {
            detail = try await client.agent(target.id)
        } catch {
            return error.kind == .notFound ? .alreadyGone : .notSent(error)
        }
        let kept: KeptConfiguration
        do {
            kept = try archive.keep(detail, by: login, at: Date())
        } catch {
            return .notKept(reason: error.sentence)
        }
        do {
            try await client.deleteAgent(target.id)
        } catch {
            if error.kind == .notFound {
                archive.settle(target.id, .deleted)
                return .alreadyGone
            }
            if !error.leavesOutcomeUnknown { archive.discard(target.id) }
            return .failed(error)
        }
        archive.settle(target.id, .deleted)
        return .deleted(kept)
    }

    /// Whether the agent is still there, after the answer to its deletion was lost.
    func look(for target: DeletionTarget) async -> Result<Void, APIError> {
        do {
            _ = try await client.agent(target.id)
            archive.settle(target.id, .notDeleted)
            return .success(())
        } catch {
            if error.kind == .notFound { archive.settle(target.id, .deleted) }
            return .failure(error)
        }
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
