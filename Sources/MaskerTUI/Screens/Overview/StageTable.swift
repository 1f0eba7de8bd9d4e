import MaskerAPI

/// How the time of sessions divides into stages: a bar, and a line for each stage with its numbers.
enum StageTable {
    static let looks: [(glyph: Character, style: Style)] = [("█", .accent), ("▓", .warning), ("▒", .good), ("░", Style(.key))]

    static func add(_ stages: [StageFigures], to document: inout Document) {
        guard !stages.isEmpty else { return }
        let parts = zip(stages, looks).map { (value: $0.share, glyph: $1.glyph, style: $1.style) }
        document.add(Bars.proportions(parts, width: min(document.width, 80)))
        for (stage, look) in zip(stages, looks) {
            let median = Format.milliseconds(stage.median), longest = Format.milliseconds(stage.longest)
            document.add([
                Span(PrintableText("\(look.glyph) "), look.style), Span(PrintableText(stage.name.padded(to: 12)), .label),
                Span(PrintableText(Format.percent(stage.share).padded(to: 8, right: true))),
                Span("   median ", .label), Span(PrintableText(median.padded(to: 8, right: true))),
                Span("   longest ", .label), Span(PrintableText(longest.padded(to: 8, right: true))),
            ])
        }
    }
}
