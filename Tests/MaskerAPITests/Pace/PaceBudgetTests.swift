import TestSupport
import Testing

@testable import MaskerAPI

@Suite("The budget of the pace", .ownThread)
struct PaceBudgetTests {
    private static let interval = 100_000, second = 1_000_000

    @Test("bulk requests are one interval apart, and a late one does not make up for lost time")
    func distance() {
        var budget = PaceBudget()
        #expect(budget.takeTurn(at: 1_000_000, interval: Self.interval) == nil)
        #expect(budget.takeTurn(at: 1_000_000, interval: Self.interval) == 1_100_000)
        #expect(budget.takeTurn(at: 1_099_999, interval: Self.interval) == 1_100_000)
        #expect(budget.takeTurn(at: 1_100_000, interval: Self.interval) == nil)
        #expect(budget.takeTurn(at: 9_000_000, interval: Self.interval) == nil)
        #expect(budget.takeTurn(at: 9_000_000, interval: Self.interval) == 9_100_000)
    }

    @Test("interactive requests count, however many come at once, and delay bulk work by at most 10 s")
    func share() {
        var budget = PaceBudget()
        budget.count(3, at: 0, interval: Self.interval)
        #expect(budget.takeTurn(at: 0, interval: Self.interval) == 300_000)
        #expect(budget.takeTurn(at: 300_000, interval: Self.interval) == nil)
        budget.count(.max, at: 300_000, interval: Self.interval)
        #expect(budget.takeTurn(at: 300_000, interval: Self.interval) == 300_000 + 10 * Self.second)
    }

    @Test("without a pace, only a pause of the server delays bulk work")
    func noPace() {
        var budget = PaceBudget()
        for _ in 0..<100 { #expect(budget.takeTurn(at: 5, interval: 0) == nil) }
        budget.pause(until: 5 + Self.second, at: 5)
        #expect(budget.takeTurn(at: 5, interval: 0) == 5 + Self.second)
        #expect(budget.takeTurn(at: 5 + Self.second, interval: 0) == nil)
    }

    @Test("the longer of two pauses counts, and 10 minutes at most")
    func pauses() {
        var budget = PaceBudget()
        budget.pause(until: 9 * Self.second, at: 0)
        budget.pause(until: 3 * Self.second, at: 0)
        #expect(budget.pausedUntil == 9 * Self.second)
        budget.pause(until: .max, at: 0)
        #expect(budget.pausedUntil == 600 * Self.second)
    }

    @Test("impossible times are ignored: those of another start of the machine, or of a clock that was set back", arguments: [
        PaceBudget(free: 1 << 60, pausedUntil: 1 << 60), PaceBudget(free: 11 * second, pausedUntil: 601 * second),
    ])
    func rubbish(budget: PaceBudget) {
        var budget = budget
        #expect(budget.takeTurn(at: 0, interval: Self.interval) == nil)
        #expect(budget.takeTurn(at: 0, interval: Self.interval) == Self.interval)
    }

    @Test("of two budgets, the later times count")
    func merging() {
        var budget = PaceBudget(free: 5, pausedUntil: 9)
        budget.merge(PaceBudget(free: 7, pausedUntil: 8))
        #expect(budget == PaceBudget(free: 7, pausedUntil: 9))
    }
}
