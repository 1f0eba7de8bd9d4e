import FoundationEssentials
import MaskerAPI
import TerminalKit

/// The overview as lines of words, one fact a line, for screen readers and for the command `masker-tui overview`.
package final class OverviewLines {
    package struct Line {
        package var text: String
        /// The sessions that Enter shows.
        var target: OverviewTarget?
        package var isHeading = false
    }

    let words: OverviewSummary
    private let figures: OverviewFigures

    package init(_ words: OverviewSummary) {
        self.words = words
        figures = words.overview.figures
    }

    package var lines: [Line] { head + statuses + latency + agents + columns + kinds + quiet }

    private var head: [Line] {
        let overview = words.overview
        let name = overview.window.name
        if overview.isLoaded { return [Line(text: "Last \(name), \(words.sample)", isHeading: true)] }
        let share = Int(overview.progress(now: words.now) * 100)
        return [Line(text: "Reading the last \(name): \(share) %, \(Format.count(figures.statuses.total)) sessions so far", isHeading: true)]
    }

    private var statuses: [Line] {
        figures.statuses.parts.map { status, count in
            let share = OverviewSummary.percent(figures.statuses.share(count))
            return Line(text: "\(status?.rawValue ?? "other"): \(Format.count(count)), \(share)", target: status.map { .status($0) })
        }
    }

    private var latency: [Line] {
        let stages = StageFigures.of(words.overview.stages.durations).map { stage in
            let median = Format.milliseconds(stage.median), longest = Format.milliseconds(stage.longest)
            return Line(text: "stage \(stage.name): \(OverviewSummary.percent(stage.share)) of the time, median \(median), longest \(longest)")
        }
        return [
            Line(text: "latency: " + Self.times(figures.latencies)), Line(text: "slowest stage: \(words.slowestStage.text.string)"),
        ] + stages
    }

    private static func times(_ latencies: LatencyHistogram) -> String {
        guard let median = latencies.quantile(0.5), let p95 = latencies.quantile(0.95) else { return "not known" }
        return "p50 \(Format.milliseconds(median)), p95 \(Format.milliseconds(p95)), max \(Format.milliseconds(latencies.longest))"
    }

    private var agents: [Line] {
        [Line(text: "Agents, the busiest first: \(figures.agents.count)", isHeading: true)] + figures.agents.map { agent in
            func share(_ count: Int) -> String { OverviewSummary.percent(agent.statuses.share(count)) }
            let latest = agent.trend.last.flatMap { $0 }.map { ", p95 in the last \(figures.window.columnName) \(Format.milliseconds($0))" }
            let counts = "\(Format.count(agent.statuses.total)) sessions, error \(share(agent.statuses.error)), partial \(share(agent.statuses.partial))"
            return Line(
                text: "\(agent.label): \(counts), \(Self.times(agent.latencies))\(latest ?? "")", target: agent.id.map { .agent($0) })
        }
    }

    /// The newest column first, so that a screen reader reads the current figures first.
    private var columns: [Line] {
        let known = words.overview.isKnownSince ?? .distantPast, length = Double(figures.window.columnSeconds)
        return [Line(text: "Sessions per \(figures.window.columnName), the newest first", isHeading: true)]
            + figures.columns.reversed().map { column in
                let counts = column.start + length <= known ? "not read" : Self.counts(column.statuses)
                return Line(text: "from \(words.label(of: column.start)): \(counts)")
            }
    }

    private static func counts(_ statuses: StatusCounts) -> String {
        let parts = statuses.parts.filter { $0.count > 0 && $0.status != .ok }.map { ", \(Format.count($0.count)) \($0.status?.rawValue ?? "other")" }
        return "\(Format.count(statuses.total)) sessions" + parts.joined()
    }

    private var kinds: [Line] {
        [Line(text: "Redactions by kind, \(Format.count(figures.redactions)) in all", isHeading: true)]
            + figures.kinds.map { Line(text: "\($0.name): \(Format.count($0.count))") }
    }

    private var quiet: [Line] {
        let quiet = words.quietAgents
        return [Line(text: quiet.title, isHeading: true)] + quiet.agents.map { Line(text: $0.name ?? $0.id.rawValue, target: .agent($0.id)) }
    }
}

extension OverviewLines {
    /// The lines as a pane with the places that can be selected.
    func pane(width: Int) -> OverviewPane {
        var pane = OverviewPane(width: width)
        for (index, line) in lines.enumerated() {
            if line.isHeading, index > 0 { pane.document.blank() }
            if let target = line.target { pane.place(target) }
            pane.document.paragraph(PrintableText(line.text), line.isHeading ? .title : .plain)
            if index == 0, let problem = words.problem { pane.document.paragraph(problem.text, problem.kind.style) }
        }
        return pane
    }
}
