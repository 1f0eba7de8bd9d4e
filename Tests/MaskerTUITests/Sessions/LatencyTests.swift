import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Latencies and stages of the list", .ownThread)
struct LatencyTests {
    private func stages(_ effects: [Effect]) -> [Identifier<CallSession>] {
        effects.compactMap { effect in
            if case .sessions(.timing(let id)) = effect { return id }
            return nil
        }
    }

    private func opened(columns: Int = 80, rows: Int = 24) -> TestConsole {
        var console = TestConsole.loaded(columns: columns, rows: rows)
        console.press("2")
        console.takeEffects()
        console.press("H")
        return console
    }

    private func answerSample(_ console: inout TestConsole) {
        while let ids = Optional(stages(console.takeEffects())), !ids.isEmpty {
            for id in ids { console.answer(.sessions(.timing(id, .success(CallTiming(Sample.sessionDetail()))))) }
        }
    }

    @Test("from the list: the loaded sessions, and a sample of twenty, two requests at a time")
    func fromList() {
        var console = opened()
        console.expect("from 60 sessions that are loaded")
        var asked: [Identifier<CallSession>] = []
        while let ids = Optional(stages(console.takeEffects())), !ids.isEmpty {
            #expect(ids.count <= 2)
            asked += ids
            for id in ids { console.answer(.sessions(.timing(id, .success(CallTiming(Sample.sessionDetail()))))) }
        }
        #expect(asked.count == 20 && Set(asked).count == 20)
        console.press("G")
        console.expect("from 20 sessions, spread over the list")
    }

    @Test("the screen in three sizes", arguments: [(60, 15), (80, 24), (200, 60)])
    func look(columns: Int, rows: Int) {
        var console = opened(columns: columns, rows: rows)
        answerSample(&console)
        console.expectSnapshot("latency-\(columns)x\(rows)")
        console.expectPosition(rows == 60 ? "all" : "top")
        console.press("G")
        console.expectSnapshot("latency-\(columns)x\(rows)-end")
        console.expectPosition(rows == 60 ? "all" : "end")
    }

