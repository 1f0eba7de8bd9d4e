import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("The machine's clock is changed", .ownThread)
struct WallClockTests {
    private static let hours = [-48.0, -1, 0, 1, 48]

    @Test("promise 29: whatever time the machine's clock is set to, a refresh comes when it is due, and a notice disappears", arguments: hours)
    func timers(hours: Double) throws {
        let console = TestConsole.loaded()
        let due = try #require(console.state.refresh.dueAt)
        var state = console.state
        let wall = due.addingTimeInterval(hours * 3_600)
        state.notice = Notice(.done, PrintableText("done"))
        #expect(state.update(.woke, at: due, wall: wall).contains(.account(.user)))
        #expect(state.now == due && abs(state.wall.timeIntervalSince(wall)) < 0.001)
        _ = state.update(.woke, at: due.addingTimeInterval(AppState.noticeLasts + 1), wall: wall)
        #expect(state.notice == nil)
        // The next wake-up follows the clock that cannot be set, so it is at most a minute away.
        #expect(state.nextWake.map { $0.timeIntervalSince(state.now) < 61 } ?? true)
    }

    @Test("the displayed times follow the machine's clock", arguments: hours)
    func shown(hours: Double) throws {
        let console = TestConsole.loaded()
        var state = console.state
        let wall = Sample.now.addingTimeInterval(hours * 3_600)
        _ = state.update(.resized(state.size), at: Sample.now, wall: wall)
        #expect(abs(state.machineClock.now.timeIntervalSince(wall)) < 0.001)
        #expect(abs(state.context.clock.now.timeIntervalSince(wall)) < 0.001)
        #expect(state.context.now == Sample.now)
    }

    @Test("promise 29: the overview's pause after a failure ends as well", arguments: hours)
    func overviewPause(hours: Double) throws {
        var overview = Overview(.day, generation: 0, now: Sample.now)
        let first = try #require(overview.requests(now: Sample.now, steady: Sample.now).first)
        guard case .page(let request) = first else {
            Issue.record("a page is asked for")
            return
        }
        overview.receive(request, .failure(APIError(kind: .server, status: 503, message: "")), now: Sample.now, steady: Sample.now)
        let wall = Sample.now.addingTimeInterval(hours * 3_600)
        #expect(overview.requests(now: wall, steady: Sample.now.addingTimeInterval(5)).isEmpty)
        #expect(!overview.requests(now: wall, steady: Sample.now.addingTimeInterval(11)).isEmpty)
    }
}
