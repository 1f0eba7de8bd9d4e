import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Property: statistics of sessions", .ownThread)
struct StatisticsTests {
    private static func session(_ number: Int, _ random: inout SeededGenerator, within seconds: Double) -> CallSession {
        let agent = Int.random(in: 1...6, using: &random)
        // Durations of all sizes, from zero to hours; some are missing or invalid.
        let duration: Double? =
            switch Int.random(in: 0...30, using: &random) {
            case 0: nil
            case 1: -Double.random(in: 1...100, using: &random)
            case 2: .infinity
            default: exp2(Double.random(in: -2...24, using: &random)).rounded()
            }
        let kinds = ["NAME", "PHONE", "DOB"].filter { _ in Bool.random(using: &random) }
        return CallSession(
            id: Sample.sessionID(number), agentID: agent == 6 ? nil : Sample.agentID(agent), agentName: agent == 6 ? nil : "agent-\(agent)",
            startedAt: Sample.now - Double.random(in: 0...seconds, using: &random), durationMS: duration,
            status: ([.ok, .partial, .error, "odd", nil] as [CallStatus?]).randomElement(using: &random) ?? nil,
            redactionsByKind: Dictionary(uniqueKeysWithValues: kinds.map { ($0, Int.random(in: -2...9, using: &random)) }))
    }

