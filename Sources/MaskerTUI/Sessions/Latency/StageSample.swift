import MaskerAPI

/// How long the stages of sessions took. Lists do not tell, so some sessions are asked for one by one, two at a time;
/// nothing of them is kept but these durations.
package struct StageSample: Sendable {
    static let size = 20, atOnce = 2
    /// A server that answers none of so many will answer none of the rest.
    private static let patience = 3

    private var waiting: ArraySlice<Identifier<CallSession>>
    private(set) var out: [Identifier<CallSession>] = []
    package private(set) var durations: [StageDurations] = []
    /// Of the latest that did not come.
    private(set) var failure: APIError?
    private var failures = 0
    /// How many are asked for.
    let size: Int

    /// - Parameter ids: spread evenly over what the sample is to stand for.
    init(_ ids: [Identifier<CallSession>]) {
        waiting = ids[...]
        size = ids.count
    }

    var isComplete: Bool { waiting.isEmpty && out.isEmpty }

    /// What is to be asked for now.
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
            if failures >= Self.patience { waiting = [] }
        }
    }

    /// What is out will not be answered any more; it is asked for again.
    mutating func abandonRequests() {
        waiting = (out + waiting)[...]
        out = []
    }

    /// Evenly spread elements, at most `count`.
    static func spread<Element>(_ elements: [Element], _ count: Int = size) -> [Element] {
        guard elements.count > count, count > 0 else { return elements }
        return (0..<count).map { elements[$0 * elements.count / count + elements.count / (2 * count)] }
    }
}

/// One stage over all sessions of a sample.
package struct StageFigures: Sendable, Equatable {
    package var name: String
    /// Of the time of all stages together, 0 to 1.
    package var share: Double
    /// Milliseconds.
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

/// The value that a share of all do not exceed: nearest rank, as the service's own figures.
enum Quantile {
    static func of(_ sorted: [Double], _ share: Double) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}
