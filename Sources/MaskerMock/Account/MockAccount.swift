import Foundation
import MaskerAPI

/// The account of the mock, in memory: agents, sessions and login sessions.
struct MockAccount: Sendable {
    let options: MockOptions
    let origin: String
    let startedAt: Date
    /// The sessions before the start of the mock; later ones are in `recent`.
    let past: SessionGenerator
    /// Newest first.
    private(set) var agents: [Agent]
    /// The policies given as YAML, by agent. They are kept when the agent is deleted, for the reports of its sessions.
    private var inlinePolicies: [Identifier<Agent>: KeptPolicy] = [:]
    var logins: LoginTable
    var signIns = SignInDesk()
    var limits: RateLimits
    var audit = AuditList()

    /// The sessions since the start of the mock, newest first.
    private var recent: [MockCall] = []
    private var day = PastWindow(seconds: 86_400, keepsDurations: true)
    private var week = PastWindow(seconds: 7 * 86_400, keepsDurations: false)
    private var trafficMade = 0
    private var serial: UInt64 = 0

    init(options: MockOptions, origin: String) {
        self.options = options
        self.origin = options.publicURL ?? origin
        startedAt = options.now ?? Date()
        agents = SampleAgents.make(options, origin: self.origin, now: startedAt)
        past = SessionGenerator(
            seed: options.seed, count: max(options.sessions, 0), now: startedAt, agents: agents, days: max(options.days, 1))
        logins = LoginTable(users: options.users, now: startedAt)
        limits = RateLimits(options, now: startedAt)
        if options.isHostile, let first = agents.first, let policy = Policies.find(first.policyName)?.policy {
            inlinePolicies[first.id] = KeptPolicy(policy: policy, text: HostileTexts.policy)
        }
    }

    // MARK: Agents

    func agent(_ id: Identifier<Agent>) -> Agent? { agents.first { $0.id == id } }

    /// The policy of an existing or deleted agent; `name` is the name of the policy.
    func policy(of id: Identifier<Agent>?, name: String?) -> KeptPolicy? {
        id.flatMap { inlinePolicies[$0] } ?? Policies.find(name)
    }

    /// Adds an agent, even if its name is in use.
    /// - Parameter inline: the policy given as YAML, instead of one given by its name.
    @discardableResult
    mutating func add(_ new: NewAgent, inline: KeptPolicy? = nil, now: Date) -> Agent {
        serial += 1
        var random = SeededRandom(options.seed, serial, .newAgent)
        let id = ULID.make("agt_", at: now, high: random.next(), low: random.next())
        var policy = inline
        if case .named(let name) = new.policy, policy == nil { policy = Policies.find(name) }
        let agent = SampleAgents.make(
            id: id, name: new.name, upstream: new.upstream, tokenization: new.tokenization ?? .vaultDeterministic,
            policy: policy?.policy, origin: origin, created: now)
        inlinePolicies[agent.id] = inline
        let position = (now, id)
        let place = agents.firstIndex { Paging.isBehind(Paging.position(of: $0), position) }
        agents.insert(agent, at: place ?? agents.count)
        return agent
    }

    /// Returns false when there is no such agent.
    /// - Parameter user: the login of the user who deletes it.
    @discardableResult
    mutating func removeAgent(_ id: Identifier<Agent>, by user: String?, now: Date) -> Bool {
        guard let index = agents.firstIndex(where: { $0.id == id }) else { return false }
        agents.remove(at: index)
        log("agent_deleted", at: now, user: user, agent: id)
        return true
    }

    /// Returns false when there is no such agent.
    @discardableResult
    mutating func renameAgent(_ id: Identifier<Agent>, to name: String) -> Bool {
        guard let index = agents.firstIndex(where: { $0.id == id }) else { return false }
        agents[index].name = name
        return true
    }

    // MARK: Sessions

    /// The sessions since the start of the mock that began at or after `date`, newest first.
    func recentSessions(since date: Date) -> some Sequence<CallSession> {
        recent.lazy.map(\.session).prefix { $0.startedAt ?? .distantPast >= date }
    }

