import FoundationEssentials

/// An agent, which is a configured proxy in front of one upstream model, with the fields that lists have (contract, *Agents*).
public struct Agent: Sendable, Equatable, Identifiable {
    public let id: Identifier<Agent>
    public var name: String?
    public var upstream: Upstream?
    public var tokenization: Tokenization?
    public var policyName: String?
    /// The documentation says that it is a number; a string is read as well.
    public var policyVersion: String?
    /// The whole URL, up to `/chat/completions`. Its host, and that of `webhookURL`, can be another one than the API's.
    public var proxyURL: String?
    public var webhookURL: String?
    public var createdAt: Date?
    /// Call sessions in the last 24 hours.
    public var sessionCount24h: Int?
    /// Names of the fields whose values could not be read.
    public var malformedFields: [String] = []

    public init(
        id: Identifier<Agent>, name: String? = nil, upstream: Upstream? = nil, tokenization: Tokenization? = nil,
        policyName: String? = nil, policyVersion: String? = nil, proxyURL: String? = nil, webhookURL: String? = nil,
        createdAt: Date? = nil, sessionCount24h: Int? = nil
    ) {
        self.id = id
        self.name = name
        self.upstream = upstream
        self.tokenization = tokenization
        self.policyName = policyName
        self.policyVersion = policyVersion
        self.proxyURL = proxyURL
        self.webhookURL = webhookURL
        self.createdAt = createdAt
        self.sessionCount24h = sessionCount24h
    }
}

extension Agent: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case id, name, upstream, tokenization
        case policyName = "policy_name"
        case policyVersion = "policy_version"
        case proxyURL = "proxy_url"
        case webhookURL = "webhook_url"
        case createdAt = "created_at"
        case sessionCount24h = "session_count_24h"
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        guard let id: Identifier<Agent> = fields.id(.id) else { return nil }
        self.id = id
        name = fields.string(.name)
        upstream = fields.string(.upstream).map(Upstream.init)
        tokenization = fields.string(.tokenization).map(Tokenization.init)
        policyName = fields.string(.policyName)
        policyVersion = fields.version(.policyVersion)
        proxyURL = fields.string(.proxyURL)
        webhookURL = fields.string(.webhookURL)
        createdAt = fields.date(.createdAt)
        sessionCount24h = fields.int(.sessionCount24h)
        malformedFields = fields.malformed
    }
}

/// An agent with its policy and statistics: `GET /agents/{id}`.
public struct AgentDetail: Sendable, Equatable {
    public var agent: Agent
    /// The policy as YAML.
    public var policyYAML: String?
    public var stats: AgentStats?
    /// Names of the fields that only the detail has and whose values could not be read.
    public var malformedFields: [String] = []

    public init(agent: Agent, policyYAML: String? = nil, stats: AgentStats? = nil) {
        self.agent = agent
        self.policyYAML = policyYAML
        self.stats = stats
    }
}

extension AgentDetail: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case policyYAML = "policy_yaml"
        case stats
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        guard let agent = Agent(json: fields.object) else { return nil }
        self.agent = agent
        policyYAML = fields.string(.policyYAML)
        stats = fields.record(.stats)
        malformedFields = fields.malformed
    }

    public func encode(to encoder: any Encoder) throws {
        try agent.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(policyYAML, forKey: .policyYAML)
        try container.encode(stats, forKey: .stats)
    }
}

/// An agent's statistics. Latencies are in milliseconds.
public struct AgentStats: Sendable, Equatable {
    public var sessionCount24h: Int?
    public var sessionCount7d: Int?
    public var redactionCount24h: Int?
    public var p50LatencyMS: Double?
    public var p95LatencyMS: Double?

    public init(
        sessionCount24h: Int? = nil, sessionCount7d: Int? = nil, redactionCount24h: Int? = nil,
        p50LatencyMS: Double? = nil, p95LatencyMS: Double? = nil
    ) {
        self.sessionCount24h = sessionCount24h
        self.sessionCount7d = sessionCount7d
        self.redactionCount24h = redactionCount24h
        self.p50LatencyMS = p50LatencyMS
        self.p95LatencyMS = p95LatencyMS
    }
}

extension AgentStats: JSONObjectReadable, Encodable {
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case sessionCount24h = "session_count_24h"
        case sessionCount7d = "session_count_7d"
        case redactionCount24h = "redaction_count_24h"
        case p50LatencyMS = "p50_latency_ms"
        case p95LatencyMS = "p95_latency_ms"
    }

    public init?(_ fields: inout JSONFields<CodingKeys>) {
        sessionCount24h = fields.int(.sessionCount24h)
        sessionCount7d = fields.int(.sessionCount7d)
        redactionCount24h = fields.int(.redactionCount24h)
        p50LatencyMS = fields.double(.p50LatencyMS)
        p95LatencyMS = fields.double(.p95LatencyMS)
    }
}

/// The body of `POST /agents` (contract, *Agents*).
public struct NewAgent: Sendable, Equatable {
    /// 1 to 64 characters, unique in the account.
    public var name: String
    public var upstream: Upstream
    /// Nil for the service's default, `vault-deterministic`.
    public var tokenization: Tokenization?
    public var policy: Policy

    /// The policy, by name or inline; the service does not accept both.
    public enum Policy: Sendable, Equatable {
        /// The name of a policy; nil for the service's default, `healthcare-default`.
        case named(String?)
        /// The policy as YAML.
        case yaml(String)
    }

    public init(name: String, upstream: Upstream, tokenization: Tokenization? = nil, policy: Policy = .named(nil)) {
        self.name = name
        self.upstream = upstream
        self.tokenization = tokenization
        self.policy = policy
    }
}

extension NewAgent: Encodable {
    enum CodingKeys: String, CodingKey {
        case name, upstream, tokenization
        case policyName = "policy_name"
        case policyYAML = "policy_yaml"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(upstream, forKey: .upstream)
        try container.encodeIfPresent(tokenization, forKey: .tokenization)
        switch policy {
        case .named(let name): try container.encodeIfPresent(name, forKey: .policyName)
        case .yaml(let text): try container.encode(text, forKey: .policyYAML)
        }
    }
}
