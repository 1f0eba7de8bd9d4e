import Foundation
import MaskerAPI

/// A call session with the policy and the tokenization that its agent had during the call.
struct MockCall: Sendable {
    var session: CallSession
    var policy: MockPolicy
    var tokenization: String?
    /// Whether detection took too long, so that only the regular expressions were used.
    var fellBack: Bool
}

/// The fields of a session's detail that its summary does not have, computed from the session's id.
struct SessionDetails: Sendable {
    var events: [MockJSON]
    var payloads: MockPayloads
    /// The duration of each stage in milliseconds.
    var stages: [String: Double]
    var root: String

    init(_ call: MockCall, _ options: MockOptions) {
        let id = call.session.id.rawValue
        var random = SeededRandom(text: id, 1)
        let total = call.session.durationMS ?? 0
        let detection = (total * (0.05 + random.share() * 0.1)).rounded()
        let tokenize = (total * 0.02).rounded(), rehydrate = (total * 0.02).rounded()
        stages = [
            "detection": detection, "tokenize": tokenize, "upstream": total - detection - tokenize - rehydrate, "rehydrate": rehydrate,
        ]
        let tokens = TokenText(policy: call.policy, tokenization: call.tokenization, session: id)
        events = call.policy.logsEvents ? Self.events(call, tokens, &random, isHostile: options.isHostile) : []
        root = AuditChain.head(of: events, session: id)
        payloads = Self.payloads(call.policy, tokens, options, &random)
    }

    private static func events(_ call: MockCall, _ tokens: TokenText, _ random: inout SeededRandom, isHostile: Bool) -> [MockJSON] {
        let kinds = (call.session.redactionsByKind ?? [:]).sorted { $0.key < $1.key }
            .flatMap { Array(repeating: $0.key, count: $0.value) }
        var position = 4
        return kinds.enumerated().map { number, kind -> MockJSON in
            let start = position + Int(random.next() % 20), length = 6 + Int(random.next() % 14)
            position = start + length
            let rule = call.policy.entities[kind] ?? MockPolicy.Rule()
            let pass = pass(kind, rule, call, chance: random.share())
            let confidence = ((rule.threshold + (0.99 - rule.threshold) * random.share()) * 100).rounded() / 100
            let id = ULID.make("evt_", at: call.session.startedAt ?? .distantPast, high: random.next(), low: UInt64(number))
            var event: [String: MockJSON] = [
                "event_id": .text(id), "pass": .text(pass), "entity_kind": .text(isHostile && number == 0 ? HostileTexts.kind : kind),
                "span": .list([.int(start), .int(start + length)]),
            ]
            // Only the NER pass has a confidence: a regular expression matches or does not match.
            if pass == "gemma" { event["confidence"] = .number(min(max(confidence, 0), 1)) }
            // OPEN: the values of these fields in an event without a token. The mock leaves the fields out.
            if rule.action == .tokenize {
                event["token_kind"] = .text(tokens.scheme)
                event["kid"] = .text(isHostile ? HostileTexts.keyID : call.policy.kid)
            }
            return .object(event)
        }
    }

    /// The pass that has found an entity.
    private static func pass(_ kind: String, _ rule: MockPolicy.Rule, _ call: MockCall, chance: Double) -> String {
        let byRegex = call.policy.isFoundByRegex(rule), byNER = call.policy.isFoundByNER(rule)
        if call.fellBack || byRegex && (!byNER || chance < 0.6) { return "regex" }
        return kind == "NAME" && call.policy.passes.contains(.diarize) && chance < 0.3 ? "diarize" : "gemma"
    }

    /// The payloads; nil texts unless the policy logs payloads or the options ask for them.
    private static func payloads(
        _ policy: MockPolicy, _ tokens: TokenText, _ options: MockOptions, _ random: inout SeededRandom
    ) -> MockPayloads {
        guard policy.logsPayloads || random.share() < options.payloadShare else { return MockPayloads() }
        if let text = options.payloadText { return MockPayloads(request: text, masked: text, response: text) }
        return options.isHostile ? HostileTexts.payloads : SamplePayloads.pick(&random, tokens) ?? MockPayloads()
    }
}
