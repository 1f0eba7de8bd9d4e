import FoundationEssentials
import Glibc
import MaskerAPI

/// When the lists are refreshed automatically: at a fixed interval, and less often while refreshes fail. When only one part
/// fails, only that part is requested less often.
struct RefreshSchedule: Sendable, Equatable {
    /// The parts of a refresh. They are requested at the same time.
    enum Part: CaseIterable, Sendable { case user, agents, sessions }

    /// Seconds between refreshes; 0 turns them off.
    let interval: Double
    /// When the next refresh is due; nil while one is running, or when none is planned.
    private(set) var dueAt: Date?
    /// The parts that have not been answered yet.
    private(set) var waitingFor: Set<Part> = []
    /// The parts that the current or the last refresh requested.
    private var asked: Set<Part> = []
    /// How often in a row each part has failed.
    private var failures: [Part: Int] = [:]
    /// When a failed part is requested again, while other parts succeed.
    private var retryAt: [Part: Date] = [:]
    /// How many refreshes in a row delivered no list.
    private var failuresInRow = 0
    private var pauseUntil: Date?

    /// After this number of failures the pauses grow.
    private static let patience = 3
    private static let firstPause = 30.0, longestPause = 300.0

    init(interval: Double) { self.interval = interval }

    var isOut: Bool { !waitingFor.isEmpty }

    /// Whether the last refresh delivered no list. Then a single request checks the service before the next complete refresh.
    var isFailing: Bool { failuresInRow > 0 }
    /// The time of the next refresh, when it is later than usual; otherwise nil.
    var putOffUntil: Date? { isPutOff ? dueAt : nil }
    private var isPutOff = false
    /// Whether the running request is this single check.
    private(set) var isProbing = false
    /// From when the header says that a refresh is running; nil while none is.
    private(set) var shownFrom: Date?

    /// The parts that the next refresh requests: all except those that wait for their own time.
    func parts(at now: Date) -> Set<Part> { Set(Part.allCases.filter { (retryAt[$0] ?? now) <= now }) }

    /// The part that is requested to check whether the service works again. It is the part that has failed least, so that a part
    /// which always fails does not block the others.
    var probe: Part { Part.allCases.min { failures[$0] ?? 0 < failures[$1] ?? 0 } ?? .user }

    /// - Parameter probing: Whether only one part is requested, to check the service.
    mutating func began(_ parts: Set<Part> = Set(Part.allCases), probing: Bool = false) {
        asked = probing ? [probe] : parts
        waitingFor = asked
        isProbing = probing
        dueAt = nil
        pauseUntil = nil
    }

    /// Seconds after which the header says that an automatic refresh is running. Most are over before.
    static let shownAfter = 1.0

    /// The header says from this time on that a refresh is running, or from an earlier one.
    mutating func show(from date: Date) { shownFrom = isOut ? min(shownFrom ?? date, date) : nil }

    /// What an answer means for its refresh.
    enum Progress: Sendable {
        case waiting, worthAll
        /// A list could not be read again.
        case failed
        /// All lists were read.
        case complete
    }

    /// Records one answer.
    mutating func answered(_ part: Part, failure: APIError?, now: Date) -> Progress {
        guard waitingFor.remove(part) != nil else { return .waiting }
        // A list that the user may not read is not a failure of the server.
        if let failure, failure.kind != .forbidden { failures[part, default: 0] += 1 } else { failures[part] = nil }
        if case .rateLimited(let pause?) = failure?.kind {
            pauseUntil = max(pauseUntil ?? now, now.addingTimeInterval(Double(pause.components.seconds)))
        }
        guard waitingFor.isEmpty else { return .waiting }
        shownFrom = nil
        let failed = asked.filter { failures[$0] != nil }
        if isProbing, failed.isEmpty { return .worthAll }
        let lists = asked.subtracting([.user])
        let isDown = isProbing || !lists.isEmpty && lists.isSubset(of: failed)
        failuresInRow = isDown ? failuresInRow + 1 : 0
        // After an outage, the next refresh requests all parts.
        retryAt = isDown ? [:] : retryAt.filter { !asked.contains($0.key) }
        if !isDown { for part in failed { retryAt[part] = now.addingTimeInterval(pause(after: failures[part] ?? 1)) } }
        if interval > 0 {
            let due = max(now.addingTimeInterval(isDown ? pause(after: failuresInRow) : interval), pauseUntil ?? now)
            isPutOff = due > now.addingTimeInterval(interval)
            dueAt = due
        }
        return isDown || failures[.agents] != nil || failures[.sessions] != nil ? .failed : .complete
    }

    /// Delays all requests, because the server asked for a pause.
    mutating func holdOff(until date: Date) {
        guard let due = dueAt, due < date else { return }
        dueAt = date
        isPutOff = true
    }

    /// Stops refreshing until `began` is called, because the user is not signed in.
    mutating func stop() {
        waitingFor = []
        dueAt = nil
        shownFrom = nil
    }

    private func pause(after failures: Int) -> Double { Self.pause(after: failures, usual: interval) }

    /// Seconds to wait after this number of failures in a row: the usual time at first, then longer each time.
    static func pause(after failures: Int, usual: Double) -> Double {
        guard failures >= patience else { return usual }
        let doublings = Double(failures - patience)
        return max(usual, min(firstPause * exp2(min(doublings, 10)), longestPause))
    }
}
