import MaskerAPI
import TerminalKit

/// Arranges the parts of the overview for the size of the window.
struct OverviewLayout {
    /// The pane that scrolls. It contains all lines that can be selected.
    private(set) var main: OverviewPane
    /// The pane beside it, which does not scroll; nil in smaller windows.
    private(set) var side: OverviewPane?

    private static let margin = 2
    /// The side pane has the width that its chart needs. It is shown only if the rest is wide enough for the agents.
    private static let sideWidth = 78, mainWidth = 66
    private static let sideRows = 40

    init(_ overview: Overview, _ context: Context) {
        let page = context.page
        let width = page.columns - 2 * Self.margin
        let sections = OverviewSections(overview, context)
        guard !context.settings.isPlain else {
            main = OverviewLines(OverviewSummary(overview, context)).pane(width: width)
            return
        }
        guard overview.isLoaded || overview.figures.statuses.total > 0 else {
            main = OverviewPane(width: width)
            sections.addHead(to: &main)
            return
        }
        if page.rows >= Self.sideRows, width >= Self.sideWidth + Self.mainWidth + 2 * Self.margin {
            var side = OverviewPane(width: Self.sideWidth)
            var main = OverviewPane(width: width - Self.sideWidth - 2 * Self.margin)
            sections.addHead(to: &side)
            sections.addStatusRows(to: &main)
            sections.addLatency(to: &main)
            sections.addAgents(to: &main, withHeading: true)
            sections.addQuietAgents(to: &main)
            var below = OverviewPane(width: Self.sideWidth)
            sections.addKinds(to: &below)
            sections.addStages(to: &below)
            let room = page.rows - side.document.lines.count - below.document.lines.count - 1
            side.document.heading("Sessions per \(overview.window.columnName)")
            sections.addChart(rows: min(max(room - 8, 6), 24), showsPartial: true, to: &side)
            side.document.blank()
            below.document.lines.forEach { side.document.add($0) }
            (self.main, self.side) = (main, side)
        } else {
            main = OverviewPane(width: width)
            sections.addHead(to: &main)
            if page.rows >= 15, width >= 70 {
                // The chart has as many lines as agents are visible: both grow with the window.
                sections.addChart(rows: min(max((page.rows - 9) / 2, 5), 16), showsPartial: page.rows >= 24, to: &main)
            } else {
                sections.addSparkline(to: &main)
            }
            sections.addStatusLine(to: &main)
            sections.addSlowestStage(to: &main)
            sections.addAgents(to: &main, withHeading: page.rows >= 24)
            sections.addQuietAgents(to: &main)
            sections.addKinds(to: &main)
            sections.addStages(to: &main)
        }
    }

    func draw(from top: Int, chosen: OverviewTarget?, on canvas: inout Canvas, in area: Rect) {
        var area = area.inset(columns: Self.margin)
        if let side {
            let columns = side.document.width
            side.draw(from: 0, chosen: nil, on: &canvas, in: Rect(row: area.row, column: area.column, columns: columns, rows: area.rows))
            let shift = columns + 2 * Self.margin
            area = Rect(row: area.row, column: area.column + shift, columns: area.columns - shift, rows: area.rows)
        }
        main.draw(from: top, chosen: chosen, on: &canvas, in: area)
    }
}
