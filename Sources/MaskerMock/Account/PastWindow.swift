import Foundation

/// Figures of the generated sessions that began in the last `seconds`. As time passes, only the sessions that leave the
/// window are subtracted, so that an update costs almost nothing.
struct PastWindow: Sendable {
    /// The figures of one agent.
    struct Tally: Sendable {
        var sessions = 0
        var redactions = 0
        /// The number of sessions by their duration in milliseconds.
        var durations: [Int: Int] = [:]
    }

    private let seconds: TimeInterval
    /// The sessions 0..<end are in the window.
    private var end = 0
    /// The figures by the index of the agent in the generator.
    private var tallies: [Int: Tally] = [:]
    private let keepsDurations: Bool

    init(seconds: TimeInterval, keepsDurations: Bool) {
        self.seconds = seconds
        self.keepsDurations = keepsDurations
    }

    subscript(agent: Int) -> Tally { tallies[agent] ?? Tally() }

    mutating func move(to now: Date, _ past: SessionGenerator) {
        let inside = past.count(since: now.addingTimeInterval(-seconds))
        while end < inside {
            change(past.facts(end), by: 1)
            end += 1
        }
        while end > inside {
            end -= 1
            change(past.facts(end), by: -1)
        }
    }

    private mutating func change(_ facts: SessionGenerator.Facts, by one: Int) {
        tallies[facts.agent, default: Tally()].sessions += one
        guard keepsDurations else { return }
        tallies[facts.agent, default: Tally()].redactions += one * facts.redactions
        tallies[facts.agent, default: Tally()].durations[Int(facts.durationMS), default: 0] += one
    }
}

extension PastWindow.Tally {
    mutating func add(redactions more: Int, durationMS: Int) {
        sessions += 1
        redactions += more
        durations[durationMS, default: 0] += 1
    }

    /// The duration that a share of the sessions does not exceed, in milliseconds; nil when there are no sessions.
    func percentile(_ share: Double) -> Double? {
        let rank = Int((Double(sessions) * share).rounded(.up))
        var seen = 0
        for (duration, count) in durations.sorted(by: { $0.key < $1.key }) {
            seen += count
            if count > 0, seen >= rank { return Double(duration) }
        }
        return nil
    }
}
