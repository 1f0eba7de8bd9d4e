import MaskerAPI
import TerminalKit

/// The coverage of each identifier of the Safe Harbor rule, as lines of a document.
enum SafeHarborTable {
    private static let letterWidth = 3, nameWidth = 18, signWidth = 17

    static func add(_ coverage: SafeHarborCoverage?, to document: inout Document) {
        document.heading("Safe Harbor coverage")
        switch coverage {
        case nil: document.add("—", .faint)
        case .text(let text)?: document.paragraph(PrintableText(text))
        case .categories(let categories)? where categories.isEmpty: document.add("none", .faint)
        case .categories(let categories)?: add(categories, to: &document)
        }
    }

    private static func add(_ coverage: [String: String], to document: inout Document) {
        let rows = coverage.sorted { $0.key < $1.key }.map { cells($0.key, $0.value) }
        let columns = document.width >= 2 * (letterWidth + nameWidth + signWidth) ? 2 : 1
        let height = (rows.count + columns - 1) / columns
        for line in 0..<height {
            document.add(stride(from: line, to: rows.count, by: height).flatMap { rows[$0] })
        }
        document.add(summary(coverage.values), .label)
    }

    private static func cells(_ key: String, _ value: String) -> [Span] {
        let parts = key.split(separator: "_", maxSplits: 1).map(String.init)
        let hasLetter = parts.count == 2 && parts[0].count == 1
        let name = PrintableText((hasLetter ? parts[1] : key).split(separator: "_").joined(separator: " "))
        let sign = sign(value)
        return [
            Span(PrintableText((hasLetter ? parts[0] : "").padded(to: letterWidth)), .label), Span(padded(name, nameWidth)),
            Span(padded(sign.text, signWidth), sign.style),
        ]
    }

    private static func padded(_ text: PrintableText, _ width: Int) -> PrintableText {
        let shown = text.truncated(to: width - 1)
        return shown + PrintableText(String(repeating: " ", count: width - shown.width))
    }

    private static func sign(_ value: String) -> Span {
        switch SafeHarborCoverage.word(value) {
        case "full": Span("✓ full", .good)
        case "partial": Span("○ partial", .warning)
        case "none": Span("✗ none", .bad)
        case "in_progress": Span("… in progress", .warning)
        case "not_applicable": Span("— not applicable", .faint)
        default: Span("· " + PrintableText(value))
        }
    }

    /// The number of identifiers for each value: `11 full · 4 partial · 3 none`.
    private static func summary(_ values: some Sequence<String>) -> PrintableText {
        let counts = Dictionary(values.map { (SafeHarborCoverage.word($0), 1) }, uniquingKeysWith: +)
        let known = ["full", "partial", "in_progress", "none", "not_applicable"]
        let order = known.filter { counts[$0] != nil } + counts.keys.filter { !known.contains($0) }.sorted()
        return PrintableText(order.map { "\(counts[$0] ?? 0) \($0.split(separator: "_").joined(separator: " "))" }.joined(separator: " · "))
    }
}
