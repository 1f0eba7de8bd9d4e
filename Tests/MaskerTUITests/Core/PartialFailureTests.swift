import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

/// One part of a refresh fails while the others succeed.
@Suite("One failing part does not stop the others", .ownThread)
struct PartialFailureTests {
    private static let failures: [APIError] = [
        Sample.error(.server, 500), Sample.error(.notFound, 404), Sample.error(.unexpectedResponse, 200), Sample.lost,
    ]

    /// Answers the requested parts: those in `failing` with an error, the others with data. Returns the requested parts.
    @discardableResult
    private func answer(_ console: inout TestConsole, _ failing: Set<RefreshSchedule.Part>, _ error: APIError) -> Set<RefreshSchedule.Part> {
        var asked: Set<RefreshSchedule.Part> = []
        for effect in console.takeEffects() {
            switch effect {
            case .account(.user):
                asked.insert(.user)
                console.answer(.account(.user(failing.contains(.user) ? .failure(error) : .success(Sample.admin))))
            case .agents(.list(let page)):
                asked.insert(.agents)
                console.answer(.agents(.list(page, failing.contains(.agents) ? .failure(error) : .success(Page(data: Sample.agents)))))
            case .sessions(.list(let page)):
                asked.insert(.sessions)
                console.answer(.sessions(.list(page, failing.contains(.sessions) ? .failure(error) : .success(Page(data: Sample.sessions)))))
            default: break
            }
        }
        return asked
    }

    /// Counts the requests for each part within ten minutes.
    private func counts(_ console: inout TestConsole, failing: Set<RefreshSchedule.Part>, _ error: APIError) -> [RefreshSchedule.Part: Int] {
        var counts: [RefreshSchedule.Part: Int] = [:]
        let end = console.now + 600
        while console.now < end {
            for part in answer(&console, failing, error) { counts[part, default: 0] += 1 }
            console.wait(1)
            console.act(.woke)
        }
        return counts
    }

    @Test("requests for the user always fail: the lists are refreshed as usual, and the header shows the problem", arguments: failures)
    func user(error: APIError) {
        var console = TestConsole()
        let counts = counts(&console, failing: [.user], error)
        #expect(counts[.agents] ?? 0 >= 38 && counts[.sessions] ?? 0 >= 38, "\(counts)")
        #expect(counts[.user] ?? 0 <= 8, "it is asked for more and more rarely: \(counts)")
        console.expectNot("signing in")
        console.expect("⚠ user unknown" + (error.status.map { " (\($0))" } ?? ""))
        #expect(console.lines[0].contains("↻ \(Sample.clock.time(console.state.refreshedAt ?? .distantPast))"))
        #expect((console.state.refreshedAt ?? .distantPast) > console.now - 20)
        console.press("3")
        console.expect("r tries again")
    }

    @Test("a forbidden request for the user is shown, and everything else works")
    func forbidden() {
        var console = TestConsole()
        let counts = counts(&console, failing: [.user], Sample.forbidden)
        #expect(counts[.agents] ?? 0 >= 38)
        console.expect("⚠ user unknown (403)")
        console.expectNot("signing in")
    }

