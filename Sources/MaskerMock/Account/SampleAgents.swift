import Foundation
import MaskerAPI

/// The agents an account starts with.
enum SampleAgents {
    private static let names = [
        "appointment-bot-prod", "prior-auth-primary", "intake-test", "refill-line-west", "refill-line-east",
        "after-hours-triage", "billing-questions", "lab-results-callback", "referral-desk", "discharge-follow-up",
        "vaccine-hotline", "dental-reminders", "radiology-scheduling", "pharmacy-transfer", "insurance-verification",
        "patient-survey", "telehealth-check-in", "wound-care-follow-up", "nurse-line-spanish", "cardiology-front-desk",
    ]

    private static let hostileNames = [
        "\u{1B}[31mred\u{1B}[0m-bot", "prod\rAgent: evil", "reversed-\u{202E}dorp", "line\nbreak\ttab", "zero\u{200B}width",
        "flood" + String(repeating: "\u{301}", count: 60), "wide-名前-名前-名前", "\u{9B}2J\u{7}bell", "]0;title\u{7}",
        String(repeating: "long-name-", count: 6),
    ]

    static func make(_ options: MockOptions, origin: String, now: Date) -> [Agent] {
        (0..<options.agents).map { index in
            var random = SeededRandom(options.seed, UInt64(index) &+ 1 << 40)
            let created = now.addingTimeInterval(-Double(index + 1) * 6.3 * 86_400 - random.share() * 86_400)
            let policy = index == 2 ? "intake-debug" : index % 5 == 4 ? "healthcare-strict" : "healthcare-default"
            return make(
                id: ULID.make("agt_", at: created, high: random.next(), low: UInt64(index)),
                name: name(index, options),
                upstream: index == 2 ? "stub" : random.pick(["openai:gpt-4o-mini", "openai:gpt-4o-mini", "openai:gpt-4o"]),
                tokenization: index % 3 == 1 ? .reversibleAEAD : .vaultDeterministic, policy: policy,
                version: Policies.versions[policy] ?? "1", origin: origin,
                created: index % 4 == 0 ? Date(timeIntervalSince1970: created.timeIntervalSince1970.rounded()) : created)
        }
    }

    static func make(
        id: String, name: String, upstream: Upstream, tokenization: Tokenization, policy: String?, version: String?,
        origin: String, created: Date
    ) -> Agent {
        Agent(
            id: Identifier(id), name: name, upstream: upstream, tokenization: tokenization, policyName: policy,
            policyVersion: version, proxyURL: "\(origin)/proxy/\(id)/v1/chat/completions",
            webhookURL: "\(origin)/vapi/webhook/\(id)", createdAt: created)
    }

    private static func name(_ index: Int, _ options: MockOptions) -> String {
        if options.isHostile, index < hostileNames.count { return hostileNames[index] }
        let round = index / names.count
        return names[index % names.count] + (round == 0 ? "" : "-\(round + 1)")
    }
}
