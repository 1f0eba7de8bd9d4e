import MaskerAPI
import TerminalKit

/// The sections of the latency screen, as lines of a document.
struct LatencySections {
    let table: DurationTable
    /// The durations of the marked session; nil until they are loaded.
    let own: CallTiming?
    let marked: Identifier<CallSession>?
    let isPlain: Bool

    func addOwn(failure: APIError?, to document: inout Document) {
        guard marked != nil else { return }
        document.blank()
        guard let duration = own?.duration else {
            if let failure {
                document.paragraph("⚠ " + Wording.failure(failure), .bad)
            } else {
                document.add(own == nil ? "This session: loading…" : "This session has no duration.", .faint)
            }
            return
        }
        let share = OverviewSummary.percent(table.shareFaster(than: duration))
        document.add([
            Span("▌ ", .accent.decoration), Span("This session took "), Span(PrintableText(Format.milliseconds(duration)), .plain.bold),
            Span(PrintableText(table.all.counts.count == 0 ? "." : ": \(share) of the list were faster.")),
        ])
    }

    // MARK: Durations

    func addQuantiles(to document: inout Document) {
        document.heading("Durations by status")
        guard !isPlain else {
            for durations in [table.all] + table.byStatus {
                let values = zip(["p50", "p95", "max"], durations.quantiles).map { name, value in
                    "\(name) " + (value.map(Format.milliseconds) ?? "not known")
                }
                let name = durations.status?.rawValue ?? "all"
                document.add(PrintableText("\(name): \(Format.count(durations.counts.count)), " + values.joined(separator: ", ")))
            }
            return
        }
        document.add([Span(PrintableText(Self.row("STATUS", ["COUNT", "P50", "P95", "MAX"])), .label)])
        for durations in [table.all] + table.byStatus {
            let sign = durations.status.map(CellText.status) ?? Span("all", .plain)
            let values = durations.quantiles.map { $0.map(Format.milliseconds) ?? "—" }
            let numbers = Self.row("", [Format.count(durations.counts.count)] + values).dropFirst(sign.text.width)
            document.add([sign, Span(PrintableText(String(numbers)))])
        }
    }

    private static func row(_ name: String, _ values: [String]) -> String {
        name.padded(to: 16) + values.map { $0.padded(to: 10, right: true) }.joined()
    }

    /// The same as in the overview's chart.
    private static let barStyles: [(glyph: Character, style: Style)] = [("█", .good), ("▒", .warning), ("▓", .bad), ("░", .faint)]

    func addRanges(to document: inout Document) {
        document.heading("Duration histogram")
        guard let most = table.ranges.map(\.statuses.total).max() else {
            document.add("none", .faint)
            return
        }
        guard !isPlain else {
            for range in table.ranges {
                let isOwn = own?.duration.map { $0 >= range.low && $0 < range.high } ?? false
                let parts = range.statuses.parts.filter { $0.count > 0 }.map { "\(Format.count($0.count)) \($0.status?.rawValue ?? "other")" }
                let text = "\(range.label): \(Format.count(range.statuses.total)), " + parts.joined(separator: ", ")
                document.add(PrintableText(text + (isOwn ? ", this session among them" : "")))
            }
            return
        }
        document.add([Span(PrintableText("  " + Self.counts("DURATION", ["ALL", "OK", "PARTIAL", "ERROR"])), .label)])
        let label: PrintableText = own?.duration != nil && document.width >= 76 ? " ‹ this session" : ""
        let width = min(document.width - 52 - label.width, 60)
        for range in table.ranges {
            let statuses = range.statuses
            let isOwn = own?.duration.map { $0 >= range.low && $0 < range.high } ?? false
            let numbers = [statuses.total, statuses.ok, statuses.partial, statuses.error].map { $0 == 0 ? "·" : Format.count($0) }
            let parts = zip([statuses.ok, statuses.partial, statuses.error, statuses.other], Self.barStyles).map {
                (value: Double($0), glyph: $1.glyph, style: $1.style)
            }
            document.add(
                [Span(isOwn ? "▌ " : "  ", .accent), Span(PrintableText(Self.counts(range.label, numbers) + "  "), isOwn ? .plain.bold : .plain)]
                    + Bars.stacked(parts, of: Double(most), width: width) + (isOwn ? [Span(label, .accent)] : []))
        }
    }

    private static func counts(_ name: String, _ values: [String]) -> String {
        name.padded(to: 14) + values.map { $0.padded(to: 8, right: true) }.joined()
    }

    // MARK: Stages

    func addStages(_ sample: StageSample?, to document: inout Document) {
        document.heading("Stages")
        let durations = sample?.durations ?? []
        var note = "no sessions for a sample"
        if let sample {
            note = sample.isComplete ? "from \(durations.count) sessions" : "from \(durations.count) of \(sample.size) sessions so far"
            if sample.isComplete, durations.count < sample.size { note = "from \(durations.count) of \(sample.size) sessions" }
        }
        document.add([Span(PrintableText(note + ", spread over the list"), .faint)])
        if let failure = sample?.failure { document.paragraph("⚠ " + Wording.failure(failure), .warning) }
        StageTable.add(StageFigures.of(durations), own: own?.stages, to: &document)
    }
}
