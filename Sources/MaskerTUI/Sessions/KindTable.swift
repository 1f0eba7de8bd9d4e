import TerminalKit

/// The number of redactions of each kind, with bars, as lines of a document.
enum KindTable {
    /// The widths of the parts of a line, in columns of the terminal.
    struct Widths {
        var count: Int
        /// The columns that stay free after the bar.
        var margin: Int
        var longestBar: Int
    }

    /// Adds the table of one session or report, with a heading.
    static func add(_ kinds: [String: Int]?, to document: inout Document) {
        document.heading("Redactions by kind")
        guard let kinds, (kinds.values.max() ?? 0) > 0 else {
            document.add(kinds == nil ? "—" : "none", .faint)
            return
        }
        let sorted = kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (name: $0.key, count: $0.value) }
        add(sorted, Widths(count: 5, margin: 1, longestBar: 40), to: &document)
    }

    /// - Parameter kinds: the kinds with their counts, the most frequent first.
    static func add(_ kinds: [(name: String, count: Int)], _ widths: Widths, to document: inout Document) {
        let most = Double(kinds.first?.count ?? 0)
        let labelWidth = min(max(kinds.map { PrintableText($0.name).width }.max() ?? 0, 8), 24) + 2
        let barWidth = min(document.width - labelWidth - widths.count - 2 - widths.margin, widths.longestBar)
        for kind in kinds {
            let label = PrintableText(kind.name).truncated(to: labelWidth - 2)
            document.add([
                Span(label + PrintableText(String(repeating: " ", count: labelWidth - label.width))),
                Span(PrintableText(Format.count(kind.count).padded(to: widths.count, right: true) + "  ")),
                Bars.bar(share: Double(kind.count) / most, width: barWidth, style: .accent),
            ])
        }
    }
}
