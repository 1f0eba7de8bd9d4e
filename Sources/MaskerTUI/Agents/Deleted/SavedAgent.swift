import FoundationEssentials
import Glibc
import MaskerAPI

/// An agent as it was before its deletion was asked for. As JSON it is the agent's detail with a `deletion` beside it.
struct SavedAgent: Sendable, Equatable {
    var detail: AgentDetail
    /// Nil in a file of an earlier version.
    var deletion: DeletionRecord?

    init(detail: AgentDetail, deletion: DeletionRecord?) {
        self.detail = detail
        self.deletion = deletion
    }

    /// Nil when it holds no agent.
    init?(_ json: JSON) {
        guard let detail = AgentDetail(json: json) else { return nil }
        self.init(detail: detail, deletion: json[CodingKeys.deletion.rawValue].flatMap(DeletionRecord.init(json:)))
    }
}

extension SavedAgent: Encodable {
    private enum CodingKeys: String, CodingKey { case deletion }

    func encode(to encoder: any Encoder) throws {
        try detail.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(deletion, forKey: .deletion)
    }
}

/// Who asked this console to delete an agent, when, where, and what became of it.
struct DeletionRecord: Sendable, Equatable {
    enum Outcome: String, Sendable, Encodable {
        case deleted
        /// The answer was lost, and the agent is still there.
        case notDeleted = "not deleted"
        /// Not answered, or the console ended before the answer.
        case unknown
    }

    var outcome: Outcome
    /// The server's `host[:port]`.
    var host: String?
    /// The login; nil when it was not known.
    var by: String?
    var at: Date?
}

extension DeletionRecord: JSONObjectReadable, Encodable {
    enum CodingKeys: String, CodingKey { case outcome, host, by, at }

    init?(_ fields: inout JSONFields<CodingKeys>) {
        self.init(
            outcome: fields.string(.outcome).flatMap(Outcome.init) ?? .unknown, host: fields.string(.host), by: fields.string(.by),
            at: fields.date(.at))
    }
}
