import FoundationEssentials

/// A call session's compliance report (contract, *Report*): `GET /sessions/{id}/report?format=json`.
public struct Report: Sendable, Equatable {
    public let id: Identifier<Report>
    /// Always `session` (contract, *Report*).
    public var scope: String?
    public var sessionID: Identifier<CallSession>?
    public var generatedAt: Date?
    /// The audit root, the same as in the PDF. Only the operator of the service has the key of the audit chain, so the client
    /// cannot compute the root.
    public var auditRootHex: String?
    /// The names under which the report has the audit root.
    public var rootNames: [RootName]
    public var redactionsByKind: [String: Int]?
    /// The policy as YAML at the time when the report was made, not when the call took place.
    public var policySnapshot: String?
    /// The coverage at the time when the report was made.
    public var safeHarborCoverage: SafeHarborCoverage?
    public var signature: Signature?
    /// Names of the fields whose values could not be read.
    public var malformedFields: [String] = []

    /// The two names that servers use for the audit root.
    public enum RootName: String, Sendable, CaseIterable {
        case merkle = "merkle_root_hex"
        case audit = "audit_root_hash"
    }

    /// The report's signature. The client cannot verify it, because no public key is documented.
    public struct Signature: Sendable, Equatable {
        public var alg: String?
        public var sig: String?

        public init(alg: String? = nil, sig: String? = nil) {
            self.alg = alg
            self.sig = sig
        }
    }

    public var hasSignature: Bool { signature != nil }

    public init(
        id: Identifier<Report>, scope: String? = nil, sessionID: Identifier<CallSession>? = nil,
        generatedAt: Date? = nil, auditRootHex: String? = nil, rootNames: [RootName] = [.merkle], redactionsByKind: [String: Int]? = nil,
        policySnapshot: String? = nil, safeHarborCoverage: SafeHarborCoverage? = nil, signature: Signature? = nil
    ) {
        self.id = id
        self.scope = scope
        self.sessionID = sessionID
        self.generatedAt = generatedAt
        self.auditRootHex = auditRootHex
        self.rootNames = rootNames
        self.redactionsByKind = redactionsByKind
        self.policySnapshot = policySnapshot
        self.safeHarborCoverage = safeHarborCoverage
        self.signature = signature
    }
}

extension Report: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey {
        case id, scope, signature
        case sessionID = "session_id"
        case generatedAt = "generated_at"
        case merkleRootHex = "merkle_root_hex"
        case auditRootHash = "audit_root_hash"
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
        let roots = [RootName.merkle: fields.string(.merkleRootHex), .audit: fields.string(.auditRootHash)].compactMapValues { $0 }
        rootNames = RootName.allCases.filter { roots[$0] != nil }
        redactionsByKind = fields.dictionary(.redactionsByKind, JSON.whole)
        policySnapshot = fields.string(.policySnapshot)
        safeHarborCoverage = fields.coverage(.safeHarborCoverage)
        signature = fields.record(.signature)
        malformedFields = fields.malformed
        if Set(roots.values.map { $0.lowercased() }).count > 1 {
            // The two roots differ, so it is unknown which one is right.
            malformedFields += rootNames.map(\.rawValue)
        } else {
            auditRootHex = rootNames.first.flatMap { roots[$0] }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encodeIfPresent(scope, forKey: .scope)
        try container.encodeIfPresent(sessionID, forKey: .sessionID)
        try container.encodeIfPresent(generatedAt, forKey: .generatedAt)
        for name in rootNames { try container.encodeIfPresent(auditRootHex, forKey: name == .merkle ? .merkleRootHex : .auditRootHash) }
        try container.encodeIfPresent(redactionsByKind, forKey: .redactionsByKind)
        try container.encodeIfPresent(policySnapshot, forKey: .policySnapshot)
        try container.encodeIfPresent(safeHarborCoverage, forKey: .safeHarborCoverage)
        try container.encodeIfPresent(signature, forKey: .signature)
    }
}

extension Report.Signature: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey { case alg, sig }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        alg = fields.string(.alg)
        sig = fields.string(.sig)
    }
}
