import MaskerAPI
import TerminalKit

/// A screen whose lines are scrolled as one.
protocol ScrollingScreen: Screen {
    /// How far down it is.
    var scroll: ScrollPosition { get set }
    func lineCount(_ context: Context) -> Int
    /// How many lines are seen at once.
    func pageRows(_ context: Context) -> Int
}

extension ScrollingScreen {
    func pageRows(_ context: Context) -> Int { context.page.rows }

    @discardableResult
    mutating func scroll(by move: ScrollMove, _ context: Context) -> [Intent] {
        scroll.move(move, lines: lineCount(context), page: pageRows(context))
        return []
    }

    /// There may be fewer lines than before, or a larger window.
    mutating func fitScroll(_ context: Context) {
        if scroll.canClamp { scroll.clamp(lines: lineCount(context), page: pageRows(context)) }
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        fitScroll(context)
        return []
    }

    func position(_ context: Context) -> PrintableText {
        let lines = lineCount(context), page = pageRows(context)
        return PrintableText(scroll.clamped(lines: lines, page: page).label(lines: lines, page: page))
    }
}

/// A page that is one document: it says its lines, and everything else follows from them.
protocol DocumentScreen: ScrollingScreen {
    func write(to document: inout Document, _ context: Context)
}

extension DocumentScreen {
    /// Columns that stay free at either side.
    private static var margin: Int { 2 }

    private func document(_ context: Context) -> Document {
        var document = Document(width: context.page.columns - 2 * Self.margin)
        write(to: &document, context)
        return document
    }

    func lineCount(_ context: Context) -> Int { document(context).lines.count }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        document(context).draw(from: scroll.top, on: &canvas, in: area.inset(columns: Self.margin))
    }
}