    /// Nil when there is no such session, or it is older than the retention of sessions.
    func call(_ id: Identifier<CallSession>, now: Date) -> MockCall? {
        let call = recent.first { $0.session.id == id } ?? past.index(of: id).flatMap(pastCall)
        guard let call, call.session.startedAt ?? .distantPast >= Retention.start(now) else { return nil }
        return call
    }

    private func pastCall(_ index: Int) -> MockCall? {
        let agent = past.agent(of: past.facts(index))
        return policy(of: agent?.id, name: agent?.policyName).map {
            MockCall(
                session: past.session(index), policy: $0.policy, tokenization: agent?.tokenization?.rawValue,
                fellBack: past.fellBack(index))
        }
    }

    /// Adds a session of an agent that ended at `date`.
    @discardableResult
    mutating func recordCall(
        of agent: Agent, endedAt date: Date, durationMS: Double = 420, kinds: [String]? = nil, fellBack: Bool = false
    ) -> CallSession {
        serial += 1
        let kept = policy(of: agent.id, name: agent.policyName)
        let kinds = kinds ?? Array((kept?.kinds ?? []).prefix(2))
        var random = SeededRandom(options.seed, serial, .newCall)
        let started = date.addingTimeInterval(-durationMS / 1000).inMilliseconds
        let id = ULID.make("sess_", at: started, high: random.next(), low: random.next())
        let session = CallSession(
            id: Identifier(id), agentID: agent.id, agentName: agent.name, startedAt: started, endedAt: date,
            durationMS: durationMS, status: .ok, redactionCount: kinds.count,
            redactionsByKind: Dictionary(kinds.map { ($0, 1) }, uniquingKeysWith: +), upstreamModel: agent.upstreamModel
        )
        guard let policy = kept?.policy else { return session }
        let place = recent.firstIndex { Paging.isBehind(Paging.position(of: $0.session), (started, id)) }
        recent.insert(
            MockCall(session: session, policy: policy, tokenization: agent.tokenization?.rawValue, fellBack: fellBack),
            at: place ?? recent.count)
        if policy.logsEvents {
            for _ in kinds { log("redaction", at: date, agent: agent.id, session: session.id) }
        }
        return session
    }

    /// Adds an entry to the audit log.
    mutating func log(
        _ type: String, at date: Date, user: String? = nil, agent: Identifier<Agent>, session: Identifier<CallSession>? = nil
    ) {
        audit.append(
            AuditEntry(type: type, at: Timestamp.format(date), user: user, agentID: agent.rawValue, sessionID: session?.rawValue))
    }

    /// Adds the sessions of the mock's own traffic (`trafficPerMinute`) up to `now`.
    mutating func advance(to now: Date) {
        day.move(to: now, past)
        week.move(to: now, past)
        guard options.trafficPerMinute > 0, !agents.isEmpty else { return }
        let due = Int(min(now.timeIntervalSince(startedAt) / 60 * options.trafficPerMinute, 100_000))
        while trafficMade < due {
            trafficMade += 1
            var random = SeededRandom(options.seed, UInt64(trafficMade), .traffic)
            let date = startedAt.addingTimeInterval(Double(trafficMade) / options.trafficPerMinute * 60)
            let number = past.count + trafficMade, count = Int(random.next() % 5), fellBack = past.fellBack(number)
            guard let agent = random.pick(agents), let policy = policy(of: agent.id, name: agent.policyName) else { return }
            let kinds = past.kinds(number, count, of: fellBack ? policy.regexKinds : policy.kinds)
            recordCall(
                of: agent, endedAt: date, durationMS: (300 + random.share() * 1_500).rounded(), kinds: kinds, fellBack: fellBack)
        }
    }

    // MARK: Figures that match the sessions, as of the last `advance`

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

    /// The number of sessions of the last 24 hours, by agent.
    func sessionCounts24h(now: Date) -> [Identifier<Agent>: Int] {
        var counts: [Identifier<Agent>: Int] = [:]
        for (place, agent) in past.agents.enumerated() { counts[agent.id] = day[place].sessions }
        for session in recentSessions(since: now.addingTimeInterval(-86_400)) {
            if let id = session.agentID { counts[id, default: 0] += 1 }
        }
        return counts
    }
}
