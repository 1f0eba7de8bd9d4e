import MaskerAPI
import TerminalKit

/// The help of a command, which the parser writes for a width of its own choice.
enum HelpText {
    /// In less columns the parser leaves too little room for descriptions, or none.
    static let leastColumns = 60
    /// Where the parser begins the descriptions of options and commands.
    private static let descriptionColumn = 26

    /// Help that fits into the terminal. What the parser prints instead of help, such as the version, stays as it is.
    /// - Parameter render: the parser's text for a number of columns.
    static func fitted(columns: Int, _ render: (Int) -> String) -> String {
        guard columns < leastColumns else { return render(columns) }
        // The parser breaks no line of this length, so each of its lines is a paragraph.
        let text = render(100_000)
        guard text.contains("USAGE: ") else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { narrow(String($0), columns: columns) }.joined(separator: "\n")
    }

    /// A line for a narrow terminal: the description of an option stands below the option.
    private static func narrow(_ line: String, columns: Int) -> [String] {
        let label = line.prefix(descriptionColumn), description = line.dropFirst(descriptionColumn)
        guard line.hasPrefix("  "), !description.isEmpty, label.last == " " else { return wrapped(line, indent: 2, columns) }
        let name = String(label).trimmed
        return (name.isEmpty ? [] : wrapped("  " + name, indent: 2, columns)) + wrapped("    " + description, indent: 4, columns)
    }

    /// The line in lines of at most `columns`; those after the first are indented.
    private static func wrapped(_ line: String, indent: Int, _ columns: Int) -> [String] {
        guard line.count > columns, columns > indent + 1 else { return [line] }
        let begin = line.prefix { $0 == " " }.count, room = columns - max(begin, indent)
        let lines = PrintableText(String(line.dropFirst(begin))).wrapped(to: room).map(\.string)
        return lines.enumerated().map { String(repeating: " ", count: $0 == 0 ? begin : max(begin, indent)) + $1 }
    }
}
