import MaskerAPI
import TerminalKit

/// What every list draws around its rows: the line above them, and a message when the list is empty, loading or out of date.
enum ListPane {
    static func draw<Rows, Filter>(
        _ listing: PagedList<Rows, Filter>, isEmpty: Bool, emptyText: PrintableText, _ settings: ConsoleSettings, on canvas: inout Canvas, in area: Rect,
        rows: (inout Canvas, Rect) -> Void
    ) {
        guard let failure = listing.failure else {
            if !listing.hasLoaded {
                canvas.write("Loading…", row: area.row + 1, column: area.column + 2, style: .faint)
            } else if isEmpty {
                canvas.write(emptyText, row: area.row + 1, column: area.column + 2, style: .faint)
            } else {
                rows(&canvas, area)
            }
            return
        }
        let lines = sentence(failure, stale: listing.hasLoaded, settings).wrapped(to: area.columns - 4)
        if listing.items.isEmpty {
            for (offset, line) in lines.enumerated() {
                canvas.write(line, row: area.row + 1 + offset, column: area.column + 2, style: .bad)
            }
        } else {
            // After a failed refresh the old rows stay on the screen, and the lines below them say why.
            let height = min(lines.count, 2)
            rows(&canvas, Rect(row: area.row, column: area.column, columns: area.columns, rows: area.rows - height))
            for (offset, line) in lines.prefix(height).enumerated() {
                let row = area.row + area.rows - height + offset
                canvas.write(line, row: row, column: area.column + 2, width: area.columns - 4, style: .warning)
            }
        }
    }

    /// Draws the line above the rows: a summary of the list, then the search field.
    static func drawHead(
        _ spans: [Span], _ find: FindField, found: Int, of total: String, on canvas: inout Canvas, in area: Rect
    ) {
        // While typing, the search field takes precedence over the summary.
        let room = find.isActive ? max(area.columns / 2 - 4, 12) : area.columns - 4
        let used = canvas.write(spans, row: area.row, column: area.column + 2, width: room)
        guard find.isActive else { return }
        let column = area.column + 2 + (used == 0 ? 0 : used + 3)
        find.draw(found: found, of: total, on: &canvas, row: area.row, column: column, width: area.columns - column - 2)
    }

    private static func sentence(_ failure: APIError, stale: Bool, _ settings: ConsoleSettings) -> PrintableText {
        if failure.kind == .forbidden { return "⊘ " + Wording.forbidden(failure, needs: nil) }
        return "⚠ " + (stale ? "not up to date: " : "") + Wording.failure(failure) + settings.triesAgain
    }
}
