import FoundationEssentials
import MaskerAPI

/// Records as the server would send them, the same in every run.
enum Records {
    static let now = Date(timeIntervalSince1970: 1_780_000_000)
    private static let models = ["gpt-4o-mini", "gpt-4o", "stub"]
    private static let kinds = ["NAME", "PHONE", "DOB", "MRN", "ADDRESS", "EMAIL"]
    private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    static let user = User(id: "usr_1", login: "ada", name: "Ada", role: .admin)

    static let agents: [Agent] = (0..<20).map { index in
        Agent(
            id: Identifier(id("agt_", index)), name: agentName(index), upstream: .known[index % 3], tokenization: .vaultDeterministic,
            policyName: "healthcare-default", policyVersion: "3", createdAt: now.addingTimeInterval(-86_400 * Double(index + 40)), sessionCount24h: index * 7)
    }

    /// Newest first.
    static func session(_ index: Int) -> CallSession {
        let mixed = mix(index), started = now.addingTimeInterval(-20 * Double(index) - 5), duration = Double(240 + mixed % 3_000)
        let agent = mixed / 3_000 % 20, count = mixed / 60_000 % 7
        return CallSession(
            id: Identifier(id("sess_", index)), agentID: agents[agent].id, agentName: agents[agent].name, startedAt: started,
            endedAt: started.addingTimeInterval(duration / 1000), durationMS: duration, status: [.ok, .ok, .ok, .partial, .error][mixed % 5],
            redactionCount: count, redactionsByKind: Dictionary((0..<count).map { (kinds[(mixed + $0) % 6], 1) }, uniquingKeysWith: +),
            upstreamModel: models[agent % 3])
    }

    static func detail(_ session: CallSession) -> CallSessionDetail {
        let events = (0..<12).map { number in
            RedactionEvent(
                eventID: id("evt_", number), pass: "regex", entityKind: kinds[number % 6], span: [number * 20, number * 20 + 8],
                confidence: 0.9, tokenKind: "MSKV1", kid: "k1")
        }
        return CallSessionDetail(
            session: session, policyName: "healthcare-default", policyVersion: "3",
            stageDurations: StageDurations(detection: 21, tokenize: 2.5, upstream: 610, rehydrate: 1.5),
            merkleRootHex: String(repeating: "5a", count: 32), events: events)
    }

    private static func agentName(_ index: Int) -> String {
        ["appointment-bot", "prior-auth", "intake", "refill-line", "billing-questions"][index % 5] + "-\(index)-prod"
    }

    /// A prefix and a ULID.
    private static func id(_ prefix: String, _ index: Int) -> String {
        var left = UInt64(mix(index)) << 20 | UInt64(index)
        var text = ""
        for _ in 0..<16 {
            text.append(letters[Int(left & 31)])
            left >>= 5
        }
        return prefix + "01K0000000" + text
    }

    /// A number that looks random.
    private static func mix(_ index: Int) -> Int { Int((UInt64(index) &+ 1) &* 0x9E37_79B9_7F4A_7C15 >> 33) }
}
