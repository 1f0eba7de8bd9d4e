import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Reading the overview", .ownThread)
struct OverviewTests {
    private func page(_ cursor: String?, _ window: OverviewWindow = .day, generation: Int = 0) -> PageRequest<SessionFilter> {
        PageRequest(filter: SessionFilter(since: window.rawValue), cursor: cursor, generation: generation)
    }

    /// The sessions of a page of one hundred, each a minute older than the one before; page 0 has the newest.
    private func sessions(_ page: Int, count: Int = 100) -> [CallSession] {
        (0..<count).map { OverviewSample.session(page * 100 + $0, secondsAgo: Double(page * 100 + $0) * 60) }
    }

    private func opened() -> TestConsole {
        var console = TestConsole.loaded()
        console.press("0")
        return console
    }

    @Test("nothing is read before it is opened; then one page at a time, with the progress")
    func pages() {
        var console = TestConsole.loaded()
        console.press("2", .character("1"))
        #expect(console.takeEffects().isEmpty)
        console.press("0")
        #expect(console.takeEffects() == [.overview(.page(page(nil)))])
        console.press("j")
        #expect(console.takeEffects().isEmpty, "what is out is not asked for twice")
        console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0), nextCursor: "c1")))))
        #expect(console.takeEffects() == [.overview(.page(page("c1")))])
        // 99 of 1,440 minutes.
        console.expect("Reading the last 24 h")
        console.expect("6 %")
        console.expect("100 sessions so far")
        console.answer(.overview(.page(page("c1"), .success(Page(data: sessions(1, count: 31))))))
        console.expect("Last 24 h · from 131 sessions")
    }

    @Test("leaving it pauses the reading; coming back continues with the same page")
    func pausing() {
        var console = opened()
        console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0), nextCursor: "c1")))))
        console.takeEffects()
        console.press("1")
        console.answer(.overview(.page(page("c1"), .success(Page(data: sessions(1), nextCursor: "c2")))))
        #expect(console.takeEffects().isEmpty)
        console.press("0")
        #expect(console.takeEffects() == [.overview(.page(page("c2")))])
    }

    /// A console with a complete window of two pages, and no sample.
    private func loaded() -> TestConsole {
        var console = opened()
        console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0), nextCursor: "c1")))))
        console.answer(.overview(.page(page("c1"), .success(Page(data: sessions(1, count: 31))))))
        OverviewSample.answerStages(&console)
        console.takeEffects()
        return console
    }

    @Test("a refresh reads up to the first known session, counts each session once and drops old ones")
    func refreshing() {
        var console = loaded()
        console.wait(7_200)
        console.press("r")
        #expect(console.takeEffects().contains(.overview(.page(page(nil)))))
        let new = (0..<150).map { OverviewSample.session(1_000 + $0, secondsAgo: Double($0) - 7_000) }
        let head = Array(new.prefix(100))
        console.answer(.overview(.page(page(nil), .success(Page(data: head, nextCursor: "n1")))))
        #expect(console.takeEffects().contains(.overview(.page(page("n1")))))
        console.expect("from 131 sessions", "counted only when nothing can be between")
        console.answer(.overview(.page(page("n1"), .success(Page(data: Array(new.suffix(50)) + sessions(0).prefix(50), nextCursor: "n2")))))
        console.expect("from 281 sessions")
        console.takeEffects()
        // A day later all sessions are too old.
        console.wait(86_400 + 7_200)
        console.press("r")
        console.answer(.overview(.page(page(nil), .success(Page(data: [])))))
        console.expect("from 0 sessions")
    }

    @Test("a new sample is taken after an hour, and not before")
    func sampling() {
        var console = opened()
        console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0))))))
        var asked: [Identifier<CallSession>] = []
        while let batch = Optional(OverviewSample.stages(console.takeEffects())), !batch.isEmpty {
            #expect(batch.count <= 2)
            asked += batch
            for id in batch { console.answer(.overview(.timing(id, .success(CallTiming(Sample.sessionDetail()))))) }
        }
        #expect(asked.count == 20 && Set(asked).count == 20)
        console.expect("slowest stage upstream, 85 % of the time (from 20 sessions)")
        for (seconds, isDue) in [(600.0, false), (3_600, true)] {
            console.wait(seconds)
            console.press("r")
            console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0))))))
            #expect(OverviewSample.stages(console.takeEffects()).isEmpty != isDue)
        }
    }

    @Test("one failing session of the sample does not stop the others; three in a row do")
    func failingSample() {
        var console = opened()
        console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0))))))
        var count = 0
        while let batch = Optional(OverviewSample.stages(console.takeEffects())), !batch.isEmpty {
            for id in batch {
                count += 1
                let isGood = count == 1
                console.answer(.overview(.timing(id, isGood ? .success(CallTiming(Sample.sessionDetail())) : .failure(Sample.error(.notFound, 404)))))
            }
        }
        #expect(count <= 6)
        console.expect("(from 1 of 20 sessions)")
    }

    @Test("when there are more sessions than are read, the screen says so")
    func truncated() {
        var console = opened()
        for number in 0..<Overview.mostPages {
            let data = [OverviewSample.session(number, secondsAgo: Double(number) * 60)]
            console.answer(.overview(.page(page(number == 0 ? nil : "c\(number)"), .success(Page(data: data, nextCursor: "c\(number + 1)")))))
        }
        #expect(!console.takeEffects().contains(.overview(.page(page("c\(Overview.mostPages)")))))
        console.expect("from the newest 200 of the last 24 h")
    }

    @Test("the reading ends when pages repeat themselves or contain nothing new", arguments: [true, false])
    func endless(sameCursor: Bool) {
        var console = opened()
        var asked = 1
        for number in 0..<20 {
            let cursor = console.takeEffects().compactMap { effect -> PageRequest<SessionFilter>? in
                if case .overview(.page(let request)) = effect { return request }
                return nil
            }.first
            guard let cursor else { break }
            asked += 1
            console.answer(.overview(.page(cursor, .success(Page(data: sessions(0), nextCursor: sameCursor ? "same" : "c\(number)")))))
        }
        #expect(asked <= 5)
        console.expect("from 100 sessions, may be incomplete")
    }

    @Test("a failure is shown beside the known figures; the request is repeated after a pause, or at once with r", arguments: [
        (APIError.Kind.server, 10.0), (.rateLimited(retryAfter: .seconds(60)), 60),
    ])
    func failing(kind: APIError.Kind, pause: Double) {
        var console = opened()
        console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0), nextCursor: "c1")))))
        console.takeEffects()
        let error = Sample.error(kind, 500)
        console.answer(.overview(.page(page("c1"), .failure(error))))
        console.expect("r continues")
        console.expect("100 sessions so far")
        console.wait(pause - 2)
        console.press("j")
        #expect(console.takeEffects().isEmpty)
        console.press("r")
        #expect(console.takeEffects().contains(.overview(.page(page("c1")))))
        console.answer(.overview(.page(page("c1"), .failure(error))))
        console.wait(pause)
        console.press("j")
        #expect(console.takeEffects().contains(.overview(.page(page("c1")))))
        console.answer(.overview(.page(page("c1"), .success(Page(data: [])))))
        console.expectNot("r continues")
        console.expect("from 100 sessions")
    }

    @Test("a 403 is shown on the page, and the other views work")
    func forbidden() {
        var console = opened()
        console.answer(.overview(.page(page(nil), .failure(Sample.forbidden))))
        console.expectSnapshot("overview-forbidden")
        console.expectPosition("all")
        console.press("1")
        console.expect("appointment-bot-prod")
    }

    @Test("a 401 opens the sign-in screen; afterwards the reading continues where it was")
    func unauthenticated() {
        var console = opened()
        console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0), nextCursor: "c1")))))
        console.answer(.overview(.page(page("c1"), .failure(Sample.unauthenticated))))
        #expect(console.state.isSignedOut)
        console.takeEffects()
        console.wait(600)
        console.act(.woke)
        #expect(console.takeEffects().isEmpty)
        console.answer(.account(.signedIn(.success(Sample.admin))))
        #expect(console.takeEffects().contains(.overview(.page(page("c1")))))
    }

    @Test("promise 37: the lock removes the figures, and late answers do not bring them back")
    func locking() {
        var console = loaded()
        console.expect("appointment-bot")
        console.press("r")
        console.act(.idled)
        #expect(!"\(console.state)".contains("appointment-bot"))
        console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0))))))
        #expect(!"\(console.state)".contains("appointment-bot"))
        console.takeEffects()
        console.press("x")
        console.answer(.account(.user(.success(Sample.admin))))
        #expect(console.takeEffects().contains(.overview(.page(page(nil, generation: 1)))))
        console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0))))))
        console.expectNot("from 100 sessions", "asked for before the lock")
    }

    @Test("logging out removes the figures, and late answers are not shown to the next user")
    func logOut() {
        var console = loaded()
        console.press("r")
        console.takeEffects()
        console.answer(.account(.loggedOut(.signedOut)))
        #expect(console.takeEffects().contains(.cancelReading))
        #expect(!"\(console.state.data.overviews)".contains("appointment-bot"))
    }

    @Test("t changes the window; running requests are cancelled, and the figures read so far are kept")
    func windows() {
        var console = loaded()
        console.press("t")
        #expect(console.takeEffects() == [.overview(.page(page(nil, .week)))])
        console.press("t")
        #expect(console.takeEffects() == [.cancel(.overview(.page(page(nil, .week)))), .overview(.page(page(nil, .hour)))])
        console.press("t")
        console.expect("from 131 sessions")
    }

    @Test("Enter on an agent or a status shows its sessions of the same period")
    func opening() {
        var console = loaded()
        #expect(console.selected?.hasPrefix("appointment-bot") == true)
        console.press("j", .enter)
        let agents = console.state.data.overviews.shown?.figures.agents ?? []
        #expect(console.state.tab == .sessions && console.state.data.sessions.list.filter == SessionFilter(since: "24h", agentID: agents[1].id))
        console.press("0")
        console.press("k")
        console.press("k", .enter)
        #expect(console.state.data.sessions.list.filter == SessionFilter(since: "24h", status: .error))
    }

    @Test(":overview opens it, also with a window")
    func commandLine() {
        var console = TestConsole.loaded()
        console.run(":overview 1h")
        #expect(console.state.tab == .overview && console.state.data.overviews.window == .hour)
    }

    @Test("all agents are read to find those without sessions")
    func quietAgents() {
        var console = TestConsole()
        for effect in console.takeEffects() {
            if case .agents(.list(let request)) = effect { console.answer(.agents(.list(request, .success(Page(data: Sample.manyAgents(100), nextCursor: "a2"))))) }
        }
        console.takeEffects()
        console.press("0")
        console.answer(.overview(.page(page(nil), .success(Page(data: sessions(0))))))
        #expect(console.takeEffects().contains(.agents(.list(PageRequest(filter: AgentFilter(), cursor: "a2", generation: 1)))))
    }
}
