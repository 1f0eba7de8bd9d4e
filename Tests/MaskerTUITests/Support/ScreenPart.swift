@testable import MaskerTUI
import TerminalKit

/// A part of the screen that a test can be about.
enum ScreenPart {
    /// What is between the tabs, or the header's rule, and the hint line. The rule above the hints belongs to it: notices
    /// and the line of reports that are being saved stand there.
    case body
    /// The box of the dialog in front, its border included.
    case dialog
    /// What is above the body.
    case header
    /// The last line: keys, and the position.
    case hints
    case screen
}

extension TestConsole {
    /// Where a part is; nil for a dialog when none is in front.
    func area(of part: ScreenPart) -> Rect? {
        let columns = state.size.columns, rows = state.size.rows
        let top = state.cover == nil ? state.pageArea.row : 2
        return switch part {
        case .body: Rect(row: top, column: 0, columns: columns, rows: rows - 1 - top)
        case .dialog: !state.dialogs.isEmpty ? Self.frontBox(on: view(state)) : nil
        case .header: Rect(row: 0, column: 0, columns: columns, rows: top)
        case .hints: Rect(row: rows - 1, column: 0, columns: columns, rows: 1)
        case .screen: Rect(row: 0, column: 0, columns: columns, rows: rows)
        }
    }

    /// What stands in a part, without spaces at the ends of lines.
    func text(of part: ScreenPart) -> String? { area(of: part).map(view(state).text) }

    /// The smallest box whose border is whole: of two dialogs the one in front covers some of the other's border, or lies
    /// within it.
    private static func frontBox(on canvas: Canvas) -> Rect? {
        var boxes: [Rect] = []
        for row in 0..<canvas.size.rows {
            for column in 0..<canvas.size.columns where canvas[row, column].base == "╭" {
                if let box = box(on: canvas, row: row, column: column) { boxes.append(box) }
            }
        }
        return boxes.min { $0.columns * $0.rows < $1.columns * $1.rows }
    }

    /// The box whose upper left corner that is. One that is as high as the window has the rule of the hint line for its end.
    private static func box(on canvas: Canvas, row: Int, column: Int) -> Rect? {
        guard let right = (column..<canvas.size.columns).first(where: { canvas[row, $0].base == "╮" }) else { return nil }
        var end = row + 1
        while end < canvas.size.rows - 2, canvas[end, column].base == "│", canvas[end, right].base == "│" { end += 1 }
        let isClosed = canvas[end, column].base == "╰" && canvas[end, right].base == "╯"
        guard isClosed || end == canvas.size.rows - 2 else { return nil }
        return Rect(row: row, column: column, columns: right - column + 1, rows: end - row + (isClosed ? 1 : 0))
    }
}

extension Canvas {
    /// As `text`, of a part.
    func text(in area: Rect) -> String {
        (area.row..<area.row + area.rows).map { row in
            let cells = self.row(row).dropFirst(area.column).prefix(area.columns)
            var line = String.UnicodeScalarView()
            for cell in cells where !cell.isRightHalf {
                line.append(cell.base)
                for mark in [cell.mark1, cell.mark2] where mark != 0 {
                    if let scalar = Unicode.Scalar(mark) { line.append(scalar) }
                }
            }
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }
}
