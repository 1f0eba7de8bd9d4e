import MaskerAPI

/// How the time of sessions divides into stages: a bar, and a line for each stage with its numbers.
enum StageTable {
    static let looks: [(glyph: Character, style: Style)] = [("█", .accent), ("▓", .warning), ("▒", .good), ("░", Style(.key))]

    /// - Parameter own: of one session, to stand beside the others.
    static func add(_ stages: [StageFigures], own: StageDurations? = nil, to document: inout Document) {
        guard !stages.isEmpty || own != nil else { return }
        let names = StageDurations().stages.map(\.name)
        let width = min(document.width, 80) - (own == nil ? 0 : 6)
        func bar(_ label: PrintableText, _ values: [Double]) {
            let parts = zip(values, looks).map { (value: $0, glyph: $1.glyph, style: $1.style) }
            document.add((own == nil ? [] : [Span(label, .label.decoration)]) + Bars.proportions(parts, width: width))
        }
        func share(_ name: String) -> Double { stages.first { $0.name == name }?.share ?? 0 }
        if !stages.isEmpty { bar("all   ", names.map(share)) }
        if let own { bar("this  ", own.stages.map { max($0.milliseconds ?? 0, 0) }) }
        let total = own?.stages.reduce(0) { $0 + max($1.milliseconds ?? 0, 0) } ?? 0
        for (index, look) in zip(names.indices, looks) {
            var line = [Span(PrintableText("\(look.glyph) "), look.style.decoration), Span(PrintableText(names[index].padded(to: 10)), .label)]
            func add(_ label: PrintableText, _ value: String, width: Int) {
                line += [Span("  "), Span(label + " ", .label), Span(PrintableText(value.padded(to: width, right: true)))]
            }
            if let stage = stages.first(where: { $0.name == names[index] }) {
                add("share", Format.percent(stage.share), width: 7)
                add("median", Format.milliseconds(stage.median), width: 7)
                add("max", Format.milliseconds(stage.longest), width: 7)
            }
            if let own = own?.stages[index].milliseconds {
                let share = total > 0 ? ", " + Format.percent(max(own, 0) / total) : ""
                add("this", Format.milliseconds(own) + share, width: 15)
            }
            document.add(line)
        }
    }
}
