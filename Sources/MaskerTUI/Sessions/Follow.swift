import FoundationEssentials
import MaskerAPI

/// Following new sessions: while the list of sessions is shown, its head is requested every few seconds.
struct Follow: Sendable {
    private(set) var isOn = false
    /// Whether a new session with the status error rings the terminal's bell.
    var rings = false
    var schedule: RefreshSchedule
    /// The new sessions, each with the time when its mark ends.
    private var marks: [Identifier<CallSession>: Date] = [:]

    /// The time for which a session is marked as new, in seconds.
    private static let markLasts = 10.0

    init(interval: Double) { schedule = RefreshSchedule(interval: interval) }

    mutating func begin() { isOn = true }

    mutating func stop() {
        isOn = false
        schedule.stop()
        marks = [:]
    }

    func isNew(_ id: Identifier<CallSession>) -> Bool { marks[id] != nil }

    mutating func mark(_ ids: [Identifier<CallSession>], now: Date) {
        for id in ids { marks[id] = now.addingTimeInterval(Self.markLasts) }
    }

    mutating func expireMarks(now: Date) {
        guard let next = nextExpiry, next <= now else { return }
        marks = marks.filter { $0.value > now }
    }

    /// The time when the next mark ends; nil when there is none.
    var nextExpiry: Date? { marks.values.min() }
}
