import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Canvas and tables", .ownThread)
struct CanvasTests {
    @Test("text is cut at its field's edge with an ellipsis and touches nothing beside it")
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

    @Test("writing outside of the canvas is no fault", arguments: [(-1, 0), (5, 0), (0, -1), (0, 99)])
    func outside(row: Int, column: Int) {
        var canvas = Canvas(size: Size(columns: 4, rows: 2))
        canvas.write("abc", row: row, column: column)
        #expect(canvas.text == "\n")
    }

    @Test("columns give way in the stated order as the window narrows")
    func columnsGiveWay() {
        func titles(_ width: Int) -> [String] {
            Table(columns: ListLook().shown(AgentsScreen.columns(Sample.clock))).layout(in: width).map(\.0.title)
        }
        #expect(titles(200) == ["NAME", "UPSTREAM", "TOKENIZATION", "POLICY", "24H", "CREATED"])
        #expect(titles(100) == ["NAME", "UPSTREAM", "TOKENIZATION", "24H", "CREATED"])
        #expect(titles(80) == ["NAME", "UPSTREAM", "24H", "CREATED"])
        #expect(titles(60) == ["NAME", "UPSTREAM", "24H"])
        #expect(titles(30) == ["NAME"])
    }

    @Test("columns never overlap and never leave the window", arguments: [20, 40, 60, 80, 97, 120, 200, 300])
    func columnsFit(width: Int) {
        let places = Table(columns: ListLook().shown(SessionsScreen.columns(Sample.clock))).layout(in: width).map(\.1)
        for (left, right) in zip(places, places.dropFirst()) { #expect(left.start + left.width <= right.start - 1) }
        #expect(places.last.map { $0.start + $0.width <= max(width, 60) } == true)
    }
}
