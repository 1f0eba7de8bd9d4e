import TestSupport
import Testing

@Suite("Checks on output to a terminal", .ownThread)
struct TerminalOutputTests {
    @Test("modes that were set and not reset are found; modes that were reset are not", arguments: [
        ("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?1h\u{1B}=text\u{1B}[?1l\u{1B}>\u{1B}[?25h\u{1B}[?1049l", []), ("\u{1B}[?1049h", ["?1049"]),
        ("\u{1B}[?25l", ["?25"]), ("\u{1B}[34l\u{1B}[34h", []), ("\u{1B}[?1000h\u{1B}[?1006h\u{1B}[?1006l", ["?1000"]), ("\u{1B}=", ["="]),
        ("\u{1B}(0q\u{1B}(B", []), ("\u{1B}(0q", ["(0"]), ("\u{0E}q", ["SO"]), ("\u{1B}[1;31mred\u{1B}[m", []), ("\u{1B}[1mbold", ["m"]),
        ("\u{1B}[22;0;0t", ["title"]), ("\u{1B}[22;0;0t\u{1B}[23;0;0t", []), ("\u{1B}[?7l", ["?7"]), ("\u{1B}[4h", ["4"]),
    ] as [(String, Set<String>)])
    func modes(output: String, left: Set<String>) {
        #expect(TerminalOutput.modesLeft(in: Array(output.utf8)) == left)
    }

    @Test("screens that look alike are equal, however they were drawn", arguments: [
        ("\u{1B}[1ma b\u{1B}[0m  ", "\u{1B}[1ma\u{1B}[0m \u{1B}[1mb", true), ("\u{1B}[31ma", "\u{1B}[32ma", false), ("\u{1B}[7m \u{1B}[0m", " ", false),
        ("\u{1B}[31m\u{1B}[32ma", "\u{1B}[32ma", true), ("a", "\u{1B}[2ma", false), ("a\nb", "a\nb  ", true),
    ])
    func styled(one: String, other: String, areEqual: Bool) {
        #expect((StyledScreen(one) == StyledScreen(other)) == areEqual)
    }
}
