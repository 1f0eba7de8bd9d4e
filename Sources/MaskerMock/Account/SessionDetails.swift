import Foundation
import MaskerAPI

/// What a call session's detail holds beyond its summary; computed from the session's id.
enum SessionDetails {
    /// What the session's agent and the options bring to it.
    struct Setting: Sendable {
        var policyName: String?
        var policyVersion: String?
        var payloadShare = 0.0
        var payloadText: String?
        var isHostile = false
    }

    static func make(_ session: CallSession, _ setting: Setting) -> CallSessionDetail {
        var random = SeededRandom(text: session.id.rawValue, 1)
        let total = session.durationMS ?? 0
        let detection = (total * (0.05 + random.share() * 0.1)).rounded()
        let tokenize = (total * 0.02).rounded(), rehydrate = (total * 0.02).rounded()
        let events = events(session, &random, isHostile: setting.isHostile)
        return CallSessionDetail(
            session: session, policyName: setting.policyName, policyVersion: setting.policyVersion,
            stageDurations: StageDurations(
                detection: detection, tokenize: tokenize, upstream: total - detection - tokenize - rehydrate,
                rehydrate: rehydrate),
            merkleRootHex: MerkleRoot.hex(of: events), events: events, payloads: payloads(setting, &random))
    }

    private static func events(
        _ session: CallSession, _ random: inout SeededRandom, isHostile: Bool
    ) -> [RedactionEvent] {
        let kinds = (session.redactionsByKind ?? [:]).sorted { $0.key < $1.key }
            .flatMap { Array(repeating: $0.key, count: $0.value) }
        var position = 4
        return kinds.enumerated().map { number, kind in
            let start = position + Int(random.next() % 20), length = 6 + Int(random.next() % 14)
            position = start + length
            let isExact = ["PHONE", "SSN", "EMAIL", "MRN", "DOB"].contains(kind)
            let confidence = isExact ? 0.99 : (70 + random.share() * 29).rounded() / 100
            return RedactionEvent(
                eventID: ULID.make(
                    "evt_", at: session.startedAt ?? .distantPast, high: random.next(), low: UInt64(number)),
                pass: isExact ? "regex" : "gemma", entityKind: isHostile && number == 0 ? HostileTexts.kind : kind,
                span: [start, start + length], confidence: confidence, tokenKind: "MSKV1",
                kid: isHostile ? HostileTexts.keyID : "key-2026-04")
        }
    }

    /// Null, or an object of nulls, unless they were logged: both are in the contract.
    private static func payloads(_ setting: Setting, _ random: inout SeededRandom) -> Payloads? {
        guard setting.policyName == Policies.logging || random.share() < setting.payloadShare else {
            return setting.policyName == "healthcare-strict" ? Payloads(request: nil, masked: nil, response: nil) : nil
        }
        if let text = setting.payloadText { return Payloads(request: text, masked: text, response: text) }
        return setting.isHostile ? HostileTexts.payloads : random.pick(SamplePayloads.all)
    }
}
