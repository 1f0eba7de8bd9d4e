/// A manual page in the classic man macros.
struct Roff {
    private(set) var text: String

    init(_ name: String, section: Int, title: String) {
        text = ".TH \(name.uppercased()) \(section) \"\" \"masker-tui\" \"\(title)\"\n"
    }

    mutating func section(_ title: String) { text += ".SH \(title)\n" }
    mutating func subsection(_ title: String) { text += ".SS \(Self.escaped(title))\n" }

    mutating func paragraph(_ words: String) { text += ".PP\n" + Self.line(words) }

    /// A term in bold, what it takes in italics, and what it means.
    mutating func item(_ term: String, takes value: String? = nil, _ meaning: String) {
        let argument = value.map { " \\fI\(Self.escaped($0))\\fR" } ?? ""
        text += ".TP\n\\fB\(Self.escaped(term))\\fR\(argument)\n" + Self.line(meaning)
    }

    /// Lines as they are, such as a command or a file.
    mutating func example(_ lines: String) {
        text += ".PP\n.nf\n.RS\n" + lines.split(separator: "\n", omittingEmptySubsequences: false).map { Self.line(String($0)) }.joined() + ".RE\n.fi\n"
    }

    private static func escaped(_ words: String) -> String {
        words.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\"", with: "\\(dq")
    }

    /// A line that begins with a dot or a quote would be taken for a macro.
    private static func line(_ words: String) -> String {
        let escaped = escaped(words)
        return (escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" : "") + escaped + "\n"
    }
}
