/// A manual page in the classic man macros.
struct Roff {
    private(set) var text: String
    /// Behind a title no paragraph has to begin.
    private var isBehindTitle = false

    /// In bytes; characters that are no ASCII become longer for the formatter.
    private static let longestLine = 72

    init(_ name: String, section: Int, title: String) {
        text = ".TH \(name.uppercased()) \(section) \"\" \"masker-tui\" \"\(title)\"\n"
    }

    mutating func section(_ title: String) { add(".SH \(title)\n", isTitle: true) }
    mutating func subsection(_ title: String) { add(".SS \(Self.escaped(title))\n", isTitle: true) }

    mutating func paragraph(_ words: String) { add((isBehindTitle ? "" : ".PP\n") + Self.lines(words)) }

    /// A term in bold, what it takes in italics, and what it means.
    mutating func item(_ term: String, takes value: String? = nil, _ meaning: String) {
        let argument = value.map { " \\fI\(Self.escaped($0))\\fR" } ?? ""
        add(".TP\n\\fB\(Self.escaped(term))\\fR\(argument)\n" + Self.lines(meaning))
    }

    /// Lines as they are, such as a command or a file.
    mutating func example(_ lines: String) {
        let shown = lines.split(separator: "\n", omittingEmptySubsequences: false).map { Self.line(String($0)) }.joined()
        add((isBehindTitle ? "" : ".PP\n") + ".nf\n.RS\n" + shown + ".RE\n.fi\n")
    }

    private mutating func add(_ lines: String, isTitle: Bool = false) {
        text += lines
        isBehindTitle = isTitle
    }

    private static func escaped(_ words: String) -> String {
        words.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\"", with: "\\(dq")
    }

    /// Words in short lines, which the formatter fills again.
    private static func lines(_ words: String) -> String {
        var lines: [String] = []
        for word in words.split(separator: " ") {
            if let last = lines.last, escaped(last + " " + word).utf8.count <= longestLine {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines.map(line).joined()
    }

    /// A line that begins with a dot or a quote would be taken for a macro.
    private static func line(_ words: String) -> String {
        let escaped = escaped(words)
        return (escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" : "") + escaped + "\n"
    }
}
