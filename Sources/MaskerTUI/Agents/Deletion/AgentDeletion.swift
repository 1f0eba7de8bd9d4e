import FoundationEssentials
import Glibc
import MaskerAPI

/// Deletes an agent: once, whatever the answer.
package struct AgentDeletion: Sendable {
    package let client: MaskerClient
    package let archive: AgentBackupStore

    package init(client: MaskerClient, archive: AgentBackupStore) {
        self.client = client
        self.archive = archive
    }

    /// Looks at the agent right before: one that is gone, or has another name than the user has confirmed, is not deleted.
    /// Keeps its configuration, too, which cannot be had afterwards; without that nothing is sent.
    /// - Parameter login: who asks for it, for the archive.
    package func delete(_ target: DeletionTarget, by login: String?) async -> DeletionOutcome {
        let detail: AgentDetail
        do {
            detail = try await client.agent(target.id)
        } catch {
            return await outcome(ofFailedLook: error, target)
        }
        guard detail.agent.id == target.id else { return .notSent(.anotherAgent) }
        guard detail.agent.name == target.confirmedName else { return .renamed(to: detail.agent.name) }
        let kept: BackupOutcome
        do {
            kept = try archive.keep(detail, by: login, at: Date())
        } catch {
            return .notKept(reason: error.sentence)
        }
        do {
            try await client.deleteAgent(target.id)
        } catch {
            if error.saysAgentIsGone {
                archive.record(target.id, .deleted)
                return .alreadyGone
            }
            if !error.leavesOutcomeUnknown { archive.discard(target.id) }
            return .failed(error)
        }
        archive.record(target.id, .deleted)
        return .deleted(kept)
    }

    private func outcome(ofFailedLook error: APIError, _ target: DeletionTarget) async -> DeletionOutcome {
        if error.saysAgentIsGone { return .alreadyGone }
        guard error.kind == .notFound, case .goneOrHidden = await listed(target.id) else { return .notSent(error) }
        return .goneOrHidden
    }

    /// Whether the agent is still there, after no answer to its deletion has said what became of it.
    package func presence(of target: DeletionTarget) async -> AgentPresence {
        let presence = await presence(of: target.id)
        switch presence {
        case .there: archive.record(target.id, .notDeleted)
        case .gone: archive.record(target.id, .deleted)
        // It may be hidden from this user only: the record keeps saying that nobody knows.
        case .goneOrHidden, .unknown: break
        }
        return presence
    }

    private func presence(of id: Identifier<Agent>) async -> AgentPresence {
        do {
            _ = try await client.agent(id)
            return .there
        } catch {
            if error.saysAgentIsGone { return .gone }
            return error.kind == .notFound ? await listed(id) : .unknown(error)
        }
    }

    /// Looks at the list, where the agent's own address answers with a 404 that may be a gateway's, or an agent's that this
    /// user must not see.
    private func listed(_ id: Identifier<Agent>) async -> AgentPresence {
        do {
            return try await client.firstAgent(isWhole: true) { $0.id == id } == nil ? .goneOrHidden : .there
        } catch {
            return .unknown(error)
        }
    }
}

/// Whether an agent is there, as far as the server says.
package enum AgentPresence: Sendable, Equatable {
    case there
    /// The server has said `agent_not_found`.
    case gone
    /// The list does not hold it, and its own address answers with another 404.
    case goneOrHidden
    case unknown(APIError)
}

extension APIError {
    /// Whether the service itself says that the agent is gone. Any other 404 can come from a gateway, or mean that this user
    /// must not see it.
    var saysAgentIsGone: Bool { kind == .notFound && code == "agent_not_found" }

    /// Whether the server may have carried a write out although its answer says nothing of the kind.
    package var leavesOutcomeUnknown: Bool {
        switch kind {
        case .transport(let failure): failure.mayHaveReachedServer
        case .server, .unexpectedResponse, .redirected: true
        case .notFound: !saysAgentIsGone
        default: false
        }
    }

    fileprivate static let anotherAgent = APIError(kind: .unexpectedResponse, status: 200, message: "the server answers with another agent")
}
