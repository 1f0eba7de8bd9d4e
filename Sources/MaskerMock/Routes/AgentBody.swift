import MaskerAPI

/// Agents as JSON, in the form of the contract.
enum AgentBody {
    static func summary(_ agent: Agent) -> MockJSON { .object(fields(agent)) }

    static func detail(_ agent: Agent, policy: String?, _ stats: AgentStats) -> MockJSON {
        var body = fields(agent)
        body["policy_yaml"] = .orNull(policy)
        body["stats"] = .record([
            "session_count_24h": stats.sessionCount24h.map(MockJSON.int), "session_count_7d": stats.sessionCount7d.map(MockJSON.int),
            "redaction_count_24h": stats.redactionCount24h.map(MockJSON.int),
            "p50_latency_ms": stats.p50LatencyMS.map(MockJSON.number), "p95_latency_ms": stats.p95LatencyMS.map(MockJSON.number),
        ])
        return .object(body)
    }

    private static func fields(_ agent: Agent) -> [String: MockJSON] {
        MockJSON.present([
            "id": .text(agent.id.rawValue), "name": agent.name.map(MockJSON.text), "upstream": agent.upstream.map { MockJSON.text($0.rawValue) },
            "tokenization": agent.tokenization.map { MockJSON.text($0.rawValue) }, "policy_name": agent.policyName.map(MockJSON.text),
            // The contract does not name the type; it is a number in every example.
            "policy_version": agent.policyVersion.flatMap { Int($0) }.map(MockJSON.int),
            "proxy_url": agent.proxyURL.map(MockJSON.text), "webhook_url": agent.webhookURL.map(MockJSON.text),
            "created_at": agent.createdAt.map(MockJSON.time), "session_count_24h": agent.sessionCount24h.map(MockJSON.int),
        ])
    }
}
