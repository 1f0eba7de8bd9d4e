/// Names of report files, without number and extension.
package enum ReportFileName {
    /// The name of a session's report; nil when the id, which comes from the server, cannot be a file name.
    package static func proposed(session: String, date: String) -> String? {
        isPlain(session) ? "masker-\(session)-\(date)" : nil
    }

    /// Whether an id is lower-case letters, `_`, then 1 to 64 letters and digits. The lists call this at every key, so it uses no
    /// regular expression, which would be compiled each time.
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

    /// Why a typed name cannot be a file name; nil when it can.
    static func problem(_ name: String) -> String? {
        guard let first = name.first else { return "a name is required" }
        if !name.utf8.allSatisfy({ isLetterOrDigit($0) || "._-".utf8.contains($0) }) { return "letters, digits, . _ and - only" }
        if first == "." || first == "-" { return "a name must not begin with “\(first)”" }
        return name.utf8.count > longest ? "at most \(longest) characters" : nil
    }

    /// Removes an extension that the user typed, because `keep` adds it.
    static func withoutExtension(_ name: String) -> String {
        for end in [".pdf", ".json"] where name.lowercased().hasSuffix(end) { return String(name.dropLast(end.count)) }
        return name
    }
}

/// The file names that the dialog checks before anything is saved.
package struct ReportFileNames: Sendable, Hashable {
    /// The names without number and extension.
    var names: [String]
    var choice: ReportChoice
}
