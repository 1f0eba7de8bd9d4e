import FoundationEssentials
import Glibc
import MaskerAPI

/// The backup of an agent, made before its deletion. Its JSON is the agent's detail with the added key `deletion`.
struct AgentBackup: Sendable, Equatable {
    var detail: AgentDetail
    /// The record of the deletion; nil in a file of an earlier version.
    var deletion: DeletionRecord?
    /// The names of the file's fields whose values could not be read.
    private(set) var malformedFields: [String] = []

    init(detail: AgentDetail, deletion: DeletionRecord?) {
        self.detail = detail
        self.deletion = deletion
    }

    /// Nil when the JSON contains no agent.
    init?(_ json: JSON) {
        guard let detail = AgentDetail(json: json) else { return nil }
        let record = json[CodingKeys.deletion.rawValue].flatMap { $0 == .null ? nil : $0 }
        self.init(detail: detail, deletion: record.flatMap(DeletionRecord.init(json:)))
        malformedFields = detail.agent.malformedFields + detail.malformedFields
        if record != nil { malformedFields += deletion?.malformedFields.map { "deletion.\($0)" } ?? ["deletion"] }
    }
}

// MARK: The file

extension AgentBackup: Encodable {
    private enum CodingKeys: String, CodingKey { case deletion }

    func encode(to encoder: any Encoder) throws {
        try detail.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(deletion, forKey: .deletion)
    }

    /// The content of a new file: the agent, and the unknown keys of the file that it replaces.
    static func file(_ agent: JSON, over old: JSON?) -> JSON {
        agent.withNull(for: Agent.CodingKeys.allCases).withNull(for: AgentDetail.CodingKeys.allCases)
            .withNull(for: AgentStats.CodingKeys.allCases, in: AgentDetail.CodingKeys.stats)
            .withNull(for: DeletionRecord.CodingKeys.allCases, in: CodingKeys.deletion)
            .keepingUnknown(of: old)
    }

    /// The same file with another outcome; nil when it has no record of a deletion.
    static func file(_ old: JSON, with outcome: DeletionRecord.Outcome) -> JSON? {
        guard case .object? = old[CodingKeys.deletion.rawValue] else { return nil }
        let record = JSON.object([DeletionRecord.CodingKeys.outcome.member(.string(outcome.rawValue))])
        return JSON.object([CodingKeys.deletion.member(record)]).keepingUnknown(of: old)
    }
}

/// Who deleted an agent with this console, when, on which server, and with which outcome.
struct DeletionRecord: Sendable, Equatable {
    enum Outcome: String, Sendable, Encodable {
        case deleted
        /// The answer was lost, and the agent still exists.
        case notDeleted = "not deleted"
        /// No answer was received, or the console ended before it.
        case unknown
    }

    var outcome: Outcome
    /// The server, as `host[:port]`.
    var host: String?
    /// The login of the user who deleted it; nil when it was not known.
    var by: String?
    var at: Date?
    /// The names of the fields whose values could not be read.
    var malformedFields: [String] = []
}

extension DeletionRecord: JSONObjectReadable, Encodable {
    enum CodingKeys: String, CodingKey, CaseIterable { case outcome, host, by, at }

    init?(_ fields: inout JSONFields<CodingKeys>) {
        self.init(
            outcome: fields.string(.outcome).flatMap(Outcome.init) ?? .unknown, host: fields.string(.host), by: fields.string(.by),
            at: fields.date(.at))
        malformedFields = fields.malformed
    }
}
