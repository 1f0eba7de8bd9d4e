import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("A server whose clock differs", .ownThread)
struct ServerClockNoticeTests {
    private static let relative: ConsoleSettings = {
        var settings = Sample.settings
        settings.time.notation = .relative
        return settings
    }()

    /// The server's clock is ahead by `offset`, and everything there happened by that clock.
    private func console(_ offset: Double, columns: Int = 80, rows: Int = 24, settings: ConsoleSettings = relative) -> TestConsole {
        var login = Sample.login
        login.serverClockOffset = offset
        login.renewedAt = Sample.now + offset
        login.expiresAt = Sample.now + offset + 30 * 86_400
        var user = Sample.admin
        user.lastSeenAt = Sample.now + offset - 300
        let sessions = Sample.sessions.map { session in
            var session = session
            session.startedAt = session.startedAt.map { $0 + offset - 600 }
            return session
        }
        var console = TestConsole(columns: columns, rows: rows, login: Sample.login, settings: settings)
        for effect in console.takeEffects() {
            switch effect {
            case .account(.user): console.answer(.account(.user(.success(user))), login: login)
            case .agents(.list(let page)): console.answer(.agents(.list(page, .success(Page(data: Sample.agents)))), login: login)
            case .sessions(.list(let page)): console.answer(.sessions(.list(page, .success(Page(data: sessions)))), login: login)
            default: break
            }
        }
        return console
    }

    @Test("promise 21: ages of what the server dates are counted by its clock", arguments: [-259_200.0, 7_200, 61, -61, 0, 315_360_000])
    func ages(offset: Double) {
        var console = console(offset, columns: 120, rows: 40)
        // This machine has dated the refresh.
        #expect(console.lines[0].contains("↻ just now"))
        console.press("2")
        console.expect("10 m ago")
        console.expectNot("d ago")
        console.expectNot("h ago")
        console.press(.enter)
        console.expect(", 10 m ago")
        console.press(.escape)
        console.press("3")
        console.expect(", 5 m ago")
        let renewed = console.lines.first { $0.contains("renewed ") }
        #expect(renewed?.contains("just now") == true)
        // An hour ago by this machine's clock.
        let obtained = console.lines.first { $0.contains("obtained ") }
        #expect(obtained?.contains(", 1 h ago") == true)
    }

    @Test("a difference of more than a minute is said once, on 80 columns", arguments: [
        (-259_200.0, "3 d behind this machine's"), (7_200, "2 h ahead of this machine's"), (61, "61 s ahead of this machine's"),
        (-61, "61 s behind this machine's"), (5_400, "90 m ahead of this machine's"), (-8e7, "926 d behind this machine's"),
    ])
    func saidOnce(offset: Double, words: String) {
        for plain in [false, true] {
            var settings = Sample.settings
            settings.isPlain = plain
            var console = console(offset, settings: settings)
            let sentence = "the server's clock is \(words); ages follow it"
            console.expect(sentence)
            #expect(sentence.utf8.allSatisfy { $0 < 0x80 }, "it is whole in a C locale")
            console.press("r")
            console.expectNot("the server's clock is")
            console.answerRefresh()
            console.wait(AppState.noticeLasts * 2)
            console.act(.woke)
            console.answerRefresh()
            console.expectNot("the server's clock is")
            // The account's page says it at any time.
            console.press("3")
            console.press(.end)
            console.expect(words)
        }
    }

    @Test("up to a minute, nothing is said", arguments: [0.0, 1.9, 2, -30, 59.9, 60, -60])
    func nothing(offset: Double) {
        var console = console(offset)
        console.expectNot("clock is")
        console.press("3")
        console.press(.end)
        console.expectNot("this machine's")
    }

    @Test("it waits while another line is shown, and is said after a clock was set during the run")
    func waits() {
        var console = TestConsole.loaded()
        var login = Sample.login
        login.serverClockOffset = 3_600
        console.paste("x")
        console.expect("the pasted text was dropped")
        console.answer(.account(.user(.success(Sample.admin))), login: login)
        console.expect("the pasted text was dropped")
        console.wait(AppState.noticeLasts + 1)
        console.act(.woke)
        console.answer(.account(.user(.success(Sample.admin))), login: login)
        console.expect("the server's clock is 60 m ahead of this machine's")
    }

    @Test("it is not said on the lock screen, but after it")
    func locked() {
        var console = TestConsole.loaded()
        var login = Sample.login
        login.serverClockOffset = -3_600
        console.act(.idled)
        console.takeEffects()
        console.answer(.agents(.deleted(.success([]))), login: login)
        console.expectNot("the server's clock")
    }

    @Test("the ages of deleted agents, which this machine has dated, do not follow the server's clock")
    func machineTimes() {
        let console = console(-259_200)
        let context = console.state.context
        #expect(context.machineClock.long(Sample.now) == "just now")
        #expect(context.clock.long(Sample.now - 259_200) == "just now")
        #expect(context.clock.long(Sample.now - 259_200 * 2) == "3 d ago")
    }

    @Test("a filter is compared with the retention by the server's clock")
    func retention() {
        // 89 days ago by this machine, 92 by the server.
        let since = Timestamp.format(Sample.now - 89 * 86_400)
        let filter = SessionFilter(since: since)
        let context = console(259_200).state.context
        #expect(filter.text(agents: context.data.agents.list, context.clock).string.contains("kept for 90 days"))
        #expect(!filter.text(agents: context.data.agents.list, context.machineClock).string.contains("kept for 90 days"))
    }

    @Test("ages still change each minute")
    func ticking() {
        var settings = Self.relative
        settings.refreshInterval = 0
        var console = console(-259_200.5, settings: settings)
        console.press("2")
        console.expect("10 m ago")
        console.wait(60)
        #expect(console.state.nextWake.map { $0 <= console.now } == true)
        console.act(.woke)
        console.expect("11 m ago")
    }
}
