import FoundationEssentials

/// A call session's compliance report (contract, *Sessions*): `GET /sessions/{id}/report?format=json`.
public struct Report: Sendable, Equatable {
    public let id: Identifier<Report>
    /// `session`.
    public var scope: String?
    public var sessionID: Identifier<CallSession>?
    public var generatedAt: Date?
    /// The same root as in the PDF.
    public var merkleRootHex: String?
    public var redactionsByKind: [String: Int]?
    /// The policy at the time of the call, as YAML.
    public var policySnapshot: String?
    /// Coverage of each Safe Harbor identifier: `{"A_names": "full"}`.
    public var safeHarborCoverage: [String: String]?
    /// Names of the fields whose values could not be read.
    public var malformedFields: [String] = []

    public init(
        id: Identifier<Report>, scope: String? = nil, sessionID: Identifier<CallSession>? = nil,
        generatedAt: Date? = nil, merkleRootHex: String? = nil, redactionsByKind: [String: Int]? = nil,
        policySnapshot: String? = nil, safeHarborCoverage: [String: String]? = nil
    ) {
        self.id = id
        self.scope = scope
        self.sessionID = sessionID
        self.generatedAt = generatedAt
        self.merkleRootHex = merkleRootHex
        self.redactionsByKind = redactionsByKind
        self.policySnapshot = policySnapshot
        self.safeHarborCoverage = safeHarborCoverage
    }
}

extension Report: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey {
        case id, scope
        case sessionID = "session_id"
        case generatedAt = "generated_at"
        case merkleRootHex = "merkle_root_hex"
        case redactionsByKind = "redactions_by_kind"
        case policySnapshot = "policy_snapshot"
        case safeHarborCoverage = "safe_harbor_coverage"
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        guard let id: Identifier<Report> = fields.id(.id) else { return nil }
        self.id = id
        scope = fields.string(.scope)
        sessionID = fields.id(.sessionID)
        generatedAt = fields.date(.generatedAt)
        merkleRootHex = fields.string(.merkleRootHex)
        redactionsByKind = fields.dictionary(.redactionsByKind, JSON.whole)
        policySnapshot = fields.string(.policySnapshot)
        safeHarborCoverage = fields.dictionary(.safeHarborCoverage, \.stringValue)
        malformedFields = fields.malformed
    }
}
