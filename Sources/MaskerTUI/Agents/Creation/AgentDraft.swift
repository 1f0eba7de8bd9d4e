import MaskerAPI

/// The values of the form for a new agent.
package struct AgentDraft: Sendable, Equatable {
    var name: String
    var upstream: Upstream
    /// Nil to use the server's default.
    var tokenization: Tokenization?
    package var policy: Policy

    package init(name: String, upstream: Upstream, tokenization: Tokenization? = nil, policy: Policy) {
        self.name = name
        self.upstream = upstream
        self.tokenization = tokenization
        self.policy = policy
    }

    package enum Policy: Sendable, Equatable {
        /// A policy by name; nil to use the server's default.
        case named(String?)
        case yaml(String)
        /// The path of a file with the YAML, read when the agent is created.
        case file(String)
    }

    /// The fields of the form.
    enum Field: Sendable { case name, upstream, tokenization, policy, policyName, policyFile }

    /// The maximum number of characters in a name (contract, *Agents*).
    static let longestName = 64
    static let defaultPolicy = "healthcare-default"

    /// The problem of a name, as far as the console can know it; the server decides. Nil when there is none.
    /// - Parameter isComplete: whether the user has finished typing.
    static func problem(ofName name: String, taken agents: some Sequence<Agent>, isComplete: Bool) -> String? {
        let count = name.unicodeScalars.count
        if count == 0 { return isComplete ? "a name is required" : nil }
        if count > longestName { return "\(count) characters; at most \(longestName) are allowed" }
        return agents.contains { $0.name == name } ? "an agent with this name exists already" : nil
    }

    /// The field that the server's error is about; nil when it is about no single field.
    func field(of error: APIError) -> Field? {
        switch (error.kind, error.code, error.field) {
        case (.conflict, _, _), (.validation, _, "name"?): .name
        case (.validation, "unknown_upstream"?, _), (.validation, _, "upstream"?): .upstream
        case (.validation, "unknown_policy"?, _), (.validation, _, "policy_name"?): .policyName
        case (.validation, "policy_yaml_invalid"?, _), (.validation, _, "policy_yaml"?):
            if case .file = policy { .policyFile } else { .policy }
        case (.validation, _, "tokenization"?): .tokenization
        default: nil
        }
    }
}

/// The outcome of a creation, as far as it is known.
package enum CreationOutcome: Sendable, Equatable {
    case created(Agent)
    /// The policy file could not be read, so nothing was sent.
    case notRead(reason: String)
    case failed(APIError)
}