    @Test("one list always fails: the other parts continue, its page says why, and its data is not shown as new", arguments: failures, [
        RefreshSchedule.Part.agents, .sessions,
    ])
    func list(error: APIError, part: RefreshSchedule.Part) {
        var console = TestConsole.loaded()
        let before = console.state.refreshedAt
        let counts = counts(&console, failing: [part], error)
        let others = Set(RefreshSchedule.Part.allCases).subtracting([part])
        for other in others { #expect(counts[other] ?? 0 >= 38, "\(other): \(counts)") }
        #expect(counts[part] ?? 0 <= 8, "\(counts)")
        #expect(console.state.refreshedAt == before)
        console.press(part == .agents ? "1" : "2")
        console.expect("not up to date")
    }

    @Test("after a complete outage, a part that still fails does not stop the others", arguments: RefreshSchedule.Part.allCases)
    func recovery(part: RefreshSchedule.Part) {
        var console = TestConsole()
        let error = Sample.error(.server, 503)
        _ = counts(&console, failing: Set(RefreshSchedule.Part.allCases), error)
        let counts = counts(&console, failing: [part], error)
        for other in RefreshSchedule.Part.allCases where other != part { #expect(counts[other] ?? 0 >= 1, "\(other): \(counts)") }
        #expect(!console.state.refresh.isFailing)
    }

    @Test("r requests all parts at once, also those that wait for their own time")
    func byHand() {
        var console = TestConsole()
        _ = counts(&console, failing: [.user], Sample.error(.server, 500))
        answer(&console, [.user], Sample.error(.server, 500))
        console.press("r")
        #expect(Set(console.takeEffects().compactMap { effect -> String? in
            switch effect {
            case .account(.user): "user"
            case .agents(.list): "agents"
            case .sessions(.list): "sessions"
            default: nil
            }
        }) == ["user", "agents", "sessions"])
    }

    // MARK: Details

    /// Answers the next automatic refresh with these agents. Returns its other requests.
    private func nextRefresh(_ console: inout TestConsole, agents: [Agent] = Sample.agents) -> [Effect] {
        console.takeEffects()
        console.wait(16)
        console.act(.woke)
        let asked = console.effects
        console.answerRefresh(agents: agents)
        console.takeEffects()
        return asked.filter { effect in
            switch effect {
            case .account(.user), .agents(.list), .sessions(.list): false
            default: effect.kind == .read
            }
        }
    }

    @Test("an agent's detail that failed is read again automatically, and only the failed part of it")
    func agentDetail() {
        var console = TestConsole.loaded()
        console.press(.enter)
        let id = Sample.agents[0].id
        console.answer(.agents(.detail(id, .failure(Sample.error(.server, 500)))))
        console.answer(.agents(.latestSessions(id, .success(Page(data: [])))))
        #expect(nextRefresh(&console) == [.agents(.detail(id))])
        console.answer(.agents(.detail(id, .success(Sample.agentDetail))))
        #expect(nextRefresh(&console) == [])
    }

    @Test("a session's detail that failed is read again automatically")
    func sessionDetail() {
        var console = TestConsole.loaded()
        console.press("2")
        console.press(.enter)
        let id = Sample.sessions[0].id
        console.answer(.sessions(.detail(id, .failure(Sample.lost))))
        #expect(nextRefresh(&console) == [.sessions(.detail(id))])
    }

    @Test("an open agent that another user deletes is requested once more, and then shown as deleted")
    func deletedElsewhere() {
        var console = TestConsole.loaded()
        console.press(.enter)
        let id = Sample.agents[0].id
        console.answer(.agents(.detail(id, .success(Sample.agentDetail))))
        console.answer(.agents(.latestSessions(id, .success(Page(data: [])))))
        let others = Array(Sample.agents.dropFirst())
        #expect(nextRefresh(&console, agents: others) == [])
        #expect(nextRefresh(&console, agents: others) == [.agents(.detail(id))])
        console.answer(.agents(.detail(id, .failure(APIError(kind: .notFound, status: 404, code: "agent_not_found", message: "No such agent.")))))
        console.expect("This agent is deleted.")
        #expect(nextRefresh(&console, agents: others) == [])
    }

    // MARK: Retention

    @Test("a period beyond the retention is pointed out, and requested all the same", arguments: [("100d", true), ("2026-01-01", true), ("90d", false), ("24h", false), ("9999h", true)])
    func retention(since: String, isBeyond: Bool) throws {
        var console = TestConsole.loaded()
        console.run(":sessions since=\(since)")
        let asked = console.takeEffects().contains { if case .sessions(.list(let page)) = $0 { page.filter.since?.hasPrefix(since) == true } else { false } }
        #expect(asked)
        if isBeyond { console.expect("sessions are kept for 90 days") } else { console.expectNot("kept for 90") }
    }
}
