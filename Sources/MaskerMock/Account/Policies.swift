/// The policies that an agent can name.
enum Policies {
    /// The one whose payloads are logged.
    static let logging = "intake-debug"

    static let versions = [
        "healthcare-default": "3", "healthcare-strict": "1", "scheduling-minimal": "2", logging: "2"
    ]

    static let texts = [
        "healthcare-default": text(
            "healthcare-default", "Safe Harbor identifiers, tokenized; payloads are not kept.",
            kinds: ["NAME", "PHONE", "DOB", "MRN", "SSN", "EMAIL", "ADDRESS"], threshold: "0.80"),
        "healthcare-strict": text(
            "healthcare-strict", "As healthcare-default, with free-text dates and places.",
            kinds: ["NAME", "PHONE", "DOB", "MRN", "SSN", "EMAIL", "ADDRESS", "DATE", "FACILITY", "HEALTH_PLAN"],
            threshold: "0.60"),
        "scheduling-minimal": text(
            "scheduling-minimal", "Appointment lines: who calls, and from where; nothing clinical is said.",
            kinds: ["NAME", "PHONE", "DOB", "EMAIL", "ADDRESS"], threshold: "0.85"),
        logging: text(
            logging, "For test agents only: payloads are logged.", logs: true,
            kinds: ["NAME", "PHONE", "DOB", "MRN", "EMAIL"], threshold: "0.90")
    ]

    private static func text(
        _ name: String, _ purpose: String, logs: Bool = false, kinds: [String], threshold: String
    ) -> String {
        let found = kinds.map { kind in
            let isExact = ["PHONE", "SSN", "EMAIL", "MRN", "DOB"].contains(kind)
            return "  - { kind: \(kind), action: tokenize, pass: \(isExact ? "regex" : "gemma") }"
        }
        return """
            # \(purpose)
            name: "\(name)"
            version: \(versions[name] ?? "1")

            detection:
              passes:
                - regex   # fast, exact
                - gemma   # names and places in free text
              min_confidence: \(threshold)
              on_timeout: block      # never let unchecked text through

            entities:
            \(found.joined(separator: "\n"))

            tokens:
              format: MSKV1
              scope: call            # the same value gets the same token within a call
            rehydrate: true          # tokens are put back before the caller hears them

            logging:
              payloads: \(logs)
              retention_days: 30

            """
    }
}
