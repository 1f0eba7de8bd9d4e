import Testing

@testable import MaskerTUI
import TerminalKit

/// What the screen is to show; where it does not, the failure shows the screen.
extension TestConsole {
    func expect(_ text: String, _ comment: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
        if !screen.contains(text) { fail("“\(text)” is not on the screen", comment, sourceLocation) }
    }

    func expectNot(_ text: String, _ comment: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
        if screen.contains(text) { fail("“\(text)” is on the screen", comment, sourceLocation) }
    }

    /// Compares a part of the screen with a stored text: the part that the test is about, so that a new key breaks no
    /// picture of a list.
    func expectSnapshot(_ name: String, of part: ScreenPart = .body, sourceLocation: SourceLocation = #_sourceLocation) {
        guard let text = text(of: part) else { return fail("there is no dialog for \(name)", nil, sourceLocation) }
        Snapshot.expect(name, text, sourceLocation: sourceLocation)
    }

    /// The right end of the hint line: how much there is, or where it is scrolled to.
    func expectPosition(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        if lines.last?.hasSuffix("  " + text) != true { fail("the position is not “\(text)”", nil, sourceLocation) }
    }

    private func fail(_ sentence: String, _ comment: String?, _ sourceLocation: SourceLocation) {
        Issue.record("\(sentence)\(comment.map { ": " + $0 } ?? "")\n\(screen)", sourceLocation: sourceLocation)
    }

    /// What stands behind the mark of the selected row: in the dialog in front, or else on the page. Nil where no row is
    /// marked.
    var selected: String? {
        let canvas = view(state)
        let area = area(of: .dialog)?.inset(columns: 1) ?? canvas.bounds
        for row in area.row..<area.row + area.rows {
            for column in area.column..<area.column + area.columns {
                let cell = canvas[row, column]
                guard cell.base == (canvas.isPlain ? ">" : "▌"), cell.style.role == .accent else { continue }
                let rest = Rect(row: row, column: column + 1, columns: area.column + area.columns - column - 1, rows: 1)
                return String(canvas.text(in: rest).drop { $0 == " " })
            }
        }
        return nil
    }
}
