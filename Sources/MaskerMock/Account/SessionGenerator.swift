import Foundation
import MaskerAPI

/// Generates the sessions before the start of the mock, newest first. Session i is computed from the seed and i alone.
struct SessionGenerator: Sendable {
    let seed: UInt64
    let count: Int
    /// The newest session began a few seconds before this time.
    let now: Date
    /// The agents at the start of the mock; when one is deleted, its sessions are kept.
    let agents: [Agent]
    /// The number of days over which the sessions are spread.
    var days = 30

    private var span: TimeInterval { Double(days) * 86_400 }

    /// The fields that filters and counts need; quick to compute, because whole lists are searched.
    struct Facts {
        var agent: Int
        var status: CallStatus
        var redactions: Int
        var durationMS: Double
    }

    /// The start of a session. A higher index has an earlier start, so that a time window is a range of indices.
    func startedAt(_ index: Int) -> Date {
        var random = SeededRandom(seed, UInt64(index), .sessionTime)
        let back = (Double(index) + random.share()) / Double(max(count, 1)) * span
        return now.addingTimeInterval(-back - 5).inMilliseconds
    }

    func facts(_ index: Int) -> Facts {
        var random = SeededRandom(seed, UInt64(index), .sessionFacts)
        let place = random.next(), rest = random.next()
        // The first agents have most of the sessions, the last ones almost none.
        let share = Double(place >> 32) * Double(place & 0xFFFF_FFFF) / 18_446_744_073_709_551_616
        let luck = rest & 0xFFFF
        let a = Self.share(rest >> 16), b = Self.share(rest >> 28), c = Self.share(rest >> 40),
            d = Self.share(rest >> 52)
        return Facts(
            agent: min(Int(share * Double(agents.count)), max(agents.count - 1, 0)),
            status: luck < 60_948 ? .ok : luck < 63_570 ? .partial : .error,
            redactions: Int(a * (0.4 + 0.6 * b) * 9), durationMS: (240 + 2_600 * c * c * d + 900 * b).rounded())
    }

    /// The lowest twelve bits as a number from 0 up to, but not including, 1.
    private static func share(_ bits: UInt64) -> Double { Double(bits & 0xFFF) / 4_096 }

    func id(_ index: Int) -> Identifier<CallSession> {
        var random = SeededRandom(seed, UInt64(index), .sessionID)
        return Identifier(
            ULID.make("sess_", at: startedAt(index), high: random.next(), low: ULID.scrambled(UInt64(index))))
    }

    /// The index of the session with this id.
    func index(of id: Identifier<CallSession>) -> Int? {
        guard let low = ULID.low(of: id.rawValue).map(ULID.unscrambled), low < UInt64(count), self.id(Int(low)) == id
        else {
            return nil
        }
        return Int(low)
    }

    /// The number of sessions that started at or after `date`, by binary search.
    func count(since date: Date) -> Int {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if startedAt(middle) >= date { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func session(_ index: Int) -> CallSession {
        let facts = facts(index)
        let agent = agent(of: facts)
        let started = startedAt(index)
        var ended = started.addingTimeInterval(facts.durationMS / 1000)
        // The service, too, sends objects in which some timestamps have fractions of a second and others have none.
        if index % 3 == 0 { ended = Date(timeIntervalSince1970: ended.timeIntervalSince1970.rounded(.up)) }
        let policy = Policies.find(agent?.policyName)
        let pool = fellBack(index) ? policy?.regexKinds : policy?.kinds
        let kinds = kinds(index, facts.redactions, of: pool ?? [])
        return CallSession(
            id: id(index), agentID: agent?.id, agentName: agent?.name, startedAt: started, endedAt: ended,
            durationMS: facts.durationMS, status: facts.status, redactionCount: facts.redactions,
            redactionsByKind: Dictionary(kinds.map { ($0, 1) }, uniquingKeysWith: +),
            upstreamModel: agent?.upstreamModel)
    }

    func agent(of facts: Facts) -> Agent? { agents.indices.contains(facts.agent) ? agents[facts.agent] : nil }

    /// Whether detection took too long, so that only the regular expressions were used.
    func fellBack(_ index: Int) -> Bool {
        var random = SeededRandom(seed, UInt64(index), .fallback)
        return random.next() % 20 == 0
    }

    /// The entity kinds that are found in a call, chosen from `pool`.
    func kinds(_ index: Int, _ count: Int, of pool: [String]) -> [String] {
        guard !pool.isEmpty else { return [] }
        var random = SeededRandom(seed, UInt64(index), .sessionKinds)
        return (0..<count).map { _ in pool[min(Int(random.share() * random.share() * Double(pool.count)), pool.count - 1)] }
    }
}

extension Agent {
    /// The name of the model as it is in sessions: `gpt-4o-mini` for `openai:gpt-4o-mini`.
    var upstreamModel: String? { upstream.map { String($0.rawValue.split(separator: ":").last ?? "stub") } }
}

extension Date {
    /// The date rounded to milliseconds, as in the API's timestamps, so that a date that is written and read back is equal.
    var inMilliseconds: Date { Date(timeIntervalSince1970: (timeIntervalSince1970 * 1000).rounded() / 1000) }
}
