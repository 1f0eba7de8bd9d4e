import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("For screen readers", .ownThread)
struct PlainTests {
    private var settings: ConsoleSettings {
        var settings = Sample.settings
        settings.isPlain = true
        return settings
    }

    private func console(columns: Int = 80, rows: Int = 24) -> TestConsole {
        var console = TestConsole(columns: columns, rows: rows, settings: settings)
        console.answerRefresh()
        console.takeEffects()
        return console
    }

    /// The line with the terminal's cursor.
    private func read(_ console: TestConsole) -> String? { view(console.state).cursor.map { console.lines[$0.row] } }

    @Test("no screen has lines, boxes, bars or curves")
    func noDrawing() {
        var console = OverviewSample.console(columns: 100, rows: 40, settings: settings)
        func check(_ name: String) {
            let drawn = console.screen.unicodeScalars.filter { (0x2500...0x25A0).contains($0.value) }
            #expect(drawn.isEmpty, "\(name): \(String(String.UnicodeScalarView(drawn)))")
        }
        check("overview")
        console.press("1")
        check("agents")
        console.press(.enter)
        console.answer(.agents(.detail(Sample.agentID(1), .success(Sample.agentDetail))))
        check("agent")
        console.press("d")
        check("delete dialog")
        console.press(.escape)
        console.press("2")
        check("sessions")
        console.press("f")
        check("filter")
        console.press(.escape, .enter)
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail()))))
        check("session")
        console.press("H")
        console.answer(.sessions(.timing(Sample.sessionID(0), .success(CallTiming(Sample.sessionDetail())))))
        check("latency")
        console.press("G")
        check("latency, its end")
        for key in ["m", "?", ":"] as [Unicode.Scalar] {
            console.press(key)
            check("\(key)")
            console.press(.escape)
        }
        console.press("3")
        check("account")
    }

    @Test("a row is a line of words, and the cursor is on the selected one")
    func list() {
        var console = console()
        console.expectSnapshot("plain-agents")
        console.expectPosition("4 · end")
        #expect(read(console)?.hasPrefix("> appointment-bot-prod, 24h 247, ") == true)
        console.press("j")
        #expect(read(console)?.hasPrefix("> prior-auth-primary, 24h 31, ") == true)
        console.expect("row 2 of 4")
    }

    @Test("no value is cut off; values that do not fit are shown in the details only", arguments: [60, 80, 120])
    func whole(columns: Int) {
        var console = console(columns: columns)
        console.press("2")
        for line in console.lines where line.contains("ok") { #expect(!line.contains("…")) }
    }

    @Test("the overview is written in words, and Enter shows its sessions")
    func overview() {
        var console = OverviewSample.console(settings: settings)
        console.expectSnapshot("plain-overview")
        console.expectPosition("top")
        console.expect("0 Overview (here)")
        #expect(read(console)?.hasPrefix("> appointment-bot-prod: ") == true)
        console.press("k")
        #expect(read(console) == "> error: 31, 7.0 %")
        console.press(.enter)
        #expect(console.state.data.sessions.list.filter == SessionFilter(since: "24h", status: .error))
        console.press("0")
        console.press("G")
        console.expect("No sessions in 24 h: 1 of 4 agents")
    }

    @Test("a dialog is shown alone, with the cursor on the selection or the field")
    func dialogs() {
        var console = console()
        console.press("m", .down)
        #expect(read(console)?.contains("> a  Account") == true)
        console.expectNot("appointment-bot-prod")
        console.press(.escape)
        console.press("d")
        let cursor = view(console.state).cursor
        console.type("app")
        #expect(view(console.state).cursor?.column == (cursor?.column ?? 0) + 3)
    }

    @Test("a session's events name their values")
    func events() {
        var console = console(rows: 40)
        console.press("2", .enter)
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail()))))
        console.press("G")
        console.expect("pass regex, kind PHONE, span 18–30, conf 0.99, token MSKV1")
    }
}
