/// How often each kind of entity was redacted, with bars, as lines of a document.
enum KindTable {
    static func add(_ kinds: [String: Int]?, to document: inout Document) {
        document.heading("Redactions by kind")
        guard let kinds, let most = kinds.values.max(), most > 0 else {
            document.add(kinds == nil ? "—" : "none", .faint)
            return
        }
        let labelWidth = min(max(kinds.keys.map { PrintableText($0).width }.max() ?? 0, 8), 24) + 2
        for (kind, count) in kinds.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            let label = PrintableText(kind).truncated(to: labelWidth - 2)
            let gap = PrintableText(String(repeating: " ", count: labelWidth - label.width))
            document.add([
                Span(label + gap), Span(PrintableText(Format.count(count).padded(to: 5, right: true) + "  ")),
                Bars.bar(share: Double(count) / Double(most), width: min(document.width - labelWidth - 8, 40), style: .accent),
            ])
        }
    }
}
