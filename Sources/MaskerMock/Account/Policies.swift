/// The policies that an agent can name.
enum Policies {
    static let texts: [String: String] = [
        "healthcare-default": text(
            "healthcare-default", "Safe Harbor identifiers, tokenized; payloads are not kept.", logs: false,
            kinds: ["NAME", "PHONE", "DOB", "MRN", "SSN", "EMAIL", "ADDRESS"], threshold: "0.80"),
        "healthcare-strict": text(
            "healthcare-strict", "As healthcare-default, with free-text dates and places.", logs: false,
            kinds: ["NAME", "PHONE", "DOB", "MRN", "SSN", "EMAIL", "ADDRESS", "DATE", "FACILITY"], threshold: "0.60"),
        "intake-debug": text(
            "intake-debug", "For test agents only: payloads are logged.", logs: true,
            kinds: ["NAME", "PHONE", "DOB"], threshold: "0.90"),
    ]

    static let versions = ["healthcare-default": "3", "healthcare-strict": "1", "intake-debug": "2"]

    private static func text(_ name: String, _ purpose: String, logs: Bool, kinds: [String], threshold: String) -> String {
        let entities = kinds.map { kind in
            """
              - kind: \(kind)
                action: tokenize
                passes: [regex, gemma]
            """
        }.joined(separator: "\n")
        return """
            # \(purpose)
            name: "\(name)"
            version: \(versions[name] ?? "1")
            detection:
              passes:
                - regex   # fast, exact
                - gemma   # names and places in free text
              min_confidence: \(threshold)
            entities:
            \(entities)
            rehydrate: true        # tokens are put back before the caller hears them
            logging:
              payloads: \(logs)
              retention_days: 30
            """
    }
}
