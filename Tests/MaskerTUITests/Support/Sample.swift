import Foundation
import MaskerAPI

@testable import MaskerTUI

/// An account to test with.
enum Sample {
    static let now = Date(timeIntervalSince1970: 1_777_900_000)  // 2026-05-04 13:06:40 UTC
    static let settings = ConsoleSettings(
        host: "masker.example.org", origin: "https://masker.example.org", signInURL: "https://masker.example.org/portal/login",
        storePath: "/home/ada/.local/state/masker-tui/session-masker.example.org.json",
        archivePath: "/home/ada/.local/state/masker-tui/deleted-agents", reportsDirectory: "/home/ada/reports",
        home: "/home/ada", clipboard: .terminal)
    static let clock = Clock(style: TimeStyle(), now: now)
    static let login = LoginStatus(
        source: .environment, obtainedAt: now - 3_600, renewedAt: now, expiresAt: now + 30 * 86_400 - 60)

    static let admin = User(
        id: "usr_1", login: "ada", email: "ada@example.org", role: .admin, lastSeenAt: now - 60)
    static let member = User(id: "usr_2", login: "grace", email: "grace@example.org", role: .member)

    static let agents: [Agent] = [
        agent(1, "appointment-bot-prod", "openai:gpt-4o-mini", .vaultDeterministic, 247),
        agent(2, "prior-auth-primary", "openai:gpt-4o", .reversibleAEAD, 31),
        agent(3, "intake-test", "stub", .vaultDeterministic, 0),
        agent(4, "refill-line-west", "openai:gpt-4o-mini", .vaultDeterministic, 118),
    ]

    static func agent(
        _ number: Int, _ name: String, _ upstream: Upstream = "stub", _ tokenization: Tokenization = .vaultDeterministic,
        _ count: Int = 0
    ) -> Agent {
        Agent(
            id: agentID(number), name: name, upstream: upstream, tokenization: tokenization,
            policyName: "healthcare-default", policyVersion: "3",
            proxyURL: "https://masker.example.org/proxy/\(agentID(number))/v1/chat/completions",
            webhookURL: "https://masker.example.org/vapi/webhook/\(agentID(number))",
            createdAt: now - Double(number) * 13 * 86_400, sessionCount24h: count)
    }

    static func agentID(_ number: Int) -> Identifier<Agent> { Identifier("agt_01HZ4T000000000000000000\(number)") }
    static func sessionID(_ number: Int) -> Identifier<CallSession> {
        Identifier("sess_01HZ4T00000000000000000" + String(number + 1_000).dropFirst())
    }

    static func manyAgents(_ count: Int) -> [Agent] { (0..<count).map { agent($0 + 1, "agent-\($0 + 1)") } }

    static let sessions = (0..<60).map { session($0) }

    static func session(_ number: Int) -> CallSession {
        let statuses: [CallStatus] = [.ok, .ok, .error, .ok, .partial]
        let agent = agents[number % agents.count]
        let started = now - Double(number) * 61
        return CallSession(
            id: sessionID(number), agentID: agent.id, agentName: agent.name, startedAt: started,
            endedAt: started + 0.9, durationMS: 412 + Double(number) * 37, status: statuses[number % 5],
            redactionCount: 4, redactionsByKind: ["NAME": 2, "PHONE": 1, "DOB": 1], upstreamModel: "gpt-4o-mini")
    }

    static let policyYAML = """
        # What is redacted before anything leaves the network.
        version: 3
        entities:
          - kind: NAME
            action: tokenize  # always
          - kind: PHONE
            action: "tokenize"
        """

    static let agentDetail = AgentDetail(
        agent: agents[0], policyYAML: policyYAML,
        stats: AgentStats(
            sessionCount24h: 247, sessionCount7d: 1_702, redactionCount24h: 611, p50LatencyMS: 412, p95LatencyMS: 1_310))

    static func sessionDetail(payloads: Payloads? = nil) -> CallSessionDetail {
        CallSessionDetail(
            session: session(0), policyName: "healthcare-default", policyVersion: "3",
            stageDurations: StageDurations(detection: 41, tokenize: 9, upstream: 352, rehydrate: 10),
            merkleRootHex: String(repeating: "9f3a", count: 16),
            events: [
                RedactionEvent(
                    eventID: "evt_01HZ4T0000000000000000001", pass: "regex", entityKind: "PHONE", span: [18, 30],
                    confidence: 0.99, tokenKind: "MSKV1", kid: "key-2026-04"),
                RedactionEvent(
                    eventID: "evt_01HZ4T0000000000000000002", pass: "gemma", entityKind: "NAME", span: [4, 15],
                    confidence: 0.87, tokenKind: "MSKV1", kid: "key-2026-04"),
            ],
            payloads: payloads)
    }

    static func error(
        _ kind: APIError.Kind, _ status: Int? = nil, _ code: String? = nil, _ message: String = "it went wrong",
        field: String? = nil, requestID: String? = "req_01HZ4T"
    ) -> APIError {
        APIError(kind: kind, status: status, code: code, message: message, field: field, requestID: requestID)
    }

    static let forbidden = error(.forbidden, 403, "forbidden", "account admins only")
    static let unauthenticated = error(.unauthenticated, 401, "unauthenticated", "sign in")
    static let lost = error(
        .transport(TransportError(.connectionLost, detail: "the connection was lost")), requestID: nil)
}
