import Foundation
import TestSupport
import Testing

@testable import MaskerMock

@Suite("Figures that follow the clock", .ownThread)
struct PastWindowTests {
    private static let now = Date(timeIntervalSince1970: 1_777_842_872)

    private func generator(_ count: Int) -> SessionGenerator {
        var options = MockOptions()
        options.agents = 5
        let agents = SampleAgents.make(options, origin: "", now: Self.now)
        return SessionGenerator(seed: 9, count: count, now: Self.now, agents: agents)
    }

    @Test("a window that has moved has the same figures as a new one, also when the clock goes back")
    func moves() {
        let past = generator(4_000)
        var moved = PastWindow(seconds: 86_400, keepsDurations: true)
        for hours in [0.0, 1, 5, 23, 300, 720, 800, 2] {
            let now = Self.now.addingTimeInterval(hours * 3_600)
            moved.move(to: now, past)
            var fresh = PastWindow(seconds: 86_400, keepsDurations: true)
            fresh.move(to: now, past)
            let inside = (0..<4_000).filter { past.startedAt($0) >= now.addingTimeInterval(-86_400) }
            for agent in 0..<5 {
                let facts = inside.map(past.facts).filter { $0.agent == agent }
                #expect(moved[agent].sessions == facts.count)
                #expect(moved[agent].redactions == facts.map(\.redactions).reduce(0, +))
                #expect(moved[agent].percentile(0.95) == fresh[agent].percentile(0.95))
                #expect((moved[agent].percentile(0.5) == nil) == facts.isEmpty)
            }
        }
    }

    @Test("a higher index has an earlier time, an id gives its index, and a made-up id gives none", arguments: [1, 1_000_000])
    func numbers(count: Int) throws {
        let past = generator(count)
        for index in stride(from: 0, to: count, by: max(count / 500, 1)) {
            #expect(past.index(of: past.id(index)) == index)
            if index > 0 { #expect(past.startedAt(index) <= past.startedAt(index - 1)) }
            #expect(past.count(since: past.startedAt(index)) > index)
        }
        #expect(past.index(of: generator(count + 1).id(count)) == nil)
        #expect(past.index(of: .init("sess_00000000000000000000000000")) == nil)
    }

    @Test("without sessions the figures are empty, and nothing crashes")
    func empty() {
        let past = generator(0)
        var window = PastWindow(seconds: 60, keepsDurations: true)
        window.move(to: Self.now, past)
        #expect(window[0].sessions == 0 && window[0].percentile(0.5) == nil)
        #expect(past.count(since: .distantPast) == 0)
    }
}
