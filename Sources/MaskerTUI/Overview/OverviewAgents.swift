import MaskerAPI
import TerminalKit

/// Writes the agents of a window to a pane, as a table.
struct OverviewAgents {
    private let columns: [Column<AgentFigures>]
    private static let trend = "P95,"

    /// In a narrow window, columns are left out in this order: share of partial sessions, median, longest, trend, share of errors.
    init(_ window: OverviewWindow) {
        columns = [
            Column(title: "AGENT", width: 24, minimum: 19, givesWay: nil, maximum: 36) { Span(PrintableText.name($0.label)) },
            Column(title: "COUNT", width: 7, minimum: 6, givesWay: nil, alignment: .right) {
                Span(PrintableText(Format.count($0.statuses.total)))
            },
            Column(title: "ERROR", width: 6, minimum: 6, givesWay: 1, alignment: .right) { Self.share($0.statuses.error, of: $0, .bad, from: 0.05) },
            Column(title: "PARTIAL", width: 7, minimum: 7, givesWay: 5, alignment: .right) {
                Self.share($0.statuses.partial, of: $0, .warning, from: 0.2)
            },
            Column(title: "P50", width: 7, minimum: 7, givesWay: 4, alignment: .right) { Self.time($0.latencies.quantile(0.5)) },
            Column(title: "P95", width: 7, minimum: 7, givesWay: nil, alignment: .right) { Self.time($0.latencies.quantile(0.95)) },
            Column(title: "MAX", width: 7, minimum: 7, givesWay: 3, alignment: .right) { Self.time($0.latencies.quantile(1)) },
            Column(title: "\(Self.trend) \(window.name.uppercased())", width: window.columns, minimum: 12, givesWay: 2) { figures in
                Span(PrintableText(Bars.sparkline(figures.trend, width: figures.trend.count)), .accent)
            },
        ]
    }

    func add(_ agents: [AgentFigures], to pane: inout OverviewPane) {
        // The pane already has the margin of the table.
        let margin = 2
        let placed = Table(columns: columns).layout(columns: pane.document.width)
        pane.document.add(line(placed.map { column, place in
            (Span(PrintableText(column.title), .label), place.start - margin, place.width, column.alignment)
        }))
        for agent in agents {
            if let id = agent.id { pane.place(.agent(id)) }
            pane.document.add(line(placed.map { column, place in
                var span = column.cell(agent)
                // The trend has as many values as the table leaves columns for it.
                if column.title.hasPrefix(Self.trend) { span.text = PrintableText(Bars.sparkline(agent.trend, width: place.width)) }
                return (span, place.start - margin, place.width, column.alignment)
            }))
        }
        if agents.isEmpty { pane.document.add("No sessions.", .faint) }
    }

    private func line(_ cells: [(span: Span, start: Int, width: Int, alignment: Canvas.Alignment)]) -> [Span] {
        var spans: [Span] = []
        var column = 0
        for cell in cells {
            let text = cell.span.text.truncated(to: cell.width)
            let start = cell.alignment == .right ? cell.start + cell.width - text.width : cell.start
            spans.append(Span(PrintableText(String(repeating: " ", count: max(start - column, 0)))))
            spans.append(Span(text, cell.span.style))
            column = start + text.width
        }
        return spans
    }

    /// A share, coloured when it reaches the value `notable`.
    private static func share(_ count: Int, of agent: AgentFigures, _ style: Style, from notable: Double) -> Span {
        let share = agent.statuses.share(count)
        return Span(PrintableText(OverviewSummary.percent(share)), count == 0 ? .faint : share < notable ? .plain : style)
    }

    private static func time(_ milliseconds: Double?) -> Span { CellText.optional(milliseconds.map(Format.milliseconds)) }
}
