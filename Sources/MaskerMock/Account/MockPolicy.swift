/// The fields of a policy that the mock uses (contract, *Policies*).
struct MockPolicy: Sendable, Equatable {
    struct Rule: Sendable, Equatable {
        var isEnabled = true
        var regex = true
        var ner = true
        var threshold = 0.6
        var action = Action.tokenize
    }

    enum Action: String, Sendable, CaseIterable { case tokenize, redact, passthrough }
    enum Pass: String, Sendable, CaseIterable { case regex, gemma, diarize }

    var name: String
    var version: Int
    var kid: String
    var passes: [Pass]
    var entities: [String: Rule]
    var logsEvents = true
    var logsPayloads = false

    /// The ids of the keys that the server has (`kid`).
    static let knownKeys = ["K_HEALTHCARE"]
    static let tokenizations = ["vault-deterministic", "reversible-aead", "synthetic"]

    /// The kinds that are found under this policy, the most frequent first.
    var kinds: [String] { found(by: { isFoundByRegex($0) || isFoundByNER($0) }) }

    /// The kinds that are found if detection uses only regular expressions.
    var regexKinds: [String] { found(by: isFoundByRegex) }

    func isFoundByRegex(_ rule: Rule) -> Bool { rule.regex && passes.contains(.regex) }
    func isFoundByNER(_ rule: Rule) -> Bool { rule.ner && passes.contains(.gemma) }

    private func found(by test: (Rule) -> Bool) -> [String] {
        let kinds = entities.filter { $0.value.isEnabled && test($0.value) }.keys
        return Self.frequency.filter(kinds.contains) + kinds.filter { !Self.frequency.contains($0) }.sorted()
    }

    private static let frequency = ["NAME", "PHONE", "DOB", "MRN", "ADDRESS", "EMAIL", "SSN", "DATE", "ACCOUNT", "MBI", "IP_ADDRESS"]
}
