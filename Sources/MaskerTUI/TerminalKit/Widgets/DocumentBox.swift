/// A document in a dialog's box: as high as it needs, and scrolled where the window is lower.
struct DocumentBox: Sendable {
    private var scroll = ScrollPosition()

    /// Columns that a document in such a box has, in an area of so many.
    static func width(_ area: Int) -> Int { min(area - 2, 96) - 6 }

    mutating func move(_ move: ScrollMove, _ document: Document, page: Int) {
        scroll.move(move, lines: document.lines.count, page: page)
    }

    /// Where it is scrolled to: the window may have grown since a key was pressed.
    private func fitting(_ document: Document, page: Int) -> ScrollPosition {
        var scroll = scroll
        scroll.clamp(lines: document.lines.count, page: page)
        return scroll
    }

    func position(_ document: Document, page: Int) -> PrintableText {
        let lines = document.lines.count
        return lines <= page ? "" : PrintableText(fitting(document, page: page).label(lines: lines, page: page))
    }

    func draw(_ title: PrintableText, _ document: Document, on canvas: inout Canvas, in area: Rect) {
        let box = area.centered(columns: document.width + 6, rows: min(document.lines.count + 2, area.rows))
        let inside = Box.draw(title, on: &canvas, in: box)
        document.draw(from: fitting(document, page: inside.rows).top, on: &canvas, in: inside)
    }
}
