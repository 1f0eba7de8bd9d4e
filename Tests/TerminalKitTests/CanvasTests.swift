import TestSupport
import Testing

@testable import TerminalKit

@Suite("The canvas", .ownThread)
struct CanvasTests {
    @Test("a text that is too long is cut with an ellipsis, and the cells beside it do not change")
    func clipping() {
        var canvas = Canvas(size: Size(columns: 12, rows: 1))
        canvas.write("|", row: 0, column: 6)
        canvas.write("abcdefghi", row: 0, column: 1, width: 5)
        #expect(canvas.text == " abcd…|")
    }

    @Test("overwriting half of a wide character blanks the other half")
    func wideHalves() {
        var canvas = Canvas(size: Size(columns: 4, rows: 1))
        canvas.write("日本", row: 0, column: 0)
        canvas.write("x", row: 0, column: 1)
        #expect(canvas.text == " x本")
        canvas.write("y", row: 0, column: 2)
        #expect(canvas.text == " xy")
    }

    @Test("writing outside of the canvas does nothing", arguments: [(-1, 0), (5, 0), (0, -1), (0, 99)])
    func outside(row: Int, column: Int) {
        var canvas = Canvas(size: Size(columns: 4, rows: 2))
        canvas.write("abc", row: row, column: column)
        #expect(canvas.text == "\n")
    }
}
