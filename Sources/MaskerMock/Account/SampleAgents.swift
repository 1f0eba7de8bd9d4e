import Foundation
import MaskerAPI

/// The agents an account starts with.
enum SampleAgents {
    private static let names = [
        "appointment-bot-prod", "prior-auth-primary", "intake-test", "refill-line-west", "refill-line-east",
        "after-hours-triage", "billing-questions", "lab-results-callback", "referral-desk", "discharge-follow-up",
        "vaccine-hotline", "dental-reminders", "radiology-scheduling", "pharmacy-transfer", "insurance-verification",
        "patient-survey", "telehealth-check-in", "wound-care-follow-up", "nurse-line-spanish", "cardiology-front-desk"
    ]

    /// Newest first. All are older than the oldest session.
    static func make(_ options: MockOptions, origin: String, now: Date) -> [Agent] {
        (0..<max(options.agents, 0)).map { index in
            var random = SeededRandom(options.seed, UInt64(index), .agent)
            let days = 31 + Double(index) * 6.3 + random.share()
            let created = now.addingTimeInterval(-days * 86_400)
            let policy = policy(index)
            let upstreams: [Upstream] = ["openai:gpt-4o-mini", "openai:gpt-4o-mini", "openai:gpt-4o"]
            return make(
                id: ULID.make("agt_", at: created, high: random.next(), low: random.next()), name: name(index, options),
                upstream: index == 2 ? "stub" : random.pick(upstreams) ?? "stub",
                tokenization: index % 3 == 1 ? .reversibleAEAD : .vaultDeterministic, policy: policy,
                version: Policies.versions[policy], origin: origin,
                // Some timestamps have no fraction.
                created: index % 4 == 0 ? Date(timeIntervalSince1970: created.timeIntervalSince1970.rounded()) : created
            )
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

    private static func policy(_ index: Int) -> String {
        if index == 2 { return Policies.logging }
        return index % 5 == 4 ? "healthcare-strict" : index % 7 == 5 ? "scheduling-minimal" : "healthcare-default"
    }

    private static func name(_ index: Int, _ options: MockOptions) -> String {
        if options.isHostile, index < HostileTexts.agentNames.count { return HostileTexts.agentNames[index] }
        let round = index / names.count
        return names[index % names.count] + (round == 0 ? "" : "-\(round + 1)")
    }
}
