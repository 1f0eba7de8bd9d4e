import Foundation
import MaskerAPI
import Yams

/// The body of `POST /agents`, and the rules it is held to.
enum AgentForm {
    static func read(_ body: Data) throws -> NewAgent {
        guard let fields = try? JSONSerialization.jsonObject(with: body) as? [String: Any] else {
            throw MockError.invalid(nil, "The body is no JSON object.")
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
        let policy = try policy(named: try text("policy_name"), yaml: try text("policy_yaml"))
        return NewAgent(name: name, upstream: upstream, tokenization: tokenization, policy: policy)
    }

    private static func policy(named name: String?, yaml: String?) throws -> NewAgent.Policy {
        if name != nil, yaml != nil {
            throw MockError.invalid("policy_yaml", "policy_name and policy_yaml exclude each other.")
        }
        if let yaml {
            do {
                guard try Yams.compose(yaml: yaml)?.mapping != nil else {
                    throw MockError.unprocessable(
                        "policy_yaml_invalid", "The policy is no YAML mapping.", field: "policy_yaml")
                }
            } catch let error as YamlError {
                let sentence = "The policy is no YAML: \(error)"
                throw MockError.unprocessable("policy_yaml_invalid", sentence, field: "policy_yaml")
            }
            return .yaml(yaml)
        }
        if let name, Policies.texts[name] == nil {
            throw MockError.unprocessable("unknown_policy", "There is no policy \(name).", field: "policy_name")
        }
        return .named(name)
    }
}
