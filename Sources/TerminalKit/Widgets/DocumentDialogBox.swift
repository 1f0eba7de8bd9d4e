/// A document in a dialog's box. The box is as high as the document; in a lower window the document scrolls.
public struct DocumentDialogBox: Sendable {
    private var scroll = ScrollPosition()

    public init() {}

    /// The width of a document in such a box, in an area of `area` columns.
    public static func width(_ area: Int) -> Int { min(area - 2, 96) - 6 }

    /// Scrolls the document; `page` is the number of visible lines.
    public mutating func move(_ move: ScrollMove, _ document: Document, page: Int) {
        scroll.move(move, lines: document.lines.count, page: page)
    }

    /// The position for the box's title or hint; empty when the whole document is visible.
    public func position(_ document: Document, page: Int) -> PrintableText {
        let lines = document.lines.count
        return lines <= page ? "" : PrintableText(scroll.clamped(lines: lines, page: page).label(lines: lines, page: page))
    }

    /// Draws the box and returns the area of the document's lines.
    @discardableResult
    public func draw(_ title: PrintableText, _ document: Document, on canvas: inout Canvas, in area: Rect) -> Rect {
        let lines = document.lines.count
        let inside = Box.draw(title, on: &canvas, in: area.centered(columns: document.width + 6, rows: min(lines + 2, area.rows)))
        document.draw(from: scroll.clamped(lines: lines, page: inside.rows).top, on: &canvas, in: inside)
        return inside
    }
}