    @Test("the figures equal those of counting all sessions one by one; quantiles differ by at most 1.6 %, the longest by nothing")
    func figures() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        for run in 0..<Soak.count(60, soak: 2_000) {
            let window = OverviewWindow.allCases.randomElement(using: &random) ?? .day
            let sessions = (0..<Int.random(in: 0...400, using: &random)).map {
                Self.session($0, &random, within: Double(window.seconds))
            }
            var statistics = SessionStatistics(sliceLength: window.sliceSeconds)
            for session in sessions { statistics.add(session) }
            let figures = OverviewFigures(statistics, window, until: Sample.now)
            let comment: Comment = "run \(run), MASKER_SEED=\(seed)"
            #expect(figures.statuses == Self.counts(sessions), comment)
            for kind in ["NAME", "PHONE", "DOB"] {
                let expected = sessions.reduce(0) { $0 + max($1.redactionsByKind?[kind] ?? 0, 0) }
                #expect(figures.kinds.first { $0.name == kind }?.count ?? 0 == expected, comment)
            }
            Self.expect(figures.latencies, sessions, comment)
            for agent in figures.agents {
                let own = sessions.filter { $0.agentID == agent.id }
                #expect(agent.statuses == Self.counts(own), comment)
                Self.expect(agent.latencies, own, comment)
            }
            #expect(Set(figures.agents.map(\.id)) == Set(sessions.map(\.agentID)), comment)
            for (index, column) in figures.columns.enumerated() {
                let end = column.start + Double(window.columnSeconds)
                let own = sessions.filter { session in session.startedAt.map { $0 >= column.start && $0 < end } == true }
                #expect(column.statuses == Self.counts(own), comment)
                for agent in figures.agents where !agent.trend.isEmpty {
                    let durations = Self.durations(own.filter { $0.agentID == agent.id })
                    #expect((agent.trend[index] == nil) == durations.isEmpty, comment)
                }
            }
        }
    }

    private static func counts(_ sessions: [CallSession]) -> StatusCounts {
        func count(_ matches: (CallStatus?) -> Bool) -> Int { sessions.filter { matches($0.status) }.count }
        return StatusCounts(
            ok: count { $0 == .ok }, partial: count { $0 == .partial }, error: count { $0 == .error }, other: count { $0 == nil || $0 == "odd" })
    }

    private static func durations(_ sessions: [CallSession]) -> [Double] {
        sessions.compactMap(\.durationMS).filter { $0.isFinite && $0 >= 0 }.sorted()
    }

    private static func expect(_ histogram: LatencyHistogram, _ sessions: [CallSession], _ comment: Comment) {
        let durations = durations(sessions)
        #expect(histogram.count == durations.count, comment)
        for share in [0.01, 0.25, 0.5, 0.75, 0.95, 0.99] {
            guard let exact = Quantile.of(durations, share), let estimate = histogram.quantile(share) else {
                #expect(durations.isEmpty && histogram.quantile(share) == nil, comment)
                continue
            }
            #expect(abs(estimate - exact) <= max(exact / 64, 0.5), "\(share): \(estimate) for \(exact), \(comment)")
        }
        if let longest = durations.last { #expect(histogram.quantile(1) == longest, comment) }
    }

    @Test("the statistics of two halves add up to those of all sessions, in any order")
    func merging() {
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        for _ in 0..<Soak.count(40, soak: 1_000) {
            let sessions = (0..<Int.random(in: 1...200, using: &random)).map { Self.session($0, &random, within: 86_400) }
            var whole = SessionStatistics(sliceLength: 600), left = whole, right = whole
            for session in sessions { whole.add(session) }
            for session in sessions.shuffled(using: &random) {
                if Bool.random(using: &random) { left.add(session) } else { right.add(session) }
            }
            left.merge(right)
            #expect(left == whole, "MASKER_SEED=\(seed)")
        }
    }

    @Test("old sessions are dropped, with the names of agents that have no other session")
    func dropping() {
        var statistics = SessionStatistics(sliceLength: 600)
        var old = Sample.session(1), new = Sample.session(2)
        old.startedAt = Sample.now - 86_400
        new.startedAt = Sample.now
        statistics.add(old)
        statistics.add(new)
        statistics.drop(before: statistics.slice(of: Sample.now - 3_600))
        let figures = OverviewFigures(statistics, .day, until: Sample.now)
        #expect(figures.statuses.total == 1 && statistics.names.count == 1)
    }

    @Test("a slice that began before the window counts in all figures except the columns, which all have the same length")
    func firstSlice() {
        var statistics = SessionStatistics(sliceLength: OverviewWindow.day.sliceSeconds)
        var session = Sample.session(0)
        session.startedAt = Sample.now - 86_400 + 1
        statistics.add(session)
        let figures = OverviewFigures(statistics, .day, until: Sample.now)
        #expect(figures.statuses.total == 1 && figures.columns.allSatisfy { $0.statuses.total == 0 })
    }

    @Test("extreme values do not trap, and a server that invents kinds cannot fill the memory")
    func nonsense() {
        var statistics = SessionStatistics(sliceLength: 600)
        for number in 0..<300 {
            var session = Sample.session(number)
            session.startedAt = [Date.distantPast, Date.distantFuture, Date(timeIntervalSince1970: 1e300), nil][number % 4]
            session.durationMS = [1e300, .nan, -.infinity, 0][number % 4]
            session.redactionsByKind = ["KIND-\(number)": .max, "KIND-\(number)b": .min]
            statistics.add(session)
        }
        let figures = OverviewFigures(statistics, .week, until: Sample.now)
        #expect(figures.undated == 75 && figures.statuses.total == 225)
        #expect(statistics.slices.values.allSatisfy { $0.kinds.count <= 65 })
    }

    @Test("a sample is spread over all sessions and contains none twice")
    func spread() {
        for count in [0, 1, 19, 20, 21, 39, 1_000] {
            let sample = StageSample.spread(Array(0..<count))
            #expect(sample.count == min(count, 20) && Set(sample).count == sample.count)
            if count == 1_000 { #expect(sample.first == 25 && sample.last == 975) }
        }
    }

    @Test("the shares of stages refer to the time of all sessions together")
    func stages() {
        let figures = StageFigures.of([
            StageDurations(detection: 10, tokenize: 0, upstream: 90), StageDurations(detection: 30, tokenize: .nan, upstream: 70, rehydrate: -5),
        ])
        #expect(figures.map(\.name) == ["detection", "tokenize", "upstream"])
        #expect(figures.map(\.share) == [0.2, 0, 0.8])
        #expect(figures[0].median == 10 && figures[0].longest == 30)
        #expect(StageFigures.slowest(figures)?.name == "upstream")
    }
}
