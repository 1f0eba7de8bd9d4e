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
        let usual = document(context, width: DocumentDialogBox.width(context.page.columns))
        let room = context.page.columns - 8
        guard usual.widestValue > usual.width, room > usual.width else { return usual }
        return document(context, width: min(usual.widestValue, room))
    }

    private func document(_ context: Context, width: Int) -> Document {
        var document = Document(width: width)
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
