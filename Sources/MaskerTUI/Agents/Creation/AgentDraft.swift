import MaskerAPI

/// An agent that the user asked to create, as the form had it.
package struct AgentDraft: Sendable, Equatable {
    var name: String
    var upstream: Upstream
    /// Nil: the server's default.
    var tokenization: Tokenization?
    package var policy: Policy

    package init(name: String, upstream: Upstream, tokenization: Tokenization? = nil, policy: Policy) {
        self.name = name
        self.upstream = upstream
        self.tokenization = tokenization
        self.policy = policy
    }

    package enum Policy: Sendable, Equatable {
        /// Nil: the server's default.
        case named(String?)
        case yaml(String)
        /// The path of a file with the YAML, read when the agent is created.
        case file(String)
    }

    /// The fields of the form.
    enum Field: Sendable { case name, upstream, tokenization, policy, policyName, policyFile }

    /// Most characters of a name (contract, *Agents*).
    static let longestName = 64
    static let defaultPolicy = "healthcare-default"

    /// What is wrong with a name, as far as that can be known here; the server decides.
    /// - Parameter isComplete: nothing more is being typed.
    static func problem(ofName name: String, taken agents: some Sequence<Agent>, isComplete: Bool) -> String? {
        let count = name.unicodeScalars.count
        if count == 0 { return isComplete ? "a name is required" : nil }
        if count > longestName { return "it has \(count) characters, and may have \(longestName)" }
        return agents.contains { $0.name == name } ? "there is an agent with this name already" : nil
    }

    /// Which field the server's refusal is about; nil: none in particular.
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

/// What became of an order, as far as it is known.
package enum CreationOutcome: Sendable, Equatable {
    case created(Agent)
    /// The policy's file could not be read, so nothing was sent.
    case notRead(reason: String)
    case failed(APIError)
}
