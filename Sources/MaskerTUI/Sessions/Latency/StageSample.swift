import MaskerAPI

/// A sample of sessions for the durations of stages. The list does not contain them, so the details of some sessions are
/// requested, two at a time. The console keeps nothing of these details except the durations.
package struct StageSample: Sendable {
    static let size = 20, atOnce = 2
    /// After this many failures in a row the sample ends, because the server will most likely not answer the rest.
    private static let failureLimit = 3

    private var waiting: ArraySlice<Identifier<CallSession>>
    private(set) var out: [Identifier<CallSession>] = []
    package private(set) var durations: [StageDurations] = []
    /// The error of the latest request that failed.
    private(set) var failure: APIError?
    private var failures = 0
    /// The number of sessions in the sample.
    let size: Int

    /// - Parameter ids: the sessions of the sample, spread evenly over the list.
    init(_ ids: [Identifier<CallSession>]) {
        waiting = ids[...]
        size = ids.count
    }

    var isComplete: Bool { waiting.isEmpty && out.isEmpty }

    /// The sessions to request now.
    mutating func next() -> [Identifier<CallSession>] {
        let fresh = Array(waiting.prefix(max(Self.atOnce - out.count, 0)))
        waiting = waiting.dropFirst(fresh.count)
        out += fresh
        return fresh
    }

    mutating func receive(_ id: Identifier<CallSession>, _ result: Result<StageDurations?, APIError>) {
        guard let place = out.firstIndex(of: id) else { return }
        out.remove(at: place)
        switch result {
        case .success(let stages):
            failures = 0
            if let stages { durations.append(stages) }
        case .failure(let error):
            failure = error
            failures += 1
            if failures >= Self.failureLimit { waiting = [] }
        }
    }

    /// Requests the pending sessions again, because their answers will not come any more.
    mutating func abandonRequests() {
        waiting = (out + waiting)[...]
        out = []
    }

    /// At most `count` elements, evenly spread.
    static func spread<Elements: RandomAccessCollection>(_ elements: Elements, _ count: Int = size) -> [Elements.Element] where Elements.Index == Int {
        guard elements.count > count, count > 0 else { return Array(elements) }
        return (0..<count).map { elements[$0 * elements.count / count + elements.count / (2 * count)] }
    }
}

/// The figures of one stage over all sessions of a sample.
package struct StageFigures: Sendable, Equatable {
    package var name: String
    /// The share of the total time of all stages, 0 to 1.
    package var share: Double
    /// In milliseconds.
    package var median: Double
    package var longest: Double

    package static func of(_ durations: [StageDurations]) -> [StageFigures] {
        var stages: [(name: String, values: [Double])] = StageDurations().stages.map { ($0.name, []) }
        for session in durations {
            for (index, stage) in session.stages.enumerated() {
                guard let value = stage.milliseconds, value.isFinite, value >= 0 else { continue }
                stages[index].values.append(value)
            }
        }
        let total = stages.reduce(0) { $0 + $1.values.reduce(0, +) }
        return stages.compactMap { stage in
            let sorted = stage.values.sorted()
            guard let median = Quantile.of(sorted, 0.5), let longest = sorted.last else { return nil }
            return StageFigures(
                name: stage.name, share: total > 0 ? sorted.reduce(0, +) / total : 0, median: median, longest: longest)
        }
    }

    package static func slowest(_ figures: [StageFigures]) -> StageFigures? { figures.max { $0.share < $1.share } }
}

/// The value that a share of all values do not exceed. By nearest rank, as the service computes its own figures.
enum Quantile {
    static func of(_ sorted: [Double], _ share: Double) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}
