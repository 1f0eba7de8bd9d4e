import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

/// Snapshots of all screens. The other suites test how the screens got there.
@Suite("Snapshots of the screens", .ownThread)
struct ScreenTests {
    @Test("the first frame is drawn before any answer")
    func firstFrame() {
        let console = TestConsole()
        #expect(console.effects == [
            .account(.user), .agents(.list(PageRequest(filter: AgentFilter(), cursor: nil, generation: 1))),
            .sessions(.list(PageRequest(filter: .initial, cursor: nil, generation: 1))),
        ])
        console.expectSnapshot("first-frame", of: .screen)
    }

    @Test("agents", arguments: [(60, 15), (80, 24), (120, 30), (200, 60)])
    func agents(columns: Int, rows: Int) {
        let console = TestConsole.loaded(columns: columns, rows: rows)
        console.expectSnapshot("agents-\(columns)x\(rows)")
        console.expectPosition("4 · end")
    }

    @Test("sessions", arguments: [(60, 15), (80, 24), (120, 30)])
    func sessions(columns: Int, rows: Int) {
        var console = TestConsole.loaded(columns: columns, rows: rows)
        console.press("2")
        console.expectSnapshot("sessions-\(columns)x\(rows)")
        console.expectPosition("60+ loaded")
    }

    @Test("overview", arguments: [(60, 15), (80, 24), (120, 30), (200, 60)])
    func overview(columns: Int, rows: Int) {
        let console = OverviewSample.console(columns: columns, rows: rows)
        console.expectSnapshot("overview-\(columns)x\(rows)")
        console.expectPosition(rows == 60 ? "all" : "top")
    }

    @Test("overview in a locale without UTF-8: each sign has a replacement")
    func overviewAscii() {
        var console = OverviewSample.console()
        let lines = console.screen.unicodeScalars.map { $0 == "\n" ? $0 : AsciiFallback.of($0) }
        #expect(!lines.contains("?") || console.screen.filter { $0 == "?" }.count == lines.filter { $0 == "?" }.count)
        #expect(lines.allSatisfy { $0.value < 0x7F })
        console.press("G")
        let end = console.screen.unicodeScalars.map { $0 == "\n" ? $0 : AsciiFallback.of($0) }
        #expect(end.filter { $0 == "?" }.count == console.screen.filter { $0 == "?" }.count)
        // Bars of different parts can be told apart.
        #expect(Set("█▓▒░".unicodeScalars.map(AsciiFallback.of)).count == 4)
    }

    @Test("overview, its end")
    func overviewEnd() {
        var console = OverviewSample.console()
        console.press("G")
        console.expectSnapshot("overview-end")
        console.expectPosition("end")
    }

    @Test("overview while it is read, and in a week and an hour")
    func overviewWindows() {
        var console = TestConsole.loaded()
        console.press("0")
        console.expectSnapshot("overview-first")
        console.expectPosition("all")
        let day = PageRequest(filter: SessionFilter(since: "24h"), generation: 0)
        console.answer(.overview(.page(day, .success(Page(data: Array(OverviewSample.day.prefix(100)), nextCursor: "c1")))))
        console.expectSnapshot("overview-reading")
        console.expectPosition("top")
        for window in [OverviewWindow.week, .hour] {
            console.press("t")
            let request = PageRequest(filter: SessionFilter(since: window.rawValue), generation: 0)
            console.answer(.overview(.page(request, .success(Page(data: OverviewSample.day)))))
            console.expectSnapshot("overview-\(window.rawValue)")
            console.expectPosition("top")
        }
    }

    @Test("account")
    func account() {
        var console = TestConsole.loaded()
        console.press("3")
        console.expectSnapshot("account")
        console.expectPosition("all")
    }

    @Test("agent detail, its end included")
    func agentDetail() {
        var console = TestConsole.loaded(columns: 100, rows: 30)
        console.press(.enter)
        console.expectSnapshot("agent-detail-loading")
        console.expectPosition("all")
        console.answer(.agents(.detail(Sample.agentID(1), .success(Sample.agentDetail))))
        console.answer(.agents(.latestSessions(Sample.agentID(1), .success(Page(data: [Sample.session(0), Sample.session(4)])))))
        console.expectSnapshot("agent-detail")
        console.expectPosition("top")
        console.press(.end)
        console.expectSnapshot("agent-detail-end")
        console.expectPosition("end")
    }

    @Test("session detail, its end included")
    func sessionDetail() {
        var console = TestConsole.loaded(columns: 100, rows: 30)
        console.press("2")
        console.press(.enter)
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail()))))
        console.expectSnapshot("session-detail")
        console.expectPosition("top")
        console.press(.end)
        console.expectSnapshot("session-detail-end")
        console.expectPosition("end")
    }

    @Test("menu, help, log-out and delete dialogs at 80x24")
    func dialogs() {
        var console = TestConsole.loaded()
        console.press("m")
        console.expectSnapshot("menu", of: .screen)
        console.press(.escape)
        console.press("?")
        console.expectSnapshot("help", of: .dialog)
        console.press(.escape)
        console.press("d")
        console.expectSnapshot("delete-dialog", of: .dialog)
        console.press(.escape)
        console.press("m")
        console.press("l")
        console.expectSnapshot("log-out-dialog", of: .dialog)
    }

    @Test("the delete dialog fits the smallest window")
    func smallDeleteDialog() {
        var console = TestConsole.loaded(columns: 60, rows: 15, user: Sample.member)
        console.press("d")
        console.expectSnapshot("delete-dialog-60x15", of: .dialog)
    }

    @Test("sign-in: no cookie, at 60x15 and 80x24", arguments: [(60, 15), (80, 24)])
    func signIn(columns: Int, rows: Int) {
        let console = TestConsole(columns: columns, rows: rows, login: LoginStatus())
        #expect(console.effects == [], "nothing is asked without a cookie")
        console.expectSnapshot("sign-in-\(columns)x\(rows)", of: .screen)
    }

    @Test("a window that is too small shows one line that says so, and recovers", arguments: [(59, 24), (80, 14), (20, 5), (1, 1)])
    func tooSmall(columns: Int, rows: Int) {
        var console = TestConsole.loaded()
        let before = console.screen
        console.act(.resized(Size(columns: columns, rows: rows)))
        let lines = console.lines.filter { !$0.isEmpty }
        #expect(lines.count == 1)
        if columns > 11 { #expect(lines.first?.hasSuffix("needs 60x15") == true) }
        console.act(.resized(Size(columns: 80, rows: 24)))
        #expect(console.screen == before)
    }

    @Test("no line is wider than the window, at any width", arguments: Array(stride(from: 60, through: 220, by: 7)))
    func width(columns: Int) {
        var console = TestConsole.loaded(columns: columns, rows: 24)
        for key in ["0", "1", "2", "3", "?"] as [Unicode.Scalar] {
            console.press(key)
            for line in console.lines { #expect(PrintableText(line).width <= columns) }
        }
    }

    @Test("an empty account is shown as such")
    func empty() {
        var console = TestConsole()
        console.answerRefresh(agents: [], sessions: [], nextSessions: nil)
        console.expect("No agents in this account yet.")
        console.press("2")
        console.expect("No sessions like this.")
    }

    @Test("hostile names are shown and control nothing")
    func hostile() {
        let names = ["\u{1B}[31mred", "prod\rAgent: evil", "a\u{202E}dorp", "line\nbreak"]
        let agents = names.enumerated().map { Sample.agent($0 + 1, $1) }
        let console = TestConsole.loaded(agents: agents)
        for (line, shown) in zip(console.lines.dropFirst(4), ["^[[31mred", "prod^MAgent: evil", "a<202E>dorp", "line^Jbreak"]) {
            #expect(line.contains(shown))
        }
    }

    @Test("a record with an unreadable field is shown and marked")
    func malformed() {
        var agent = Sample.agents[0]
        agent.malformedFields = ["created_at"]
        let console = TestConsole.loaded(agents: [agent] + Sample.agents.dropFirst())
        #expect(console.lines[4].contains("⚠ appointment-bot-prod"))
    }
}
