import FoundationEssentials

/// The health of the service (contract, *Health*): the answer to `GET /health`, with 200 or 503.
public struct ServiceHealth: Sendable, Equatable {
    /// `ok` or `degraded`.
    public var status: String
    public var version: String?
    public var uptimeSeconds: Double?
    /// The state of each component (`db`, `vault`, `audit_log`, `upstream`, `ner_model`): `ok`, or what is wrong.
    public var components: [String: String]
    public var build: Build?

    public struct Build: Sendable, Equatable {
        public var commit: String?
        public var builtAt: Date?

        public init(commit: String? = nil, builtAt: Date? = nil) {
            self.commit = commit
            self.builtAt = builtAt
        }
    }

    public init(
        status: String, version: String? = nil, uptimeSeconds: Double? = nil, components: [String: String] = [:], build: Build? = nil
    ) {
        self.status = status
        self.version = version
        self.uptimeSeconds = uptimeSeconds
        self.components = components
        self.build = build
    }

    public var isDegraded: Bool { status != Self.ok }

    /// The components whose state is not `ok`, sorted by name.
    public var failing: [(name: String, state: String)] {
        components.filter { $0.value != Self.ok }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static let ok = "ok"
}

extension ServiceHealth: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case status, version, components, build
        case uptimeSeconds = "uptime_seconds"
    }

    /// The components that an earlier page of the documentation puts beside `status`.
    private static let flatNames = ["db", "vault", "audit_log", "upstream", "ner_model"]

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        guard let status = fields.string(.status) else { return nil }
        self.status = status
        version = fields.version(.version)
        uptimeSeconds = fields.double(.uptimeSeconds)
        build = fields.record(.build)
        components = fields.dictionary(.components, Self.state) ?? [:]
        for name in Self.flatNames where components[name] == nil {
            components[name] = fields.object[name].flatMap(Self.state)
        }
    }

    private static func state(_ json: JSON) -> String? {
        json == .null ? nil : json.stringValue ?? json["status"]?.stringValue ?? json.compactText
    }
}

extension ServiceHealth.Build: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey {
        case commit
        case builtAt = "built_at"
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        commit = fields.string(.commit)
        builtAt = fields.date(.builtAt)
    }
}
