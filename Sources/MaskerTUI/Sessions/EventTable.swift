import MaskerAPI
import TerminalKit

/// The redaction events of a session as lines of a document.
enum EventTable {
    private struct Field: Sendable {
        var title: String
        var width: Int
        var isRight = false
        var text: @Sendable (RedactionEvent) -> String?
    }

    private static let fields: [Field] = [
        Field(title: "PASS", width: 7) { $0.pass },
        Field(title: "KIND", width: 12) { $0.entityKind },
        Field(title: "SPAN", width: 11) { event in
            event.span.flatMap { $0.count == 2 ? "\($0[0])–\($0[1])" : nil }
        },
        Field(title: "CONF", width: 5, isRight: true) { event in event.confidence.map { Format.decimal($0, places: 2) } },
        Field(title: "TOKEN", width: 7) { $0.tokenKind },
        Field(title: "KEY ID", width: 12) { $0.kid },
        Field(title: "EVENT ID", width: 30) { $0.eventID },
    ]

    static func add(_ events: [RedactionEvent]?, to document: inout Document, isPlain: Bool = false) {
        document.heading("Events")
        guard let events, !events.isEmpty else {
            document.add(events == nil ? "—" : "none", .faint)
            return
        }
        guard !isPlain else {
            for event in events {
                let values = fields.compactMap { field in field.text(event).map { "\(field.title.lowercased()) \($0)" } }
                document.paragraph(PrintableText(values.joined(separator: ", ")))
            }
            return
        }
        // A narrow window hides the event id.
        var shown = fields
        while shown.reduce(-2, { $0 + $1.width + 2 }) > document.width, shown.count > 1 { shown.removeLast() }
        document.add(row(shown.map { Span(cell($0.title, $0), .label) }))
        for event in events {
            document.add(row(shown.map { field in
                let text = field.text(event)
                return Span(cell(text ?? "—", field), text == nil ? .faint : .plain)
            }))
        }
    }

    private static func row(_ cells: [Span]) -> [Span] { Array(cells.map { [$0] }.joined(separator: [Span("  ")])) }

    private static func cell(_ text: String, _ field: Field) -> PrintableText {
        let shown = PrintableText(text).truncated(to: field.width)
        let space = PrintableText(String(repeating: " ", count: field.width - shown.width))
        return field.isRight ? space + shown : shown + space
    }
}
