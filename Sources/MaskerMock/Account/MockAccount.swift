import Foundation
import MaskerAPI

/// The account behind the mock: agents, call sessions and login sessions, in memory.
public struct MockAccount: Sendable {
    let options: MockOptions
    let origin: String
    let startedAt: Date
    /// The calls before the start; those since then are in `recent`.
    let past: SessionGenerator
    /// Newest first.
    public private(set) var agents: [Agent]
    /// Policies given inline; they stay when the agent goes, for the reports of its sessions.
    private var inlinePolicies: [Identifier<Agent>: String] = [:]
    var logins: LoginTable
    var signIns = SignInDesk()

    private struct RecentCall: Sendable {
        var session: CallSession
        var policyName: String?
        var policyVersion: String?
    }
    /// Calls since the start, newest first.
    private var recent: [RecentCall] = []
    private var day = PastWindow(seconds: 86_400, keepsDurations: true)
    private var week = PastWindow(seconds: 7 * 86_400, keepsDurations: false)
    private var trafficMade = 0
    private var serial: UInt64 = 0

    init(options: MockOptions, origin: String) {
        self.options = options
        self.origin = origin
        startedAt = options.now ?? Date()
        agents = SampleAgents.make(options, origin: origin, now: startedAt)
        past = SessionGenerator(seed: options.seed, count: max(options.sessions, 0), now: startedAt, agents: agents)
        logins = LoginTable(users: options.users, now: startedAt)
        if options.isHostile, let first = agents.first { inlinePolicies[first.id] = HostileTexts.policy }
    }

    // MARK: Agents

    func agent(_ id: Identifier<Agent>) -> Agent? { agents.first { $0.id == id } }

    /// The policy of an agent, there or deleted; `name` is the policy's.
    func policyText(of id: Identifier<Agent>?, name: String?) -> String? {
        id.flatMap { inlinePolicies[$0] } ?? name.flatMap { Policies.texts[$0] }
    }

    /// Adds an agent without asking whether its name is free.
    @discardableResult
    public mutating func add(_ new: NewAgent, now: Date) -> Agent {
        serial += 1
        var random = SeededRandom(options.seed, serial, .newAgent)
        let id = ULID.make("agt_", at: now, high: random.next(), low: random.next())
        var policy = "inline", version: String? = "1"
        if case .named(let name) = new.policy {
            policy = name ?? "healthcare-default"
            version = Policies.versions[policy]
        }
        let agent = SampleAgents.make(
            id: id, name: new.name, upstream: new.upstream, tokenization: new.tokenization ?? .vaultDeterministic,
            policy: policy, version: version, origin: origin, created: now)
        if case .yaml(let text) = new.policy { inlinePolicies[agent.id] = text }
        let position = (now, id)
        let place = agents.firstIndex { Paging.isBehind(Paging.position(of: $0), position) }
        agents.insert(agent, at: place ?? agents.count)
        return agent
    }

    /// False when it is not there.
    @discardableResult
    public mutating func removeAgent(_ id: Identifier<Agent>) -> Bool {
        guard let index = agents.firstIndex(where: { $0.id == id }) else { return false }
        agents.remove(at: index)
        return true
    }

    /// False when it is not there.
    @discardableResult
    public mutating func renameAgent(_ id: Identifier<Agent>, to name: String) -> Bool {
        guard let index = agents.firstIndex(where: { $0.id == id }) else { return false }
        agents[index].name = name
        return true
    }

    // MARK: Sessions

    /// Calls since the start that began at or after `date`, newest first.
    func recentSessions(since date: Date) -> some Sequence<CallSession> {
        recent.lazy.map(\.session).prefix { $0.startedAt ?? .distantPast >= date }
    }

    func session(_ id: Identifier<CallSession>) -> CallSessionDetail? {
        if let call = recent.first(where: { $0.session.id == id }) {
            return detail(of: call.session, policy: call.policyName, version: call.policyVersion)
        }
        guard let index = past.index(of: id) else { return nil }
        let agent = past.agent(of: past.facts(index))
        return detail(of: past.session(index), policy: agent?.policyName, version: agent?.policyVersion)
    }

