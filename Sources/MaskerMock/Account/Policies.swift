/// A policy and the YAML text that it was read from.
struct KeptPolicy: Sendable {
    let policy: MockPolicy
    let text: String
    /// The kinds that are found, and the kinds that are found by regular expressions only. Stored, because lists need them
    /// for every row.
    let kinds: [String], regexKinds: [String]

    init(policy: MockPolicy, text: String) {
        self.policy = policy
        self.text = text
        kinds = policy.kinds
        regexKinds = policy.regexKinds
    }
}

/// The policies of the account: the named ones, and those that were sent as YAML with new agents.
enum Policies {
    static let named: [String: KeptPolicy] = PolicyText.all.compactMapValues { text in
        PolicyRules.read(text).policy.map { KeptPolicy(policy: $0, text: text) }
    }

    /// The policy with this name, or the default policy of the service if there is none.
    static func find(_ name: String?) -> KeptPolicy? { name.flatMap { named[$0] } ?? named[PolicyText.standard] }

    /// Reads a policy that was sent as YAML with a new agent.
    static func read(_ text: String) throws -> KeptPolicy {
        let (policy, problems) = PolicyRules.read(text)
        if let policy { return KeptPolicy(policy: policy, text: text) }
        var error = MockError.unprocessable("policy_yaml_invalid", problems.first?.message ?? "The policy is invalid.", field: nil)
        // OPEN: the shape of the details.
        error.details = [
            "field": "policy_yaml",
            "errors": .list(problems.prefix(50).map { ["field": .text($0.path), "reason": .text($0.reason), "message": .text($0.message)] }),
        ]
        throw error
    }

    /// The policy with its version increased by one, as if somebody had changed it.
    static func drifted(_ kept: KeptPolicy) -> String {
        kept.text.replacing(#/(?m)^version:\s*\d+/#, with: "version: \(kept.policy.version + 1)")
    }
}
