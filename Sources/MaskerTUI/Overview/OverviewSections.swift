import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Writes the parts of the overview to panes. It is a class, like `OverviewSummary` and `OverviewLines`: for a struct with this
/// many fields the compiler generates 40 KB of code for copies.
final class OverviewSections {
    let overview: Overview
    let context: Context
    private let figures: OverviewFigures

    init(_ overview: Overview, _ context: Context) {
        self.overview = overview
        self.context = context
        figures = overview.figures
    }

    // MARK: What it is made of

    func addHead(to pane: inout OverviewPane) {
        let words = OverviewSummary(overview, context)
        if overview.isLoaded {
            var line = [Span(PrintableText("Last \(overview.window.name)"), .title), Span(PrintableText(" · \(words.sample)"))]
            if overview.isReading { line.append(Span(" ↻", .faint)) }
            pane.document.add(line)
        } else {
            let counted = PrintableText(" · \(Format.count(figures.statuses.total)) sessions so far")
            let share = overview.progress(now: context.serverTime)
            let title = PrintableText("Reading the last \(overview.window.name)  ")
            let room = pane.document.width - title.width - counted.width - 7
            let percent = PrintableText("\(Int(share * 100)) %".padded(to: 7, right: true))
            pane.document.add([Span(title, .title)] + Bars.progress(share, width: min(max(room, 8), 40)) + [Span(percent), Span(counted, .faint)])
        }
        if let problem = words.problem { pane.document.paragraph(problem.text, problem.kind.style) }
    }

    // MARK: Sessions over time

    /// The statuses that need attention are at the bottom of a column.
    private static let parts = [
        ColumnChart.Part(glyph: "▓", style: .bad), ColumnChart.Part(glyph: "▒", style: .warning),
        ColumnChart.Part(glyph: "░", style: .faint), ColumnChart.Part(glyph: "█", style: .good),
    ]

    func addChart(rows: Int, showsPartial: Bool, to pane: inout OverviewPane) {
        let columns = figures.columns
        let chart = ColumnChart(
            parts: Self.parts, columns: columns.map { [$0.statuses.error, $0.statuses.partial, $0.statuses.other, $0.statuses.ok] },
            labels: labels, lastLabel: "now", width: pane.document.width)
        // A column that was not read is shown as unknown, not as zero.
        let knownFrom = overview.isKnownSince ?? .distantPast, length = Double(overview.window.columnSeconds)
        func numbers(_ count: (StatusCounts) -> Int) -> [Int?] { columns.map { $0.start + length <= knownFrom ? nil : count($0.statuses) } }
        var lines = chart.bars(rows: rows) + chart.numbers(numbers(\.total), "all", .plain)
        if showsPartial { lines += chart.numbers(numbers(\.partial), "○", .warning) }
        lines += chart.numbers(numbers(\.error), "✗", .bad)
        lines.forEach { pane.document.add($0) }
    }

    /// The start time of each quarter of the window.
    private var labels: [Int: String] {
        let columns = figures.columns, words = OverviewSummary(overview, context)
        let step = max(columns.count / 4, 1)
        return Dictionary(uniqueKeysWithValues: stride(from: 0, to: columns.count, by: step).map { index in
            (index, words.label(of: columns[index].start))
        })
    }

    func addSparkline(to pane: inout OverviewPane) {
        let totals = figures.columns.map { Double($0.statuses.total) }
        let line = Bars.sparkline(totals, width: pane.document.width - 30)
        let words = " most \(Format.count(Int(totals.max() ?? 0))), last \(Format.count(Int(totals.last ?? 0)))"
        pane.document.add([
            Span(PrintableText("per \(overview.window.columnName) "), .label), Span(PrintableText(line), .good), Span(PrintableText(words)),
        ])
    }

    // MARK: Statuses

