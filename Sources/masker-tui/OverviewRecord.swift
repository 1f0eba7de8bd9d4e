import FoundationEssentials
import MaskerAPI
import MaskerTUI
import TerminalKit

/// The overview as JSON.
struct OverviewRecord: Encodable {
    var window: String
    var sessions: Int
    /// Whether the figures include every session of the window.
    var complete: Bool
    var statuses: Statuses
    var latency: Latency
    var slowestStage: String?
    var stageSample: Int
    var stages: [Stage]
    var agents: [AgentRecord]
    var columns: [Column]
    var redactionsByKind: [String: Int]
    var quietAgents: [Quiet]

    enum CodingKeys: String, CodingKey {
        case window, sessions, complete, statuses, stages, agents, columns
        case latency = "latency_ms"
        case slowestStage = "slowest_stage"
        case stageSample = "stage_sample"
        case redactionsByKind = "redactions_by_kind"
        case quietAgents = "agents_without_sessions_24h"
    }

    struct Statuses: Encodable {
        var ok: Int
        var partial: Int
        var error: Int
        var other: Int

        init(_ counts: StatusCounts) {
            ok = counts.ok
            partial = counts.partial
            error = counts.error
            other = counts.other
        }
    }

    struct Latency: Encodable {
        var p50: Double?
        var p95: Double?
        var max: Double?

        init(_ latencies: LatencyHistogram) {
            p50 = latencies.quantile(0.5)
            p95 = latencies.quantile(0.95)
            max = latencies.quantile(1)
        }
    }

    struct Stage: Encodable {
        var name: String
        var share: Double
        var median: Double
        var max: Double

        enum CodingKeys: String, CodingKey {
            case name, share
            case median = "median_ms"
            case max = "max_ms"
        }
    }

    struct AgentRecord: Encodable {
        var id: String?
        var name: String?
        var sessions: Int
        var statuses: Statuses
        var latency: Latency

        enum CodingKeys: String, CodingKey {
            case id, name, sessions, statuses
            case latency = "latency_ms"
        }
    }

    struct Column: Encodable {
        var from: Date
        var statuses: Statuses
    }

    struct Quiet: Encodable {
        var id: String
        var name: String?
    }

    init(_ summary: OverviewSummary) {
        let overview = summary.overview, figures = summary.overview.figures
        let stages = StageFigures.of(overview.stages.durations)
        window = figures.window.rawValue
        sessions = figures.statuses.total
        complete = !overview.isTruncated && !overview.mayBeIncomplete && overview.unreadableCount == 0 && figures.undated == 0
        statuses = Statuses(figures.statuses)
        latency = Latency(figures.latencies)
        slowestStage = StageFigures.slowest(stages)?.name
        stageSample = overview.stages.durations.count
        self.stages = stages.map { Stage(name: $0.name, share: $0.share, median: $0.median, max: $0.longest) }
        agents = figures.agents.map { agent in
            AgentRecord(
                id: agent.id?.rawValue, name: agent.name, sessions: agent.statuses.total, statuses: Statuses(agent.statuses),
                latency: Latency(agent.latencies))
        }
        columns = figures.columns.map { Column(from: $0.start, statuses: Statuses($0.statuses)) }
        redactionsByKind = Dictionary(uniqueKeysWithValues: figures.kinds.map { ($0.name, $0.count) })
        quietAgents = summary.quietAgents.agents.map { Quiet(id: $0.id.rawValue, name: $0.name) }
    }
}
