import Foundation
import MaskerAPI

/// The agents that the account has at the start.
enum SampleAgents {
    private static let names = [
        "appointment-bot-prod", "prior-auth-primary", "intake-test", "refill-line-west", "refill-line-east",
        "after-hours-triage", "billing-questions", "lab-results-callback", "referral-desk", "discharge-follow-up",
        "vaccine-hotline", "dental-reminders", "radiology-scheduling", "pharmacy-transfer", "insurance-verification",
        "patient-survey", "telehealth-check-in", "wound-care-follow-up", "nurse-line-spanish", "cardiology-front-desk"
    ]

    /// The agents, newest first. All are older than the oldest session.
    static func make(_ options: MockOptions, origin: String, now: Date) -> [Agent] {
        (0..<max(options.agents, 0)).map { index in
            var random = SeededRandom(options.seed, UInt64(index), .agent)
            let days = Double(options.days) + 1 + Double(index) * 6.3 + random.share()
            let created = now.addingTimeInterval(-days * 86_400)
            let upstreams: [Upstream] = ["openai:gpt-4o-mini", "openai:gpt-4o-mini", "openai:gpt-4o"]
            return make(
                id: ULID.make("agt_", at: created, high: random.next(), low: random.next()), name: name(index, options),
                upstream: index == 2 ? "stub" : random.pick(upstreams) ?? "stub",
                tokenization: index % 3 == 1 ? .reversibleAEAD : .vaultDeterministic, policy: Policies.find(policy(index))?.policy,
                origin: origin,
                // Some timestamps have no fraction of a second.
                created: index % 4 == 0 ? Date(timeIntervalSince1970: created.timeIntervalSince1970.rounded()) : created
            )
        }
    }

    static func make(
        id: String, name: String, upstream: Upstream, tokenization: Tokenization, policy: MockPolicy?, origin: String,
        created: Date
    ) -> Agent {
        Agent(
            id: Identifier(id), name: name, upstream: upstream, tokenization: tokenization, policyName: policy?.name,
            policyVersion: policy.map { "\($0.version)" }, proxyURL: "\(origin)/proxy/\(id)/v1/chat/completions",
            webhookURL: "\(origin)/vapi/webhook/\(id)", createdAt: created)
    }

    private static func policy(_ index: Int) -> String {
        if index == 2 { return PolicyText.logging }
        return index % 5 == 4 ? PolicyText.silent : index % 7 == 5 ? PolicyText.passing : PolicyText.standard
    }

    private static func name(_ index: Int, _ options: MockOptions) -> String {
        if options.isHostile, index < HostileTexts.agentNames.count { return HostileTexts.agentNames[index] }
        let round = index / names.count
        return names[index % names.count] + (round == 0 ? "" : "-\(round + 1)")
    }
}
