import FoundationEssentials
import MaskerAPI

/// New sessions as they come: while the list of sessions is shown, its head is asked for every few seconds.
struct Follow: Sendable {
    private(set) var isOn = false
    /// Whether an error that comes rings the terminal's bell.
    var rings = false
    var schedule: RefreshSchedule
    /// What came a moment ago, and until when it is marked.
    private var marks: [Identifier<CallSession>: Date] = [:]

    /// How long a session is marked as new, in seconds.
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

    /// When the next mark goes.
    var nextExpiry: Date? { marks.values.min() }
}
