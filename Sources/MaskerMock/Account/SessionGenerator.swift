import Foundation
import MaskerAPI

/// The call sessions of the past: number i is computed from the seed and i alone, newest first.
struct SessionGenerator: Sendable {
    let seed: UInt64
    let count: Int
    /// The newest is a little older than this.
    let now: Date
    /// The agents at the start; sessions of a deleted one stay.
    let agents: [Agent]

    static let span = 30.0 * 86_400
    private static let kinds = ["NAME", "PHONE", "DOB", "MRN", "ADDRESS", "EMAIL", "SSN"]

    /// What filters and counts look at: cheap, because lists are searched.
    struct Facts {
        var agent: Int
        var status: CallStatus
        var redactions: Int
        var durationMS: Double
    }

    func startedAt(_ index: Int) -> Date {
        var random = SeededRandom(seed, UInt64(index))
        let back = (Double(index) + random.share()) / Double(max(count, 1)) * Self.span
        return Date(timeIntervalSince1970: ((now.timeIntervalSince1970 - back - 5) * 1000).rounded() / 1000)
    }

    func facts(_ index: Int) -> Facts {
        var random = SeededRandom(seed, UInt64(index) | 1 << 48)
        // The first agents have most of the calls, the last ones hardly any.
        let agent = min(Int(random.share() * random.share() * Double(agents.count)), max(agents.count - 1, 0))
        let luck = random.share()
        let status: CallStatus = luck < 0.93 ? .ok : luck < 0.97 ? .partial : .error
        return Facts(
            agent: agent, status: status, redactions: Int(random.next() % 7),
            durationMS: (240 + 2_600 * random.share() * random.share() * random.share() + 900 * random.share()).rounded())
    }

    func id(_ index: Int) -> Identifier<CallSession> {
        var random = SeededRandom(seed, UInt64(index) | 1 << 49)
        return Identifier(ULID.make("sess_", at: startedAt(index), high: random.next(), low: UInt64(index)))
    }

    /// Which session has this id.
    func index(of id: Identifier<CallSession>) -> Int? {
        guard let low = ULID.low(of: id.rawValue), low < UInt64(count), self.id(Int(low)) == id else { return nil }
        return Int(low)
    }

    /// How many sessions started at or after `date`: their times fall with the index.
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
        let agent = agents.indices.contains(facts.agent) ? agents[facts.agent] : nil
        let started = startedAt(index)
        var ended = started.addingTimeInterval(facts.durationMS / 1000)
        if index % 3 == 0 { ended = Date(timeIntervalSince1970: ended.timeIntervalSince1970.rounded(.up)) }
        return CallSession(
            id: id(index), agentID: agent?.id, agentName: agent?.name, startedAt: started, endedAt: ended,
            durationMS: facts.durationMS, status: facts.status, redactionCount: facts.redactions,
            redactionsByKind: Dictionary(kindsFound(index, facts.redactions).map { ($0, 1) }, uniquingKeysWith: +),
            upstreamModel: agent?.upstream.map { $0.rawValue.replacing("openai:", with: "") })
    }

    func kindsFound(_ index: Int, _ count: Int) -> [String] {
        var random = SeededRandom(seed, UInt64(index) | 1 << 50)
        return (0..<count).map { _ in Self.kinds[min(Int(random.share() * random.share() * 7), 6)] }
    }

    /// The detail that belongs to a summary, whoever made that.
    static func detail(of session: CallSession, policy: String?, version: String?, logsPayloads: Bool) -> CallSessionDetail {
        var random = SeededRandom(UInt64(session.id.rawValue.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }), 0)
        let total = session.durationMS ?? 0
        let detection = (total * (0.05 + random.share() * 0.1)).rounded(), tokenize = (total * 0.02).rounded()
        let rehydrate = (total * 0.02).rounded()
        let kinds = (session.redactionsByKind ?? [:]).sorted { $0.key < $1.key }.flatMap { Array(repeating: $0.key, count: $0.value) }
        var position = 4
        let events = kinds.enumerated().map { number, kind in
            let start = position + Int(random.next() % 20), length = 6 + Int(random.next() % 14)
            position = start + length
            let isExact = ["PHONE", "SSN", "EMAIL", "MRN", "DOB"].contains(kind)
            return RedactionEvent(
                eventID: ULID.make("evt_", at: session.startedAt ?? .now, high: random.next(), low: UInt64(number)),
                pass: isExact ? "regex" : "gemma", entityKind: kind, span: [start, start + length],
                confidence: isExact ? 0.99 : (0.7 + random.share() * 0.29).rounded(toPlaces: 2), tokenKind: "MSKV1",
                kid: "key-2026-04")
        }
        return CallSessionDetail(
            session: session, policyName: policy, policyVersion: version,
            stageDurations: StageDurations(
                detection: detection, tokenize: tokenize, upstream: total - detection - tokenize - rehydrate,
                rehydrate: rehydrate),
            merkleRootHex: merkleRoot(of: session.id), events: events, payloads: logsPayloads ? madeUpPayloads : nil)
    }

    static func merkleRoot(of id: Identifier<CallSession>) -> String {
        var random = SeededRandom(UInt64(id.rawValue.utf8.reduce(7) { $0 &* 131 &+ UInt64($1) }), 1)
        return (0..<4).map { _ in
            let hex = String(random.next(), radix: 16)
            return String(repeating: "0", count: 16 - hex.count) + hex
        }.joined()
    }

    private static let madeUpPayloads = Payloads(
        request: "Hi, this is Jane Example, born 1 January 1900. My number is 555-0100, can you move my appointment?",
        masked: "Hi, this is [NAME:MSKV1:4f2a], born [DOB:MSKV1:91c0]. My number is [PHONE:MSKV1:07de], can you move my appointment?",
        response: "Of course, Jane Example. I have moved it to Tuesday at 10:00.")
}

extension Double {
    fileprivate func rounded(toPlaces places: Int) -> Double {
        let scale = pow(10, Double(places))
        return (self * scale).rounded() / scale
    }
}
