import Foundation
import MaskerAPI

/// The account behind the mock: agents, call sessions and login sessions, in memory.
public struct MockAccount: Sendable {
    let options: MockOptions
    let origin: String
    let startedAt: Date
    let past: SessionGenerator
    /// Newest first.
    private(set) var agents: [Agent]
    private(set) var policyTexts: [Identifier<Agent>: String] = [:]
    /// Sessions since the start, newest first.
    private(set) var recent: [CallSessionDetail] = []
    var logins: LoginTable
    private var trafficMade = 0
    private var serial: UInt64 = 0

    init(options: MockOptions, origin: String) {
        self.options = options
        self.origin = origin
        startedAt = options.now ?? Date()
        agents = SampleAgents.make(options, origin: origin, now: startedAt)
        past = SessionGenerator(seed: options.seed, count: options.sessions, now: startedAt, agents: agents)
        logins = LoginTable(users: options.users, now: startedAt)
    }

    // MARK: Agents

    func agent(_ id: Identifier<Agent>) -> Agent? { agents.first { $0.id == id } }

    func policyText(of agent: Agent) -> String? {
        policyTexts[agent.id] ?? agent.policyName.flatMap { Policies.texts[$0] }
    }

    mutating func add(_ new: NewAgent, now: Date) -> Agent {
        serial += 1
        var random = SeededRandom(options.seed, serial | 1 << 52)
        let id = ULID.make("agt_", at: now, high: random.next(), low: serial)
        var policy: String?
        if case .named(let name) = new.policy { policy = name ?? "healthcare-default" }
        let agent = SampleAgents.make(
            id: id, name: new.name, upstream: new.upstream, tokenization: new.tokenization ?? .vaultDeterministic,
            policy: policy ?? "inline", version: policy.flatMap { Policies.versions[$0] } ?? "1", origin: origin, created: now)
        if case .yaml(let text) = new.policy { policyTexts[agent.id] = text }
        agents.insert(agent, at: 0)
        return agent
    }

    /// False when it is not there.
    public mutating func removeAgent(_ id: Identifier<Agent>) -> Bool {
        guard let index = agents.firstIndex(where: { $0.id == id }) else { return false }
        agents.remove(at: index)
        return true
    }

    // MARK: Sessions

    func session(_ id: Identifier<CallSession>) -> CallSessionDetail? {
        if let fresh = recent.first(where: { $0.session.id == id }) { return fresh }
        guard let index = past.index(of: id) else { return nil }
        let agent = past.agents.indices.contains(past.facts(index).agent) ? past.agents[past.facts(index).agent] : nil
        return SessionGenerator.detail(
            of: past.session(index), policy: agent?.policyName, version: agent?.policyVersion,
            logsPayloads: agent?.policyName == "intake-debug")
    }

    /// A call turn has gone through an agent just now.
    @discardableResult
    mutating func record(_ agent: Agent, at date: Date, durationMS: Double, kinds: [String]) -> CallSession {
        serial += 1
        var random = SeededRandom(options.seed, serial | 1 << 53)
        let session = CallSession(
            id: Identifier(ULID.make("sess_", at: date, high: random.next(), low: serial | 1 << 39)), agentID: agent.id,
            agentName: agent.name, startedAt: date, endedAt: date.addingTimeInterval(durationMS / 1000),
            durationMS: durationMS, status: .ok, redactionCount: kinds.count,
            redactionsByKind: Dictionary(kinds.map { ($0, 1) }, uniquingKeysWith: +),
            upstreamModel: agent.upstream.map { $0.rawValue.replacing("openai:", with: "") })
        recent.insert(
            SessionGenerator.detail(
                of: session, policy: agent.policyName, version: agent.policyVersion,
                logsPayloads: agent.policyName == "intake-debug"), at: 0)
        return session
    }

    /// Lets the calls happen that come by themselves as time passes.
    mutating func advance(to now: Date) {
        guard options.trafficPerMinute > 0, !agents.isEmpty else { return }
        let due = min(Int(now.timeIntervalSince(startedAt) / 60 * options.trafficPerMinute), 100_000)
        while trafficMade < due {
            trafficMade += 1
            var random = SeededRandom(options.seed, UInt64(trafficMade) | 1 << 54)
            let date = startedAt.addingTimeInterval(Double(trafficMade) / options.trafficPerMinute * 60)
            let kinds = past.kindsFound(trafficMade, Int(random.next() % 5))
            record(random.pick(agents), at: date, durationMS: (300 + random.share() * 1_500).rounded(), kinds: kinds)
        }
    }

    /// Past sessions of the last `seconds`, by their number.
    private func pastIndices(_ seconds: Double, now: Date) -> Range<Int> { 0..<past.count(since: now.addingTimeInterval(-seconds)) }

    /// Figures of an agent, consistent with the sessions that are served.
    func stats(of agent: Agent, now: Date) -> AgentStats {
        let place = past.agents.firstIndex { $0.id == agent.id }
        let mine = recent.filter { $0.session.agentID == agent.id }.map(\.session)
        let day = pastIndices(86_400, now: now).lazy.map(past.facts).filter { $0.agent == place }
        let week = pastIndices(7 * 86_400, now: now).lazy.filter { past.facts($0).agent == place }.count
        let durations = (day.map(\.durationMS) + mine.compactMap(\.durationMS)).sorted()
        return AgentStats(
            sessionCount24h: durations.count, sessionCount7d: week + mine.count,
            redactionCount24h: day.reduce(0) { $0 + $1.redactions } + mine.reduce(0) { $0 + ($1.redactionCount ?? 0) },
            p50LatencyMS: durations.isEmpty ? nil : durations[durations.count / 2],
            p95LatencyMS: durations.isEmpty ? nil : durations[min(durations.count * 95 / 100, durations.count - 1)])
    }

    /// Sessions of the last 24 hours, by agent.
    func sessionCounts24h(now: Date) -> [Identifier<Agent>: Int] {
        var counts: [Identifier<Agent>: Int] = [:]
        for index in pastIndices(86_400, now: now) {
            let place = past.facts(index).agent
            if past.agents.indices.contains(place) { counts[past.agents[place].id, default: 0] += 1 }
        }
        for detail in recent {
            if let id = detail.session.agentID { counts[id, default: 0] += 1 }
        }
        return counts
    }
}
