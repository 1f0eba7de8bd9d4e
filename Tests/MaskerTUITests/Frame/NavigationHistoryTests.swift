import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Back and forward", .ownThread)
struct NavigationHistoryTests {
    @Test("[ goes back through views, details and filters; ] goes forward again")
    func backAndForward() {
        var console = TestConsole.loaded()
        console.press("j", .enter)
        console.press("2")
        console.press(.enter)
        console.run(":sessions status=error")
        console.takeEffects()
        console.expect("status error")
        console.press("[")
        console.expect("Sessions › \(Sample.sessionID(0))")
        #expect(console.takeEffects().contains(.sessions(.detail(Sample.sessionID(0)))), "a detail is read anew")
        #expect(console.state.data.sessions.list.filter == .initial)
        console.press("[")
        console.expect("last 30d")
        console.expectNot("Sessions ›")
        console.press("[")
        console.expect("Agents › prior-auth-primary")
        console.press("[")
        #expect(console.selected?.hasPrefix("prior-auth-primary") == true)
        console.press("[")
        console.expect("there is no previous place")
        for _ in 0..<4 { console.press("]") }
        #expect(console.state.tab == .sessions)
        console.expect("status error")
        console.press("]")
        console.expect("there is no next place")
    }

    @Test("going to a new place removes the places after the current one")
    func branches() {
        var console = TestConsole.loaded()
        console.press("2", "3")
        console.press("[", "[")
        #expect(console.state.tab == .agents)
        console.press(.enter)
        console.press("]")
        console.expect("there is no next place")
    }

    @Test("a detail that is already open is not read again")
    func stillOpen() {
        var console = TestConsole.loaded()
        console.press(.enter)
        console.answer(.agents(.detail(Sample.agentID(1), .success(Sample.agentDetail))))
        console.press("2")
        console.takeEffects()
        console.press("[")
        #expect(console.takeEffects().isEmpty)
        console.expect("Statistics")
    }

    @Test("going back to another filter finds the selected row again")
    func row() {
        var console = TestConsole.loaded()
        console.press("2")
        console.press("j", "j")
        console.run(":sessions status=error")
        console.answerRefresh(sessions: [Sample.session(7)])
        console.press("[")
        #expect(console.selected == nil, "the rows are still the other ones")
        console.press(.enter)
        console.expect("there is no session to select")
        console.answerRefresh()
        #expect(console.selected?.hasPrefix("May 04 13:04:38") == true)
    }

    @Test("the history works after the lock, and holds no data of the account")
    func lock() {
        var console = TestConsole.loaded()
        console.press(.enter)
        console.answer(.agents(.detail(Sample.agentID(1), .success(Sample.agentDetail))))
        console.press("2")
        console.press(.enter)
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail()))))
        console.press("1", "3")
        console.act(.idled)
        #expect(!"\(console.state)".contains("9f3a9f3a") && !"\(console.state)".contains("appointment-bot-prod"))
        console.press("j")
        console.answer(.account(.user(.success(Sample.admin))))
        console.answerRefresh()
        console.press("[", "[")
        console.expect("Sessions › \(Sample.sessionID(0))")
    }

    @Test("the history is removed after a log-out and when another user signs in")
    func logOut() {
        var console = TestConsole.loaded()
        console.press("2", "3")
        console.answer(.account(.loggedOut(.signedOut)))
        console.answer(.account(.signedIn(.success(Sample.admin))))
        console.press("[")
        console.expect("there is no previous place")
    }

    @Test("the number of places is bounded")
    func bounded() {
        var console = TestConsole.loaded()
        for _ in 0..<100 { console.press("2", "1") }
        var steps = 0
        while !console.screen.contains("there is no previous place"), steps < 1_000 {
            console.press("[")
            steps += 1
        }
        #expect(steps == 51)
    }

    @Test("a dialog is not a place of the history")
    func dialogs() {
        var console = TestConsole.loaded()
        console.press("m")
        console.press(.escape)
        console.press("d")
        console.press(.escape)
        console.press("[")
        console.expect("there is no previous place")
    }
}
