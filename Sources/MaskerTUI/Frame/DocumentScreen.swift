import MaskerAPI
import TerminalKit

/// A screen that scrolls all its lines together.
protocol ScrollingScreen: Screen {
    /// The scroll position.
    var scroll: ScrollPosition { get set }
    func lineCount(_ context: Context) -> Int
    /// The number of lines that are visible at once.
    func pageRows(_ context: Context) -> Int
}

extension ScrollingScreen {
    func pageRows(_ context: Context) -> Int { context.page.rows }

    @discardableResult
    mutating func scroll(by move: ScrollMove, _ context: Context) -> [Intent] {
        scroll.move(move, lines: lineCount(context), page: pageRows(context))
        return []
    }

    /// Moves the scroll position into range, after the document became shorter or the window larger.
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

/// A page that shows one document. It writes the document's lines; everything else is done here.
protocol DocumentScreen: ScrollingScreen {
    func write(to document: inout Document, _ context: Context)
}

extension DocumentScreen {
    /// The free columns on each side.
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