    @Test("from a session: its place among the others")
    func fromSession() {
        var console = TestConsole.loaded(columns: 100, rows: 40)
        console.press("2", .enter)
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail()))))
        console.takeEffects()
        console.press("H")
        let out = stages(console.takeEffects())
        #expect(out.first == Sample.sessionID(0) && out.count == 3, "the session's own durations are requested first")
        console.expect("This session: loading…")
        var own = Sample.sessionDetail()
        own.session.durationMS = 1_000
        console.answer(.sessions(.timing(Sample.sessionID(0), .success(CallTiming(own)))))
        // 412 ms and 37 ms more each: 16 of 60 are faster than one second.
        console.expect("This session took 1.00 s: 27 % of the list were faster.")
        #expect(console.lines.contains { $0.hasPrefix("  ▌ 1–1.5 s") && $0.hasSuffix("‹ this session") })
        for id in out.dropFirst() { console.answer(.sessions(.timing(id, .success(CallTiming(Sample.sessionDetail()))))) }
        answerSample(&console)
        console.expectSnapshot("latency-of-session")
        console.expectPosition("all")
        console.press(.escape)
        console.expect("merkle root")
    }

    @Test("leaving the screen cancels pending requests")
    func leaving() {
        var console = opened()
        let out = stages(console.takeEffects())
        console.press(.escape)
        #expect(console.takeEffects() == out.map { .cancel(.sessions(.timing($0))) } && out.count == 2)
    }

    @Test("only the sessions that match the search")
    func found() {
        var console = TestConsole.loaded()
        console.press("2")
        console.press("/")
        console.type("refill")
        console.press(.enter)
        console.press("H")
        console.expect("with “refill” · from 15 sessions")
    }

    @Test("one failing session does not stop the sample and is reported; three in a row end the sample")
    func failing() {
        var console = opened(rows: 40)
        var count = 0
        while let ids = Optional(stages(console.takeEffects())), !ids.isEmpty {
            for id in ids {
                count += 1
                console.answer(.sessions(.timing(id, count == 1 ? .success(CallTiming(Sample.sessionDetail())) : .failure(Sample.error(.server, 500)))))
            }
        }
        #expect(count <= 6)
        console.expect("from 1 of 20 sessions")
        console.expect("the server failed (500)")
    }

    @Test("promise 37: the lock drops the sample; afterwards a new one is taken")
    func locking() {
        var console = opened(rows: 40)
        answerSample(&console)
        console.expect("352 ms")
        console.act(.idled)
        #expect(!"\(console.state)".contains("upstream: Optional(352.0)"))
        console.press("x")
        console.answer(.account(.user(.success(Sample.admin))))
        console.answerRefresh()
        #expect(stages(console.takeEffects()).count == 2)
    }

    @Test("401: the sign-in screen covers it; afterwards pending requests are sent again")
    func unauthenticated() {
        var console = opened()
        let out = stages(console.takeEffects())
        console.answer(.sessions(.timing(out[0], .failure(Sample.unauthenticated))))
        #expect(console.state.isSignedOut)
        console.takeEffects()
        console.answer(.account(.signedIn(.success(Sample.admin))))
        #expect(stages(console.takeEffects()).contains(out[1]))
    }

    @Test("without sessions the screen says so")
    func empty() {
        var console = TestConsole.loaded(sessions: [])
        console.press("2")
        console.press("H")
        console.expect("from 0 sessions")
        console.press("G")
        console.expect("no sessions for a sample")
    }

    @Test("each session is counted in one range, the right one; no range between the first and the last is missing")
    func ranges() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        for _ in 0..<Soak.count(50, soak: 2_000) {
            let sessions = (0..<Int.random(in: 0...120, using: &random)).map { number in
                var session = Sample.session(number)
                session.durationMS = [nil, -1, .nan, 50, 1_000, 300_000].randomElement(using: &random) ?? nil
                if Bool.random(using: &random) { session.durationMS = Double.random(in: 0...400_000, using: &random) }
                return session
            }
            var table = DurationTable()
            for session in sessions {
                table.add(session.durationMS, DurationTable.place(of: session.status))
                if Int.random(in: 0..<20, using: &random) == 0 { table.findQuantiles() }
            }
            table.findQuantiles()
            let valid = sessions.compactMap(\.durationMS).filter { $0 >= 0 }
            #expect((0..<valid.count).map { table.all.counts.value(atRank: $0 + 1) } == valid.sorted(), "MASKER_SEED=\(seed)")
            #expect(table.all.counts.value(atRank: valid.count + 1) == nil && table.all.counts.count == valid.count, "MASKER_SEED=\(seed)")
            #expect(table.all.quantiles == [0.5, 0.95, 1].map { Quantile.of(valid.sorted(), $0) }, "MASKER_SEED=\(seed)")
            #expect(table.all.counts.count(below: 1_000) == valid.count { $0 < 1_000 }, "MASKER_SEED=\(seed)")
            #expect(table.ranges.reduce(0) { $0 + $1.statuses.total } == valid.count, "MASKER_SEED=\(seed)")
            for range in table.ranges {
                #expect(range.statuses.total == valid.count { $0 >= range.low && $0 < range.high }, "MASKER_SEED=\(seed)")
            }
            for (range, next) in zip(table.ranges, table.ranges.dropFirst()) { #expect(range.high == next.low) }
        }
    }

    @Test("ranges have readable names", arguments: [
        (0.0, 50.0, "under 50 ms"), (200, 300, "200–300 ms"), (700, 1_000, "0.7–1 s"), (1_500, 2_000, "1.5–2 s"), (60_000, 120_000, "1–2 min"),
        (300_000, .infinity, "5 min or more"),
    ])
    func names(low: Double, high: Double, name: String) {
        #expect(DurationTable.Range(low: low, high: high).label == name)
    }
}
