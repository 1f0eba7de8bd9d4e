import MaskerAPI
import TerminalKit

/// A dialog that shows one document in a box. It writes the document's lines; scrolling is done here.
protocol DocumentDialog: Screen {
    var box: DocumentDialogBox { get set }
    func write(to document: inout Document, _ context: Context)
}

extension DocumentDialog {
    var presentation: Presentation { .dialog }

    private func document(_ context: Context) -> Document {
        var document = Document(width: DocumentDialogBox.width(context.page.columns))
        write(to: &document, context)
        return document
    }

    @discardableResult
    mutating func scroll(by move: ScrollMove, _ context: Context) -> [Intent] {
        box.move(move, document(context), page: context.dialogRows)
        return []
    }

    func position(_ context: Context) -> PrintableText { box.position(document(context), page: context.dialogRows) }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) { drawBox(on: &canvas, in: area, context) }

    /// Draws the document. Returns the area of its lines.
    @discardableResult
    func drawBox(on canvas: inout Canvas, in area: Rect, _ context: Context) -> Rect {
        box.draw(PrintableText(title), document(context), on: &canvas, in: area)
    }
}
