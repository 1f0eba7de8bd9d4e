/// Names of files for reports, without number and extension.
package enum ReportFileName {
    /// The name of a session's report; nil when the id, which comes from the server, makes no file name.
    package static func proposed(session: String, date: String) -> String? {
        isPlain(session) ? "masker-\(session)-\(date)" : nil
    }

    /// Lower-case letters, `_`, then 1 to 64 letters and digits. Asked at every key in the lists, so no regular expression:
    /// that is compiled each time.
    private static func isPlain(_ id: String) -> Bool {
        guard let bar = id.utf8.firstIndex(of: UInt8(ascii: "_")) else { return false }
        let kind = id.utf8[..<bar], rest = id.utf8[id.utf8.index(after: bar)...]
        return !kind.isEmpty && kind.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            && (1...64).contains(rest.count) && rest.allSatisfy(isLetterOrDigit)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    private static let longest = 120

    /// Why a name that somebody typed makes no file name; nil when it does.
    static func problem(_ name: String) -> String? {
        guard let first = name.first else { return "a name is needed" }
        if !name.utf8.allSatisfy({ isLetterOrDigit($0) || "._-".utf8.contains($0) }) { return "letters, digits, . _ and - only" }
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
package struct ReportFileNames: Sendable, Hashable {
    /// Without number and extension.
    var names: [String]
    var choice: ReportChoice
}
