/// A value in a configuration that cannot be used.
struct ConfigurationProblem: Error, Equatable {
    var origin: ValueSource
    /// The problem, as the end of a sentence.
    var clause: String
    /// The name of the setting, when the origin does not contain it.
    var key: String?

    /// `--refresh takes …`, `MASKER_URL: “…” is not a URL`, `/home/ada/config.yaml:3:10: refresh takes …`.
    var sentence: String {
        let subject: String
        switch origin {
        case .option, .environment, .standard:
            return "\(origin)" + (clause.hasPrefix("takes ") ? " " : ": ") + clause
        case .file: subject = clause.hasPrefix("takes ") ? (key ?? "") + " " : ""
        }
        return "\(origin): \(subject)\(clause)"
    }
}

extension CommandFailure {
    /// One line for each problem, and exit status 2.
    init(_ problems: [ConfigurationProblem]) { self = .usage(problems.map(\.sentence).joined(separator: "\n")) }
}
