import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Following the sessions", .ownThread)
struct FollowTests {
    /// A console that follows the list of sessions. Its first request is answered with `new` sessions above the known ones.
    private func following(new: Int = 0, status: CallStatus = .ok, refresh: Double = 15) -> TestConsole {
        var settings = Sample.settings
        settings.refreshInterval = refresh
        var console = TestConsole(settings: settings)
        console.answerRefresh()
        console.press("2")
        console.takeEffects()
        console.press("F")
        answer(&console, new: new, status: status)
        return console
    }

    private static func new(_ number: Int, _ status: CallStatus = .ok) -> CallSession {
        CallSession(id: Identifier("sess_new\(number)"), agentName: "new-\(number)", startedAt: Sample.now + Double(number), status: status)
    }

    /// Answers the pending request. Returns whether there was one.
    @discardableResult
    private func answer(_ console: inout TestConsole, new: Int = 0, status: CallStatus = .ok, failure: APIError? = nil) -> Bool {
        for effect in console.takeEffects() {
            guard case .sessions(.list(let page)) = effect else { continue }
            let rows = (0..<new).reversed().map { Self.new($0, status) } + Sample.sessions
            console.answer(.sessions(.list(page, failure.map { .failure($0) } ?? .success(Page(data: rows, nextCursor: "c2")))))
            return true
        }
        return false
    }

    private func wake(_ console: inout TestConsole, after seconds: Double) {
        console.wait(seconds)
        console.act(.woke)
    }

    @Test("F requests new sessions at once and then every 2 seconds, one request at a time; the line above the list says so")
    func pace() {
        var console = TestConsole.loaded()
        console.press("2")
        console.takeEffects()
        console.press("F")
        #expect(console.takeEffects() == [.sessions(.list(PageRequest(filter: .initial, generation: 2)))])
        wake(&console, after: 5)
        #expect(console.takeEffects().isEmpty, "one is pending")
        console.answer(.sessions(.list(PageRequest(filter: .initial, generation: 2), .success(Page(data: Sample.sessions, nextCursor: "c2")))))
        #expect(console.state.nextWake.map { $0.timeIntervalSince(console.now) } == 2)
        wake(&console, after: 1.9)
        #expect(console.takeEffects().isEmpty)
        wake(&console, after: 0.2)
        #expect(console.takeEffects().count == 1)
        #expect(console.lines[3] == "  last 30d · following, every 2 s")
    }

    @Test("new sessions appear at the top, marked for a while; a cursor on the first row stays on the first row")
    func onTop() {
        var console = following(new: 2)
        console.expectSnapshot("following")
        console.expectPosition("62+ loaded")
        console.expect("2 Sessions 62+ ")
        #expect(console.selected?.hasPrefix("+") == true && console.selected?.contains("new-1") == true)
        wake(&console, after: 11)
        #expect(!console.lines.contains { $0.dropFirst().hasPrefix("+") })
        #expect(console.selected?.contains("new-1") == true)
    }

    @Test("a cursor on another row stays on its session")
    func elsewhere() {
        var console = TestConsole.loaded()
        console.press("2")
        console.press("j", "j")
        let row = console.selected
        console.takeEffects()
        console.press("F")
        answer(&console, new: 3)
        #expect(console.selected == row)
        console.press("g")
        #expect(console.selected?.contains("new-2") == true)
    }

    @Test("F and Esc stop following; while a search is active, Esc ends the search first", arguments: [Key.character("F"), .escape])
    func stops(key: Key) {
        var console = following()
        console.press("/")
        console.type("intake")
        console.press(.enter, .escape)
        console.expect("following")
        console.press(key)
        console.expectNot("following")
        console.takeEffects()
        wake(&console, after: 3)
        #expect(!answer(&console))
    }

    @Test("on another tab nothing is requested; back on the list, following goes on at once")
    func hidden() {
        var console = following()
        console.press("3")
        wake(&console, after: 5)
        #expect(!console.takeEffects().contains { if case .sessions(.list) = $0 { true } else { false } })
        console.press("2")
        #expect(console.state.nextWake.map { $0 <= console.now } == true)
        console.act(.woke)
        #expect(answer(&console))
    }

    @Test("after failures the list is requested more and more rarely, and the line above it says when")
    func backsOff() {
        var console = following(refresh: 0)
        for _ in 0..<2 {
            wake(&console, after: 2.1)
            #expect(answer(&console, failure: Sample.lost))
        }
        wake(&console, after: 2.1)
        answer(&console, failure: Sample.error(.rateLimited(retryAfter: .seconds(40)), 429))
        console.expect("following, again at \(Sample.clock.time(console.now + 40))")
        wake(&console, after: 39)
        #expect(!answer(&console))
        wake(&console, after: 1.1)
        #expect(answer(&console))
        console.expect("following, every 2 s")
    }

    @Test("a pause that the server asks for holds for every refresh")
    func pauses() {
        var console = following()
        wake(&console, after: 2.1)
        answer(&console, failure: Sample.error(.rateLimited(retryAfter: .seconds(40)), 429))
        wake(&console, after: 39)
        #expect(console.takeEffects().isEmpty)
        wake(&console, after: 1.1)
        #expect(console.takeEffects().contains(.account(.user)))
        console = following()
        console.press("r")
        console.takeEffects()
        console.answer(.account(.user(.failure(Sample.error(.rateLimited(retryAfter: .seconds(40)), 429)))))
        wake(&console, after: 3)
        #expect(console.takeEffects().isEmpty)
    }

    @Test("the lock and a 401 end following")
    func ends() {
        var console = following()
        console.act(.idled)
        #expect(!console.state.data.sessions.follow.isOn)
        console = following()
        wake(&console, after: 2.1)
        answer(&console, failure: Sample.unauthenticated)
        #expect(!console.state.data.sessions.follow.isOn)
    }

    @Test("new errors ring when the bell is on, and nothing else rings")
    func bell() {
        var console = TestConsole.loaded()
        console.press("2")
        console.press("b")
        console.expect("F follows the sessions first")
        console = following(new: 1, status: .error)
        #expect(!console.takeEffects().contains(.terminal(.ring)), "the bell is off by default")
        console.press("b")
        #expect(console.lines[3].hasSuffix("following, every 2 s, errors ring"))
        wake(&console, after: 2.1)
        answer(&console, new: 2)
        #expect(!console.takeEffects().contains(.terminal(.ring)), "no error came")
        wake(&console, after: 2.1)
        answer(&console, new: 4, status: .error)
        #expect(console.takeEffects().filter { $0 == .terminal(.ring) }.count == 1)
        console.press("b")
        console.expectNot("errors ring")
    }

    @Test("sessions of a later page are not marked as new")
    func olderPages() {
        var console = following()
        console.press("G")
        for effect in console.takeEffects() {
            guard case .sessions(.list(let page)) = effect else { continue }
            console.answer(.sessions(.list(page, .success(Page(data: [Sample.session(60)], nextCursor: "c3")))))
        }
        #expect(!console.lines.contains { $0.dropFirst().hasPrefix("+") })
    }
}
