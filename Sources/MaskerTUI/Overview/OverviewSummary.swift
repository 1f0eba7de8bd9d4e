import FoundationEssentials
import MaskerAPI
import TerminalKit

/// The overview's facts in words, for the screen and for the command `masker-tui overview`.
package final class OverviewSummary {
    package let overview: Overview
    private let agents: AgentListing
    private let waitsUntil: Date?
    private let clock: Clock
    /// The time of the server's clock.
    private let refreshKey: String
    /// By the server's clock.
    let now: Date

    /// - Parameters:
    ///   - now: The time of the server's clock.
    ///   - waitsUntil: Until when reading pauses at the server's request, by the machine's clock.
    package init(_ overview: Overview, agents: AgentListing, now: Date, waitsUntil: Date? = nil, refreshKey: String = "", _ clock: Clock) {
        self.overview = overview
        self.agents = agents
        self.now = now
        self.waitsUntil = waitsUntil
        self.refreshKey = refreshKey
        self.clock = clock
    }

    convenience init(_ overview: Overview, _ context: Context) {
        let account = context.data.account
        self.init(
            overview, agents: context.data.agents.list, now: context.serverTime, waitsUntil: account.waitsUntil,
            refreshKey: context.settings.keyName(.refresh), context.clock)
    }

    /// `from 2,431 sessions`.
    var sample: String {
        let count = Format.count(overview.figures.statuses.total)
        var text = overview.isTruncated ? "from the newest \(count) of the last \(overview.window.name)" : "from \(count) sessions"
        if overview.mayBeIncomplete { text += ", may be incomplete" }
        if overview.unreadableCount > 0 { text += ", \(Format.count(overview.unreadableCount)) unreadable" }
        if overview.figures.undated > 0 { text += ", \(Format.count(overview.figures.undated)) without a start time left out" }
        return text
    }

    /// Why the figures are not newer, or missing.
    var problem: Notice? {
        if let until = waitsUntil { return Notice(.refused, PrintableText(Wording.waiting(until: until, clock))) }
        guard let failure = overview.failure else { return nil }
        if failure.kind == .forbidden { return Notice(.failed, "⊘ " + Wording.forbidden(failure, needs: nil)) }
        if overview.isLoaded { return Notice(.refused, "⚠ not up to date: " + Wording.failure(failure) + PrintableText("; \(refreshKey) tries again")) }
        return Notice(.failed, "⚠ " + Wording.failure(failure) + PrintableText("; \(refreshKey) continues"))
    }

    var latency: String {
        let latencies = overview.figures.latencies
        guard let median = latencies.quantile(0.5), let p95 = latencies.quantile(0.95) else { return "—" }
        return "p50 \(Format.milliseconds(median)) · p95 \(Format.milliseconds(p95)) · max \(Format.milliseconds(latencies.longest))"
    }

    var slowestStage: Notice {
        let sample = overview.stages
        if let slowest = StageFigures.slowest(StageFigures.of(sample.durations)) {
            let of = sample.isComplete && sample.durations.count == sample.size ? "" : " of \(sample.size)"
            let share = Self.percent(slowest.share)
            return Notice(.done, PrintableText("\(slowest.name), \(share) of the time (from \(sample.durations.count)\(of) sessions)"))
        }
        if let failure = sample.failure { return Notice(.failed, "⚠ " + Wording.failure(failure)) }
        return Notice(.done, sample.isComplete && overview.isLoaded ? "—" : "not known yet")
    }

    /// Agents without a session in the last 24 h, as counted by the server.
    package var quietAgents: (title: String, agents: [Agent]) {
        let quiet = agents.items.filter { $0.sessionCount24h == 0 }
        let matching = agents.filter.nameContains == nil ? "" : " found"
        return ("No sessions in 24 h: \(quiet.count) of \(agents.countLabel) agents\(matching)", quiet)
    }

    // MARK: Numbers

    /// A share as a short text for tables: `0.4 %`, `12 %`.
    static func percent(_ share: Double) -> String {
        share >= 0.0995 || share == 0 ? "\(Int((share * 100).rounded())) %" : Format.percent(share)
    }

    /// The time at which a column begins.
    func label(of date: Date) -> String {
        overview.window == .week ? clock.monthDay(date) : clock.hourMinute(date)
    }
}