    private func detail(of session: CallSession, policy: String?, version: String?) -> CallSessionDetail {
        SessionDetails.make(
            session,
            SessionDetails.Setting(
                policyName: policy, policyVersion: version, payloadShare: options.payloadShare,
                payloadText: options.payloadText, isHostile: options.isHostile))
    }

    /// A call turn has gone through an agent and ended at `date`.
    @discardableResult
    public mutating func recordCall(
        of agent: Agent, endedAt date: Date, durationMS: Double = 420, kinds: [String] = ["NAME", "PHONE"]
    ) -> CallSession {
        serial += 1
        var random = SeededRandom(options.seed, serial, .newCall)
        let started = date.addingTimeInterval(-durationMS / 1000).inMilliseconds
        let id = ULID.make("sess_", at: started, high: random.next(), low: random.next())
        let session = CallSession(
            id: Identifier(id), agentID: agent.id, agentName: agent.name, startedAt: started, endedAt: date,
            durationMS: durationMS, status: .ok, redactionCount: kinds.count,
            redactionsByKind: Dictionary(kinds.map { ($0, 1) }, uniquingKeysWith: +), upstreamModel: agent.upstreamModel
        )
        let place = recent.firstIndex { Paging.isBehind(Paging.position(of: $0.session), (started, id)) }
        recent.insert(
            RecentCall(session: session, policyName: agent.policyName, policyVersion: agent.policyVersion),
            at: place ?? recent.count)
        return session
    }

    /// Lets the calls happen that come by themselves as time passes.
    mutating func advance(to now: Date) {
        day.move(to: now, past)
        week.move(to: now, past)
        guard options.trafficPerMinute > 0, !agents.isEmpty else { return }
        let due = Int(min(now.timeIntervalSince(startedAt) / 60 * options.trafficPerMinute, 100_000))
        while trafficMade < due {
            trafficMade += 1
            var random = SeededRandom(options.seed, UInt64(trafficMade), .traffic)
            let date = startedAt.addingTimeInterval(Double(trafficMade) / options.trafficPerMinute * 60)
            let kinds = past.kinds(past.count + trafficMade, Int(random.next() % 5))
            guard let agent = random.pick(agents) else { return }
            recordCall(of: agent, endedAt: date, durationMS: (300 + random.share() * 1_500).rounded(), kinds: kinds)
        }
    }

    // MARK: Figures, consistent with the sessions that are served; as of the last `advance`

    func stats(of agent: Agent, now: Date) -> AgentStats {
        let place = past.agents.firstIndex { $0.id == agent.id }
        var today = place.map { day[$0] } ?? PastWindow.Tally()
        for session in recentSessions(since: now.addingTimeInterval(-86_400)) where session.agentID == agent.id {
            today.add(redactions: session.redactionCount ?? 0, durationMS: Int(session.durationMS ?? 0))
        }
        let thisWeek = recentSessions(since: now.addingTimeInterval(-7 * 86_400)).filter { $0.agentID == agent.id }
            .count
        return AgentStats(
            sessionCount24h: today.sessions, sessionCount7d: thisWeek + (place.map { week[$0].sessions } ?? 0),
            redactionCount24h: today.redactions, p50LatencyMS: today.percentile(0.5),
            p95LatencyMS: today.percentile(0.95))
    }

    /// Sessions of the last 24 hours, by agent.
    func sessionCounts24h(now: Date) -> [Identifier<Agent>: Int] {
        var counts: [Identifier<Agent>: Int] = [:]
        for (place, agent) in past.agents.enumerated() { counts[agent.id] = day[place].sessions }
        for session in recentSessions(since: now.addingTimeInterval(-86_400)) {
            if let id = session.agentID { counts[id, default: 0] += 1 }
        }
        return counts
    }
}
