import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Figures of call sessions, by slices of time. The sessions themselves are not kept.
///
/// Sessions can be added in any order. Statistics of two sets of sessions can be added, and old slices can be dropped.
struct SessionStatistics: Sendable, Equatable {
    /// Seconds. The number of a slice is the time of its start divided by this length.
    let sliceLength: Int
    private(set) var slices: [Int: Slice] = [:]
    private(set) var names: [Identifier<Agent>: String] = [:]
    /// The number of sessions without a start time. They belong to no slice.
    private(set) var undated = 0
    /// The approximate memory that the figures have used at most, in bytes.
    private(set) var bytes = 0

    struct Slice: Sendable, Equatable {
        var kinds: [String: Int] = [:]
        /// Figures by agent; nil for sessions that name no agent.
        var agents: [Identifier<Agent>?: AgentSlice] = [:]
    }

    struct AgentSlice: Sendable, Equatable {
        var statuses = StatusCounts()
        var latencies = LatencyHistogram()
    }

    /// The kinds are words from the server. The limits protect the memory from a server that always sends new ones.
    private static let mostKinds = 64
    private static let otherKinds = "other kinds"
    private static let longestName = 256
    private static let largestCount = 1_000_000

    static func == (left: SessionStatistics, right: SessionStatistics) -> Bool {
        left.sliceLength == right.sliceLength && left.slices == right.slices && left.names == right.names && left.undated == right.undated
    }

    init(sliceLength: Int) { self.sliceLength = max(sliceLength, 1) }

    /// The number of the slice that contains a moment.
    func slice(of date: Date) -> Int {
        // Limits timestamps far outside any calendar, because the conversion to `Int` would trap.
        Int((min(max(date.timeIntervalSince1970, -1e11), 1e11) / Double(sliceLength)).rounded(.down))
    }

    mutating func add(_ session: CallSession) {
        guard let started = session.startedAt else {
            undated += 1
            return
        }
        if let id = session.agentID, let name = session.agentName, names[id] == nil {
            // Keeps only the beginning of a long name, to limit the memory.
            names[id] = String(name.prefix(Self.longestName))
            bytes += 128 + RowBytes.of(names[id]) + id.heapBytes
        }
        let number = slice(of: started)
        var slice = slices.removeValue(forKey: number) ?? Slice()
        for (kind, count) in session.redactionsByKind ?? [:] {
            Self.add(min(max(count, 0), Self.largestCount), of: String(kind.prefix(Self.longestName)), to: &slice.kinds)
        }
        if slice.agents[session.agentID] == nil { bytes += 256 + (session.agentID?.heapBytes ?? 0) }
        bytes += 16
        slice.agents[session.agentID, default: AgentSlice()].statuses.add(session.status)
        if let duration = session.durationMS { slice.agents[session.agentID]?.latencies.add(duration) }
        slices[number] = slice
    }

    /// Adds the figures of other sessions. Both must have slices of the same length.
    mutating func merge(_ other: SessionStatistics) {
        guard other.sliceLength == sliceLength else { return }
        undated += other.undated
        bytes += other.bytes
        names.merge(other.names) { mine, _ in mine }
        for (number, theirs) in other.slices {
            var slice = slices.removeValue(forKey: number) ?? Slice()
            for (kind, count) in theirs.kinds.sorted(by: { $0.key < $1.key }) { Self.add(count, of: kind, to: &slice.kinds) }
            for (agent, figures) in theirs.agents {
                slice.agents[agent, default: AgentSlice()].statuses.add(figures.statuses)
                slice.agents[agent]?.latencies.merge(figures.latencies)
            }
            slices[number] = slice
        }
    }

    /// Forgets the sessions of all slices before the given one.
    mutating func drop(before number: Int) {
        guard slices.keys.contains(where: { $0 < number }) else { return }
        slices = slices.filter { $0.key >= number }
        let agents = Set(slices.values.flatMap(\.agents.keys))
        names = names.filter { agents.contains($0.key) }
    }

    private static func add(_ count: Int, of kind: String, to kinds: inout [String: Int]) {
        guard count > 0 else { return }
        kinds[kinds[kind] != nil || kinds.count < mostKinds ? kind : otherKinds, default: 0] += count
    }
}

/// The numbers of call sessions by status.
package struct StatusCounts: Sendable, Equatable {
    package var ok = 0
    package var partial = 0
    package var error = 0
    /// Sessions with a status that this console does not know, or without a status.
    package var other = 0

    package var total: Int { ok + partial + error + other }

    mutating func add(_ status: CallStatus?) {
        switch status {
        case .ok?: ok += 1
        case .partial?: partial += 1
        case .error?: error += 1
        default: other += 1
        }
    }

    mutating func add(_ counts: StatusCounts) {
        ok += counts.ok
        partial += counts.partial
        error += counts.error
        other += counts.other
    }

    /// The counts in the order in which all screens list them.
    var parts: [(status: CallStatus?, count: Int)] {
        [(.ok, ok), (.partial, partial), (.error, error)] + (other > 0 ? [(nil, other)] : [])
    }

    /// The share of a count, from 0 to 1; 0 when there are no sessions.
    func share(_ count: Int) -> Double { total > 0 ? Double(count) / Double(total) : 0 }
}
