import Foundation
import MaskerAPI

/// The body of `POST /agents`, checked by the rules of the contract.
struct AgentForm: Sendable {
    var agent: NewAgent
    /// The policy given as YAML, instead of one given by its name.
    var policy: KeptPolicy?

    static func read(_ body: Data) throws -> AgentForm {
        guard let fields = try? JSONSerialization.jsonObject(with: body) as? [String: Any] else {
            throw MockError.invalid(nil, "The body is not a JSON object.")
        }
        func text(_ key: String) throws -> String? {
            guard let value = fields[key], !(value is NSNull) else { return nil }
            guard let text = value as? String else { throw MockError.invalid(key, "\(key) must be a text.") }
            return text
        }
        guard let name = try text("name"), (1...64).contains(name.unicodeScalars.count) else {
            throw MockError.invalid("name", "name must have 1 to 64 characters.")
        }
        guard let upstream = try text("upstream").map(Upstream.init) else {
            throw MockError.invalid("upstream", "upstream is required.")
        }
        guard Upstream.known.contains(upstream) else {
            throw MockError.unprocessable("unknown_upstream", "There is no upstream \(upstream).", field: "upstream")
        }
        let tokenization = try text("tokenization").map(Tokenization.init)
        guard tokenization.map({ [.vaultDeterministic, .reversibleAEAD].contains($0) }) ?? true else {
            throw MockError.invalid("tokenization", "tokenization must be vault-deterministic or reversible-aead.")
        }
        let policyName = try text("policy_name"), yaml = try text("policy_yaml")
        if policyName != nil, yaml != nil {
            throw MockError.invalid("policy_yaml", "policy_name and policy_yaml exclude each other.")
        }
        if let policyName, Policies.named[policyName] == nil {
            throw MockError.unprocessable("unknown_policy", "There is no policy \(policyName).", field: "policy_name")
        }
        let policy = yaml.map(NewAgent.Policy.yaml) ?? .named(policyName)
        return AgentForm(
            agent: NewAgent(name: name, upstream: upstream, tokenization: tokenization, policy: policy),
            policy: try yaml.map(Policies.read))
    }
}
