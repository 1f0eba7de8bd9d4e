import TestSupport
import Testing

@Suite("The difference of two texts", .ownThread)
struct LineDifferenceTests {
    private func text(_ lines: ClosedRange<Int>) -> String { lines.map { "line \($0)" }.joined(separator: "\n") + "\n" }

    @Test("the same text has none")
    func same() {
        #expect("\(LineDifference(stored: text(1...9), now: text(1...9)))" == "")
        #expect("\(LineDifference(stored: "", now: ""))" == "")
    }

    @Test("a line that changed, with its number and two lines around it")
    func changed() {
        let now = text(1...9).replacing("line 5", with: "other")
        #expect("\(LineDifference(stored: text(1...9), now: now))" == """
            …
                 3 line 3
                 4 line 4
            -    5 line 5
            +    5 other
                 6 line 6
                 7 line 7
            """)
    }

    @Test("lines that came and went: each has the number that it has in its own text")
    func moved() {
        let now = "first\n" + text(1...12).replacing("line 11\n", with: "")
        #expect("\(LineDifference(stored: text(1...12), now: now, context: 1))" == """
            +    1 first
                 2 line 1
            …
                11 line 10
            -   11 line 11
                12 line 12
            """)
    }

    @Test("changes that stand close together show what is between them once")
    func close() {
        let now = text(1...9).replacing("line 3", with: "x").replacing("line 5", with: "y")
        #expect("\(LineDifference(stored: text(1...9), now: now, context: 2))" == """
                 1 line 1
                 2 line 2
            -    3 line 3
            +    3 x
                 4 line 4
            -    5 line 5
            +    5 y
                 6 line 6
                 7 line 7
            """)
    }

    @Test("a line break that is missing at the end is a line")
    func lastLineBreak() {
        #expect("\(LineDifference(stored: "a\n", now: "a"))" == "     1 a\n-    2 ")
        #expect("\(LineDifference(stored: "", now: "a", context: 0))" == "-    1 \n+    1 a")
    }

    @Test("a text that is new throughout shows the first lines and how many more there are")
    func bound() {
        let lines = "\(LineDifference(stored: text(1...900), now: text(2_001...3_000)))".split(separator: "\n")
        #expect(lines.count == 41)
        #expect(lines.first == "-    1 line 1" && lines.last == "… and 1860 more lines that differ")
    }

    @Test("as many as the bound say nothing of more")
    func justAsMany() {
        let lines = "\(LineDifference(stored: "a\nb\nc", now: "x\nb\nc", most: 2))".split(separator: "\n")
        #expect(lines == ["-    1 a", "+    1 x", "     2 b", "     3 c"])
    }
}
