import FoundationEssentials
import MaskerAPI
import TerminalKit
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("More sessions than are searched at once", .ownThread)
struct ManySessionsTests {
    /// 201 sessions, of which 200 are searched, sorted or counted at a time.
    private static let sessions = (0..<201).map { number in
        CallSession(
            id: Identifier("sess_01K" + String(repeating: "0", count: 16) + String(1_000_000 + number)), startedAt: Sample.now - Double(number), durationMS: Double(number % 1_000),
            status: .ok)
    }

    private func opened() -> TestConsole {
        var settings = Sample.settings
        settings.rowsAtOnce = 200
        var console = TestConsole.loaded(columns: 100, sessions: Self.sessions, settings: settings)
        console.press("2")
        return console
    }

    @Test("find, sort and the latency view show how far they are, go on when there is nothing else to do, and stop")
    func parts() {
        var console = opened()
        #expect(!console.state.isWorking)
        console.press("/")
        console.type("1")
        #expect(console.state.isWorking)
        console.expectPosition("searched 99 %")
        console.expect("200 of 201+")
        console.act(.rested)
        #expect(!console.state.isWorking)
        console.expect("201 of 201+")
        console.type("000200")
        console.expect("1 of 201+")
        console.press(.escape)
        console.press("s", "4")
        console.expectPosition("sorted 99 %")
        console.act(.rested)
        console.expectPosition("201+ loaded")
        console.press("H")
        console.expect("from 200 sessions that are loaded · counted 99 %")
        console.expect("no sessions for a sample")
        console.act(.rested)
        console.expect("from 201 sessions that are loaded")
        console.expectNot("counted")
        console.expect("from 0 of 20 sessions so far")
        #expect(!console.state.isWorking)
        console.act(.rested)
        #expect(!console.state.isWorking)
    }

    @Test("a change of rows that were counted: the old figures stay until all are counted again")
    func recounted() {
        var console = opened()
        console.press("H")
        console.act(.rested)
        console.press("r")
        var changed = Self.sessions
        changed[3].status = .error
        console.answerRefresh(sessions: Array(changed.prefix(5)))
        console.expect("from 201 sessions that are loaded · counted 99 %")
        console.expectNot("× error")
        console.act(.rested)
        console.expectNot("counted")
        console.expect("error")
    }

    @Test("the lock ends the work")
    func locked() {
        var console = opened()
        console.press("/")
        console.type("0")
        #expect(console.state.isWorking)
        console.act(.idled)
        #expect(!console.state.isWorking)
    }

    @Test("sessions older than the filter's window go at a refresh; one that the server lists stays")
    func window() {
        var console = TestConsole.loaded(columns: 100, sessions: (0..<3).map { Sample.session($0) } + [CallSession(
            id: Identifier("sess_OLD"), startedAt: Sample.now - 30 * 86_400 + 60)])
        console.press("2")
        console.expect("4+ loaded")
        console.wait(120)
        console.press("r")
        console.answerRefresh(sessions: (0..<2).map { Sample.session($0) })
        console.expect("3+ loaded")
        console.wait(31 * 86_400)
        console.press("r")
        console.answerRefresh(sessions: (0..<2).map { Sample.session($0) })
        console.expect("2+ loaded")
    }
}
