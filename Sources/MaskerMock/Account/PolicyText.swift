/// The policies with a name. The first is the default policy of the service. The mock adds the others: each has a property
/// that the console must show clearly.
enum PolicyText {
    static let standard = "healthcare-default"
    /// Payloads are logged.
    static let logging = "intake-debug"
    /// Dates are sent to the model in clear.
    static let passing = "scheduling-minimal"
    /// No events are logged.
    static let silent = "survey-untraced"

    static let all = [standard: healthcareDefault, logging: intakeDebug, passing: schedulingMinimal, silent: surveyUntraced]

    private static let healthcareDefault = """
        # What Masker comes with.
        name: healthcare-default
        version: 1
        description: Safe Harbor identifiers of US healthcare calls
        kid: K_HEALTHCARE
        epsilon: 0.5
        tokenization: vault-deterministic
        passes:
          - regex
          - gemma
        entities:
          PHONE: { regex: true, ner: true, confidence_threshold: 0.6, action: tokenize }
          SSN: { regex: true, ner: false, confidence_threshold: 0.0, action: tokenize }
          NAME: { regex: false, ner: true, confidence_threshold: 0.7, action: tokenize }
          EMAIL: { regex: true, ner: false, confidence_threshold: 0.0, action: tokenize }
          DOB: { regex: true, ner: true, confidence_threshold: 0.5, action: tokenize }
          ADDRESS: { regex: true, ner: true, confidence_threshold: 0.6, action: tokenize }
          MRN: { regex: true, ner: true, confidence_threshold: 0.6, action: tokenize }
          ACCOUNT: { regex: true, ner: true, confidence_threshold: 0.7, action: tokenize }
          IP_ADDRESS: { regex: true, ner: false, confidence_threshold: 0.0, action: redact }
        audit:
          log_events: true
          log_payloads: false
          retention_days: 2555

        """

    private static let intakeDebug = """
        # For test agents only: what is said is kept.
        name: intake-debug
        version: 1
        description: As healthcare-default, with payloads logged
        kid: K_HEALTHCARE
        tokenization: vault-deterministic
        passes:
          - regex
          - gemma
        entities:
          PHONE: { confidence_threshold: 0.6 }
          SSN: { ner: false }
          NAME: { regex: false, confidence_threshold: 0.7 }
          EMAIL: { ner: false }
          DOB: { confidence_threshold: 0.5 }
          ADDRESS: {}
          MRN: {}
          IP_ADDRESS: { ner: false, action: redact }
        audit:
          log_payloads: true     # PHI is stored, encrypted
          retention_days: 30

        """

    private static let schedulingMinimal = """
        # Appointment lines: who calls, and when to come.
        name: scheduling-minimal
        version: 1
        description: Callers are masked; dates are not, the model plans with them
        kid: K_HEALTHCARE
        epsilon: 0.5
        tokenization: reversible-aead
        passes:
          - regex
          - gemma
          - diarize
        entities:
          PHONE: {}
          NAME: { regex: false, confidence_threshold: 0.7 }
          EMAIL: { ner: false }
          MBI: { ner: false, action: redact }
          DATE: { regex: true, ner: true, action: passthrough }   # in clear
        audit:
          log_events: true

        """

    private static let surveyUntraced = """
        # Surveys are not to be traced back.
        name: survey-untraced
        version: 1
        description: Everything that is found is cut out, and nothing is logged
        kid: K_HEALTHCARE
        tokenization: vault-deterministic
        passes:
          - regex
        entities:
          PHONE: { ner: false, action: redact }
          SSN: { ner: false, action: redact }
          EMAIL: { ner: false, action: redact }
          DOB: { ner: false, action: redact }
          ACCOUNT: { ner: false, action: redact }
        audit:
          log_events: false      # a gap in the audit chain

        """
}
