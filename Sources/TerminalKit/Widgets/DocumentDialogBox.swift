/// A document in a dialog's box: as high as it needs, and scrolled where the window is lower.
public struct DocumentDialogBox: Sendable {
    private var scroll = ScrollPosition()

    public init() {}

    /// Columns that a document in such a box has, in an area of so many.
    public static func width(_ area: Int) -> Int { min(area - 2, 96) - 6 }

    public mutating func move(_ move: ScrollMove, _ document: Document, page: Int) {
        scroll.move(move, lines: document.lines.count, page: page)
    }

    public func position(_ document: Document, page: Int) -> PrintableText {
        let lines = document.lines.count
        return lines <= page ? "" : PrintableText(scroll.clamped(lines: lines, page: page).label(lines: lines, page: page))
    }

    /// Returns where the document's lines are.
    @discardableResult
    public func draw(_ title: PrintableText, _ document: Document, on canvas: inout Canvas, in area: Rect) -> Rect {
        let lines = document.lines.count
        let inside = Box.draw(title, on: &canvas, in: area.centered(columns: document.width + 6, rows: min(lines + 2, area.rows)))
        document.draw(from: scroll.clamped(lines: lines, page: inside.rows).top, on: &canvas, in: inside)
        return inside
    }
}
