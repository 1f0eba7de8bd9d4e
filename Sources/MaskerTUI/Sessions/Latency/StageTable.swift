import MaskerAPI
import TerminalKit

/// The stages' shares of the duration: a bar, and a line for each stage with its numbers.
enum StageTable {
    private static let barStyles: [(glyph: Character, style: Style)] = [("█", .accent), ("▓", .warning), ("▒", .good), ("░", Style(.key))]

    /// Adds the stages of one session, with a heading.
    static func add(ofOne durations: StageDurations?, to document: inout Document) {
        document.heading("Stages")
        guard let durations else {
            document.add("—", .faint)
            return
        }
        document.add(bar(durations.stages.map { $0.milliseconds ?? 0 }, width: min(document.width, 80)))
        let total = sum(of: durations)
        for (index, stage) in durations.stages.enumerated() {
            let time = stage.milliseconds.map(Format.milliseconds) ?? "—"
            let share = stage.milliseconds.flatMap { total > 0 ? Format.percent($0 / total) : nil } ?? ""
            document.add(label(index, stage.name, width: 12) + [
                Span(PrintableText(time.padded(to: 10, right: true) + share.padded(to: 9, right: true))),
            ])
        }
    }

    /// - Parameter own: the stages of one session, shown beside those of the sample.
    static func add(_ stages: [StageFigures], own: StageDurations? = nil, to document: inout Document) {
        guard !stages.isEmpty || own != nil else { return }
        let names = StageDurations().stages.map(\.name)
        let width = min(document.width, 80) - (own == nil ? 0 : 6)
        func addBar(_ label: PrintableText, _ values: [Double]) {
            document.add((own == nil ? [] : [Span(label, .label.decoration)]) + bar(values, width: width))
        }
        func share(_ name: String) -> Double { stages.first { $0.name == name }?.share ?? 0 }
        if !stages.isEmpty { addBar("all   ", names.map(share)) }
        if let own { addBar("this  ", own.stages.map { max($0.milliseconds ?? 0, 0) }) }
        let total = own.map(sum) ?? 0
        for index in names.indices {
            var line = label(index, names[index], width: 10)
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

    private static func bar(_ values: [Double], width: Int) -> [Span] {
        Bars.proportions(zip(values, barStyles).map { (value: $0, glyph: $1.glyph, style: $1.style) }, width: width)
    }

    private static func label(_ stage: Int, _ name: String, width: Int) -> [Span] {
        let barStyle = barStyles[stage % barStyles.count]
        return [Span(PrintableText("\(barStyle.glyph) "), barStyle.style.decoration), Span(PrintableText(name.padded(to: width)), .label)]
    }

    private static func sum(of durations: StageDurations) -> Double { durations.stages.reduce(0) { $0 + max($1.milliseconds ?? 0, 0) } }
}
