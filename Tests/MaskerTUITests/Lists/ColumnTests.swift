import TerminalKit
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Columns of the lists", .ownThread)
struct ColumnTests {
    @Test("columns give way in the stated order as the window narrows")
    func columnsGiveWay() {
        func titles(_ width: Int) -> [String] {
            Table(columns: ListLayout().shown(AgentsScreen.columns(Sample.clock))).layout(in: width).map(\.0.title)
        }
        #expect(titles(200) == ["NAME", "UPSTREAM", "TOKENIZATION", "POLICY", "24H", "CREATED"])
        #expect(titles(100) == ["NAME", "UPSTREAM", "TOKENIZATION", "24H", "CREATED"])
        #expect(titles(80) == ["NAME", "UPSTREAM", "24H", "CREATED"])
        #expect(titles(60) == ["NAME", "UPSTREAM", "24H"])
        #expect(titles(30) == ["NAME"])
    }

    @Test("columns never overlap and never leave the window", arguments: [20, 40, 60, 80, 97, 120, 200, 300])
    func columnsFit(width: Int) {
        let places = Table(columns: ListLayout().shown(SessionsScreen.columns(Sample.clock))).layout(in: width).map(\.1)
        for (left, right) in zip(places, places.dropFirst()) { #expect(left.start + left.width <= right.start - 1) }
        #expect(places.last.map { $0.start + $0.width <= max(width, 60) } == true)
    }
}
