import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Finding", .ownThread)
struct FindTests {
    @Test("/ filters the agents while the user types; Enter keeps the search, Esc shows all rows again at the same row")
    func agents() {
        var console = TestConsole.loaded()
        console.press("/")
        console.type("IN")
        console.expectSnapshot("find-agents")
        console.expectPosition("4 · end")
        #expect(console.takeEffects().isEmpty, "the whole list is here: nothing is asked of the server")
        console.press(.enter)
        console.press("j")
        #expect(console.selected?.hasPrefix("intake-test") == true)
        console.press(.escape)
        #expect(console.selected?.hasPrefix("intake-test") == true)
        console.expect("prior-auth-primary")
    }

    @Test("typed letters are text, not keys: q does not quit, 2 does not change the tab")
    func letters() {
        var console = TestConsole.loaded()
        console.press("/")
        console.type("q2r?md")
        #expect(console.takeEffects().isEmpty && !console.state.isPageCovered && console.state.tab == .agents)
        console.expect("No agent matches in its name.")
    }

    @Test("while the list is not completely loaded, the server searches; another letter cancels the last request")
    func onServer() throws {
        var console = TestConsole()
        console.takeEffects()
        console.answer(.agents(.list(PageRequest(filter: AgentFilter(), generation: 1), .success(Page(data: Sample.agents, nextCursor: "more")))))
        console.takeEffects()
        console.press("/")
        console.type("in")
        let effects = console.takeEffects()
        let first = PageRequest(filter: AgentFilter(nameContains: "i"), generation: 2)
        let second = PageRequest(filter: AgentFilter(nameContains: "in"), generation: 3)
        #expect(effects.contains(.cancel(.agents(.list(first)))) && effects.last == .agents(.list(second)))
        // A late answer to a cancelled request changes nothing.
        console.answer(.agents(.list(first, .success(Page(data: [Sample.agent(9, "wrong")])))))
        console.expectNot("wrong")
        console.answer(.agents(.list(second, .success(Page(data: [Sample.agent(8, "found-in-depth")])))))
        console.expect("found-in-depth")
        console.expectNot("appointment")
        console.press(.escape)
        #expect(console.takeEffects().contains(.agents(.list(PageRequest(filter: AgentFilter(), generation: 4)))))
    }

    @Test("the filter form: the request it sends, and the filter above the list")
    func form() {
        var console = TestConsole.loaded()
        console.press("2")
        console.press("f")
        console.expectSnapshot("filter-form", of: .dialog)
        console.press(.control("u"))
        console.type("7d")
        console.press(.down, .down, .right, .right, .down)
        console.type("intake")
        console.press(.down)
        console.type("2")
        console.press(.enter)
        let filter = SessionFilter(since: "7d", status: .error, minRedactions: 2, agentID: Sample.agentID(3))
        #expect(console.takeEffects().last == .sessions(.list(PageRequest(filter: filter, generation: 2))))
        #expect(console.lines[3] == "  last 7d · status error · agent intake-test · 2 or more redactions")
        console.press("x")
        #expect(console.takeEffects().last == .sessions(.list(PageRequest(filter: .initial, generation: 3))))
        console.press("x")
        console.expect("there is no filter")
    }

    @Test("the form names a value that is not valid and keeps the typed text", arguments: [
        ("soon", "", "", "is not a time"), ("7d", "nobody-of-that-name", "", "no agent is called"), ("7d", "", "-", "is not a number"),
        ("7d", "i", "", "“i” fits 4 agents"), ("7d", "zz", "", "no agent is called"),
    ])
    func refused(since: String, agent: String, count: String, sentence: String) {
        var console = TestConsole.loaded()
        console.press("2")
        console.press("f")
        console.press(.control("u"))
        console.type(since)
        console.press(.down, .down, .down)
        console.type(agent)
        console.press(.down)
        console.type(count)
        console.press(.enter)
        #expect(console.takeEffects().isEmpty)
        console.expect(sentence)
        console.press(.escape)
        #expect(console.state.data.sessions.list.filter == .initial)
    }

    @Test("a date is accepted as a time, with or without hours", arguments: [
        ("2026-05-03", "2026-05-03T00:00:00Z"), ("2026-05-03 21:14", "2026-05-03T21:14:00Z"),
        ("2026-05-03T21:14:32.481Z", "2026-05-03T21:14:32.481Z"), ("36h", "36h"),
    ])
    func dates(typed: String, asked: String) {
        var console = TestConsole.loaded()
        console.press("2")
        console.press("f")
        console.press(.control("u"))
        console.type(typed)
        console.press(.enter)
        #expect(console.state.data.sessions.list.filter.since == asked)
    }

    @Test("from an agent to its sessions, from a session to its agent and back")
    func between() {
        var console = TestConsole.loaded()
        console.press("j")
        console.press("o")
        #expect(console.state.tab == .sessions && console.state.data.sessions.list.filter.agentID == Sample.agentID(2))
        console.answerRefresh()
        console.press("o")
        console.expect("Agents › appointment-bot-prod")
        console.press(.escape)
        console.expect("agent prior-auth-primary")
    }

    @Test("a search among the sessions reads further pages while few rows match")
    func sessions() {
        var console = TestConsole.loaded()
        console.press("2")
        console.press("/")
        console.type("merkle")
        #expect(console.takeEffects().contains(.sessions(.list(PageRequest(filter: .initial, cursor: "c2", generation: 1)))))
        console.expect("0 of 60+")
    }
}
