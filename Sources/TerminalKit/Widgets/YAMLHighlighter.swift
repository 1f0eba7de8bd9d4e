/// Gives the lines of a YAML text colours. Text that it does not understand has no colour; it never changes the text.
public enum YAMLHighlighter {
    /// The pieces of a line with their styles.
    public static func spans(_ line: PrintableText) -> [Span] {
        let scalars = line.glyphs.map(\.base)
        guard let first = scalars.firstIndex(where: { $0 != " " }) else { return [Span(line)] }
        if scalars[first] == "#" { return [Span(line, Style(.codeComment))] }
        var spans: [Span] = []
        var start = 0
        func cut(to end: Int, _ style: Style) {
            guard end > start else { return }
            spans.append(Span(piece(line, start..<end), style))
            start = end
        }
        let comment = commentStart(scalars) ?? scalars.count
        var at = first
        while at + 1 < comment, scalars[at] == "-", scalars[at + 1] == " " {
            cut(to: at, .plain)
            cut(to: at + 1, Style(.codeKey))
            at += 2
        }
        if let colon = scalars[at..<comment].firstIndex(of: ":"), colon + 1 == comment || scalars[colon + 1] == " " {
            cut(to: at, .plain)
            cut(to: colon, Style(.codeKey))
            cut(to: colon + 1, .plain)
        }
        let value = scalars[start..<comment].first { $0 != " " }
        cut(to: comment, value == "\"" || value == "'" ? Style(.codeString) : .plain)
        cut(to: scalars.count, Style(.codeComment))
        return spans
    }

    /// The index of a comment's `#`: after a space and outside of quotes.
    private static func commentStart(_ scalars: [Unicode.Scalar]) -> Int? {
        var quote: Unicode.Scalar?
        for (index, scalar) in scalars.enumerated() {
            if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "\"" || scalar == "'" {
                quote = scalar
            } else if scalar == "#", index > 0, scalars[index - 1] == " " {
                return index
            }
        }
        return nil
    }

    private static func piece(_ line: PrintableText, _ range: Range<Int>) -> PrintableText {
        let start = line.glyphs[..<range.lowerBound].reduce(0) { $0 + Int($1.width) }
        let width = line.glyphs[range].reduce(0) { $0 + Int($1.width) }
        return line.slice(from: start, columns: width)
    }
}
