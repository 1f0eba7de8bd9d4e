import FoundationEssentials
import Glibc
import MaskerAPI

/// Deletes an agent. Sends the request once and never repeats it, whatever the answer.
package struct AgentDeletion: Sendable {
    package let client: MaskerClient
    package let archive: AgentBackupStore

    package init(client: MaskerClient, archive: AgentBackupStore) {
        self.client = client
        self.archive = archive
    }

    /// Reads the agent right before the deletion: an agent that is gone, or has another name than the user confirmed, is not
    /// deleted. Also writes its backup; when that fails, nothing is sent.
    /// - Parameter login: the login of the user who deletes it, for the backup; nil when it is not known.
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

    /// Checks whether the agent still exists, after the answer to its deletion was lost.
    package func presence(of target: DeletionTarget) async -> AgentPresence {
        let presence = await presence(of: target.id)
        switch presence {
        case .there: archive.record(target.id, .notDeleted)
        case .gone: archive.record(target.id, .deleted)
        // The agent may exist but be hidden from this user, so the recorded outcome stays "unknown".
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

    /// Searches the list, because the agent's own URL answered 404: a gateway may have sent it, or this user must not see the
    /// agent.
    private func listed(_ id: Identifier<Agent>) async -> AgentPresence {
        do {
            return try await client.firstAgent(isWhole: true) { $0.id == id } == nil ? .goneOrHidden : .there
        } catch {
            return .unknown(error)
        }
    }
}

/// Whether an agent exists, according to the server.
package enum AgentPresence: Sendable, Equatable {
    case there
    /// The server answered `agent_not_found`.
    case gone
    /// The list does not contain it, and its own URL answers 404 without `agent_not_found`.
    case goneOrHidden
    case unknown(APIError)
}

extension APIError {
    /// Whether the service itself says that the agent is gone. Any other 404 may come from a gateway, or mean that this user
    /// must not see the agent.
    var saysAgentIsGone: Bool { kind == .notFound && code == "agent_not_found" }

    /// Whether the server may have carried out the change although the request failed.
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