    func addStatusLine(to pane: inout OverviewPane) {
        let isNarrow = pane.document.width < 70
        var line: [Span] = []
        var column = 0
        for (status, count) in figures.statuses.parts {
            let sign = CellText.status(status ?? "other")
            let share = OverviewSummary.percent(figures.statuses.share(count))
            let text = PrintableText(isNarrow ? " \(Format.short(count)) \(share)" : " \(Format.count(count)), \(share)")
            if let status { pane.place(.status(status), column: column) }
            line += [sign, Span(text), Span(isNarrow ? "  " : "    ")]
            column += sign.text.width + text.width + (isNarrow ? 2 : 4)
        }
        pane.document.add(line)
    }

    func addStatusRows(to pane: inout OverviewPane) {
        pane.document.heading("Statuses")
        for (status, count) in figures.statuses.parts {
            let sign = CellText.status(status ?? "other")
            let share = figures.statuses.share(count)
            let numbers = Format.count(count).padded(to: 9, right: true) + OverviewSummary.percent(share).padded(to: 9, right: true) + "  "
            if let status { pane.place(.status(status)) }
            let gap = PrintableText(String(repeating: " ", count: max(11 - sign.text.width, 1)))
            pane.document.add([sign, Span(gap), Span(PrintableText(numbers)), Bars.bar(share: share, width: min(pane.document.width - 32, 40), style: sign.style)])
        }
    }

    // MARK: Latencies and stages

    func addLatency(to pane: inout OverviewPane) {
        pane.document.heading("Latency")
        pane.document.add(PrintableText(OverviewSummary(overview, context).latency))
    }

    func addSlowestStage(to pane: inout OverviewPane) {
        let words = OverviewSummary(overview, context)
        pane.document.add([Span("latency ", .label), Span(PrintableText(words.latency))])
        pane.document.add([Span(pane.document.width < 70 ? "slowest " : "slowest stage ", .label), Span(words.slowestStage.text, words.slowestStage.kind == .failed ? .bad : .plain)])
    }

    func addStages(to pane: inout OverviewPane) {
        let stages = StageFigures.of(overview.stages.durations)
        pane.document.heading("Stages")
        let words = OverviewSummary(overview, context).slowestStage
        pane.document.add([Span("slowest: ", .label), Span(words.text, words.kind == .failed ? .bad : .plain)])
        StageTable.add(stages, to: &pane.document)
    }

    // MARK: Redactions

    private static let mostKinds = 10, mostQuiet = 40

    func addKinds(to pane: inout OverviewPane) {
        pane.document.heading("Redactions by kind, \(Format.count(figures.redactions))")
        guard !figures.kinds.isEmpty else {
            pane.document.add("none", .faint)
            return
        }
        KindTable.add(
            Array(figures.kinds.prefix(Self.mostKinds)), KindTable.Widths(count: 8, margin: 2, longestBar: 48), to: &pane.document)
        let rest = figures.kinds.dropFirst(Self.mostKinds)
        if !rest.isEmpty {
            let count = Format.count(rest.reduce(0) { $0 + $1.count })
            pane.document.add(PrintableText("and \(rest.count) more kinds, \(count) together"), .faint)
        }
    }

    // MARK: Agents

    func addAgents(to pane: inout OverviewPane, withHeading: Bool) {
        if withHeading { pane.document.heading("Agents by sessions, latency in the last \(overview.window.name)") }
        OverviewAgents(overview.window).add(figures.agents, to: &pane)
    }

    func addQuietAgents(to pane: inout OverviewPane) {
        let quiet = OverviewSummary(overview, context).quietAgents
        pane.document.heading(quiet.title)
        let rest = quiet.agents.count - Self.mostQuiet
        let names = quiet.agents.prefix(Self.mostQuiet).map { $0.name ?? $0.id.rawValue } + (rest > 0 ? ["and \(rest) more"] : [])
        pane.document.paragraph(PrintableText(names.isEmpty ? "none" : names.joined(separator: ", ")), names.isEmpty ? .faint : .plain)
    }
}
