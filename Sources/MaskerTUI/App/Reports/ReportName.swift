/// Names of files for reports, without number and extension.
enum ReportName {
    /// The name of a session's report; nil when the id, which comes from the server, makes no file name.
    static func proposed(session: String, date: String) -> String? {
        session.wholeMatch(of: /[a-z]+_[0-9A-Za-z]{1,64}/).map { _ in "masker-\(session)-\(date)" }
    }

    private static let longest = 120

    /// Why a name that somebody typed makes no file name; nil when it does.
    static func problem(_ name: String) -> String? {
        guard let first = name.first else { return "a name is needed" }
        let isSafe = name.utf8.allSatisfy { byte in
            let scalar = Unicode.Scalar(byte)
            return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) || "._-".unicodeScalars.contains(scalar)
        }
        if !isSafe { return "letters, digits, . _ and - only" }
        if first == "." || first == "-" { return "a name does not begin with “\(first)”" }
        return name.utf8.count > longest ? "at most \(longest) characters" : nil
    }

    /// Who types the extension does not want it twice.
    static func withoutExtension(_ name: String) -> String {
        for end in [".pdf", ".json"] where name.lowercased().hasSuffix(end) { return String(name.dropLast(end.count)) }
        return name
    }
}

/// Names that the dialog wants to know about before anything is saved.
struct ReportNames: Sendable, Hashable {
    /// Without number and extension.
    var names: [String]
    var choice: ReportChoice
}
