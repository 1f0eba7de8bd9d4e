import FoundationEssentials
import MaskerAPI
import TerminalKit

/// The statistics of a window in the form in which they are shown.
package struct OverviewFigures: Sendable, Equatable {
    package let window: OverviewWindow
    /// The columns of the chart, the oldest first, all of the same length. The newest one ends with the current slice, so the
    /// first minutes of the window lie before the oldest column; they are part of all other figures.
    package private(set) var columns: [Column] = []
    package private(set) var statuses = StatusCounts()
    /// The most frequent kind first.
    package private(set) var kinds: [(name: String, count: Int)] = []
    private(set) var redactions = 0
    package private(set) var latencies = LatencyHistogram()
    /// The agent with most sessions first.
    package private(set) var agents: [AgentFigures] = []
    package private(set) var undated = 0

    package struct Column: Sendable, Equatable {
        package var start: Date
        package var statuses = StatusCounts()
    }

    init(_ statistics: SessionStatistics, _ window: OverviewWindow, until end: Date) {
        self.window = window
        undated = statistics.undated
        let last = statistics.slice(of: end)
        let length = Double(window.columnSeconds)
        let endOfLast = Double((last + 1) * statistics.sliceLength)
        columns = (0..<window.columns).map { index in
            Column(start: Date(timeIntervalSince1970: endOfLast - Double(window.columns - index) * length))
        }
        var kinds: [String: Int] = [:]
        var agents: [Identifier<Agent>?: AgentFigures] = [:]
        var trends: [Identifier<Agent>?: [LatencyHistogram]] = [:]
        let none = [LatencyHistogram](repeating: LatencyHistogram(), count: window.columns)
        for (number, slice) in statistics.slices {
            kinds.merge(slice.kinds, uniquingKeysWith: +)
            // A session in the future is counted in the newest column.
            let column = window.columns - 1 - max(last - number, 0) / window.slicesInColumn
            for (id, figures) in slice.agents {
                agents[id, default: AgentFigures(id: id, name: id.flatMap { statistics.names[$0] })].add(figures)
                guard column >= 0 else { continue }
                columns[column].statuses.add(figures.statuses)
                trends[id, default: none][column].merge(figures.latencies)
            }
        }
        for (id, trend) in trends { agents[id]?.trend = trend.map { $0.quantile(0.95) } }
        self.agents = agents.values.sorted { ($1.statuses.total, $0.label) < ($0.statuses.total, $1.label) }
        for agent in self.agents {
            latencies.merge(agent.latencies)
            statuses.add(agent.statuses)
        }
        self.kinds = kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
        redactions = kinds.values.reduce(0, +)
    }

    package static func == (left: OverviewFigures, right: OverviewFigures) -> Bool {
        left.window == right.window && left.columns == right.columns && left.agents == right.agents && left.undated == right.undated
            && left.kinds.elementsEqual(right.kinds) { $0 == $1 }
    }
}

/// The figures of one agent in a window.
package struct AgentFigures: Sendable, Equatable, Identifiable {
    /// Nil for sessions that name no agent.
    package let id: Identifier<Agent>?
    package let name: String?
    package private(set) var statuses = StatusCounts()
    package private(set) var latencies = LatencyHistogram()
    /// The 95th percentile for each column; nil for columns without sessions.
    var trend: [Double?] = []

    init(id: Identifier<Agent>?, name: String?) {
        self.id = id
        self.name = name
    }

    mutating func add(_ slice: SessionStatistics.AgentSlice) {
        statuses.add(slice.statuses)
        latencies.merge(slice.latencies)
    }

    var label: String { name ?? id?.rawValue ?? "no agent named" }
}
