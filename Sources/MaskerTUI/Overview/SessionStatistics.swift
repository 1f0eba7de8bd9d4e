import FoundationEssentials
import MaskerAPI
import TerminalKit

/// What is kept of call sessions once they are counted: figures by slices of time, not the sessions.
///
/// Sessions come in any order. Statistics of two sets of sessions add up to those of both, and what has become too old
/// can be dropped again, slice by slice.
struct SessionStatistics: Sendable, Equatable {
    /// Seconds; a slice's number is the time of its start divided by them.
    let sliceLength: Int
    private(set) var slices: [Int: Slice] = [:]
    private(set) var names: [Identifier<Agent>: String] = [:]
    /// Sessions that do not say when they started; they are in no slice.
    private(set) var undated = 0
    /// About how many bytes of memory the figures have taken at most.
    private(set) var bytes = 0

    struct Slice: Sendable, Equatable {
        var kinds: [String: Int] = [:]
        /// By agent; nil for sessions that name none.
        var agents: [Identifier<Agent>?: AgentSlice] = [:]
    }

    struct AgentSlice: Sendable, Equatable {
        var statuses = StatusCounts()
        var latencies = LatencyHistogram()
    }

    /// The kinds are the server's own words; one that sends ever new ones must not fill the memory.
    private static let mostKinds = 64
    private static let otherKinds = "other kinds"
    private static let longestName = 256
    private static let largestCount = 1_000_000

    static func == (left: SessionStatistics, right: SessionStatistics) -> Bool {
        left.sliceLength == right.sliceLength && left.slices == right.slices && left.names == right.names && left.undated == right.undated
    }

    init(sliceLength: Int) { self.sliceLength = max(sliceLength, 1) }

    /// The number of the slice that a moment falls into.
    func slice(of date: Date) -> Int {
        // A timestamp far outside any calendar must not trap.
        Int((min(max(date.timeIntervalSince1970, -1e11), 1e11) / Double(sliceLength)).rounded(.down))
    }

    mutating func add(_ session: CallSession) {
        guard let started = session.startedAt else {
            undated += 1
            return
        }
        if let id = session.agentID, let name = session.agentName, names[id] == nil {
            // Nobody reads more of it.
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

    /// Adds what other sessions came to. Slices of another length do not fit.
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

    /// Forgets the sessions of all slices before this one.
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

/// How many call sessions ended in which way.
package struct StatusCounts: Sendable, Equatable {
    package var ok = 0
    package var partial = 0
    package var error = 0
    /// A status that this console does not know, or none.
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

    /// In the order that everything lists them.
    var parts: [(status: CallStatus?, count: Int)] {
        [(.ok, ok), (.partial, partial), (.error, error)] + (other > 0 ? [(nil, other)] : [])
    }

    /// 0 to 1; 0 where there is none at all.
    func share(_ count: Int) -> Double { total > 0 ? Double(count) / Double(total) : 0 }
}
