import TerminalKit
import Testing

@testable import masker_tui

@Suite("Printed tables", .ownThread)
struct PrintedTableTests {
    private static let columns = [
        PrintedTable.Column(name: "id", rank: 0), PrintedTable.Column(name: "name", rank: 1, shortest: 12),
        PrintedTable.Column(name: "count", rank: 3), PrintedTable.Column(name: "note", rank: 2, shortest: 6),
    ]
    private static let rows = [
        ["agt_0000000001", "appointment-bot-prod", "12", "first"], ["agt_0000000002", "受付の受付の受付", "7", "a longer note than others"],
        ["agt_0000000003", "e\u{301}clair", "1234567", ""],
    ]

    private func table(_ width: Int, _ rows: [[String]] = rows, then more: [[String]] = []) -> (lines: [String], missing: String?) {
        var table = PrintedTable(Self.columns, width: width)
        var lines = table.lines(rows.map { $0.map { PrintableText($0) } })
        if !more.isEmpty { lines += table.lines(more.map { $0.map { PrintableText($0) } }) }
        return (lines, table.missing)
    }

    @Test("no line is wider than the terminal, in cells; all rows are there", arguments: [1, 2, 5, 10, 13, 14, 15, 20, 21, 24, 25, 30, 40, 57, 60, 80, 200])
    func width(columns: Int) {
        let later = [["agt_0000000004-longer", "受付の受付の受付の受付の受付", "99999999999", "x"]]
        let lines = table(columns, then: later).lines
        #expect(lines.count == 5)
        for line in lines { #expect(PrintableText(line).width <= columns, "\(line)") }
    }

    @Test("what does not fit is left out in the order of the ranks, long texts are cut, and both are named")
    func missing() {
        let whole = table(80)
        #expect(whole.missing == nil && whole.lines[0] == "ID              NAME                  COUNT    NOTE")
        #expect(whole.lines[2] == "agt_0000000002  受付の受付の受付      7        a longer note than others")
        // The texts are cut before a column is left out, down to their least widths.
        let cut = table(50)
        #expect(cut.lines[0] == "ID              NAME               COUNT    NOTE")
        #expect(cut.lines[1] == "agt_0000000001  appointment-bot-…  12       first" && cut.lines[2] == "agt_0000000002  受付の受付の受付   7        a lon…")
        #expect(cut.missing == "for 50 columns, cut: name, note (a wider terminal, a pipe or --json has all)")
        // The count has the highest rank.
        let three = table(40)
        #expect(three.lines[1] == "agt_0000000001  appointment-bot…  first" && three.missing?.hasPrefix("for 40 columns, left out: count; cut: name, note ") == true)
        let narrow = table(25)
        #expect(narrow.lines[1] == "agt_0000000001  appointm…" && narrow.lines[2] == "agt_0000000002  受付の受…")
        #expect(narrow.missing == "for 25 columns, left out: count, note; cut: name (a wider terminal, a pipe or --json has all)")
        let one = table(10)
        #expect(one.lines[1] == "agt_00000…" && one.missing?.hasPrefix("for 10 columns, left out: name, count, note; cut: id ") == true)
    }

    @Test("a later value that is wider than its column takes free room, and is cut when there is none")
    func later() {
        let more = [["agt_0000000004", String(repeating: "n", count: 30), "5", "y"]]
        let free = table(200, then: more)
        #expect(free.missing == nil && free.lines[4].hasPrefix("agt_0000000004  " + String(repeating: "n", count: 30) + "  5 "))
        #expect(table(36, then: more).missing?.contains("cut: name") == true)
    }

    @Test("an empty list has its titles only")
    func empty() {
        #expect(table(80, []).lines == ["ID  NAME  COUNT  NOTE"])
        #expect(PrintableText(table(9, []).lines[0]).width <= 9)
    }

    @Test("a value from a server, however long, neither widens the table nor takes the place of others")
    func hostile() {
        let rows = [["agt_1", String(repeating: "長", count: 5_000), "1", "x"]]
        let lines = table(60, rows).lines
        #expect(lines.allSatisfy { PrintableText($0).width <= 60 } && lines[0].hasPrefix("ID     NAME") && lines[0].contains("COUNT"))
    }

    @Test("the columns of agents and sessions that matter most are there in every width", arguments: [
        (40, ["id", "name"], ["id"]), (60, ["id", "name"], ["id", "started_at"]), (80, ["id", "name", "upstream"], ["id", "started_at", "status", "agent_name"]),
    ])
    func lists(width: Int, agents: [String], sessions: [String]) {
        func shown(_ columns: [PrintedTable.Column], _ row: [String]) -> [String] {
            var table = PrintedTable(columns, width: width)
            let title = table.lines([row.map { PrintableText($0) }])[0]
            return title.split(separator: " ").map { $0.lowercased() }
        }
        let agent = ["agt_01KM7V3274GY6A0QCZKYBXG4YB", "appointment-bot-prod", "openai:gpt-4o-mini", "vault-deterministic", "healthcare-default", "1", "730", "2026-05-03T21:14:32.000Z"]
        let session = ["sess_01KM7V3274GY6A0QCZKYBXG4YB", "2026-05-03T21:14:32.000Z", "agt_01KM7V3274GY6A0QCZKYBXG4YB", "appointment-bot-prod", "ok", "842", "3", "NAME=1,PHONE=2", "gpt-4o-mini"]
        #expect(shown(AgentsCommand.fields.map(\.column), agent) == agents)
        #expect(Set(shown(SessionsCommand.fields.map(\.column), session)) == Set(sessions))
    }
}

@Suite("The width of the terminal", .ownThread)
struct TerminalWidthTests {
    @Test("COLUMNS comes before the terminal; what is no number above 0 is 80", arguments: [
        (nil, 132, 132), (nil, nil, 80), (nil, 0, 80), ("", 132, 132), ("60", 132, 60), ("200", nil, 200), ("0", 132, 80), ("0", nil, 80), ("-5", 132, 80),
        ("wide", nil, 80), ("60x", 100, 80), ("99999999999999999999", nil, 80), ("1", 80, 1),
    ] as [(String?, Int?, Int)])
    func columns(variable: String?, terminal: Int?, width: Int) { #expect(TerminalWidth.columns(variable: variable, terminal: terminal) == width) }
}

@Suite("Help in narrow terminals", .ownThread)
struct HelpTextTests {
    private static func help(_ columns: Int) -> String { HelpText.fitted(columns: columns) { SessionsCommand.List.helpMessage(columns: $0) } }

    @Test("fits, and has every word that it has in a wide one", arguments: [20, 26, 27, 33, 40, 59])
    func narrow(columns: Int) {
        let narrow = Self.help(columns), wide = Self.help(80)
        for line in narrow.split(separator: "\n") { #expect(PrintableText(String(line)).width <= columns, "\(line)") }
        func letters(_ text: String) -> String { String(text.filter { !$0.isWhitespace }) }
        #expect(letters(narrow) == letters(wide))
    }

    @Test("from 60 columns on it is the parser's")
    func wide() { #expect(Self.help(80) == SessionsCommand.List.helpMessage(columns: 80)) }

    @Test("what is no help stays as it is")
    func other() { #expect(HelpText.fitted(columns: 20) { _ in "masker-tui 0.1.0 with a longer line" } == "masker-tui 0.1.0 with a longer line") }
}
