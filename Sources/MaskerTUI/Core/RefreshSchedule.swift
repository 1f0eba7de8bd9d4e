import FoundationEssentials
import Glibc
import MaskerAPI

/// When the lists are read anew by themselves: every few seconds, more rarely while it keeps failing. A part that fails alone is
/// asked for more rarely alone: the others go on.
struct RefreshSchedule: Sendable, Equatable {
    /// What one refresh asks for, all at once.
    enum Part: CaseIterable, Sendable { case user, agents, sessions }

    /// Seconds between refreshes; 0 never.
    let interval: Double
    /// Nil while a refresh is out, or when none is to come.
    private(set) var dueAt: Date?
    /// What has not answered yet.
    private(set) var waitingFor: Set<Part> = []
    /// What the refresh asked for that is out, or was the last.
    private var asked: Set<Part> = []
    /// How often in a row each part has failed.
    private var failures: [Part: Int] = [:]
    /// When a part that fails while others do not is asked for again.
    private var retryAt: [Part: Date] = [:]
    /// How many refreshes in a row have brought no list.
    private var failuresInRow = 0
    private var pauseUntil: Date?

    /// From this many failures on the pauses grow.
    private static let patience = 3
    private static let firstPause = 30.0, longestPause = 300.0

    init(interval: Double) { self.interval = interval }

    var isOut: Bool { !waitingFor.isEmpty }

    /// Whether the last refresh brought no list: then only one request finds out whether the next one is worth it.
    var isFailing: Bool { failuresInRow > 0 }
    /// Until when the next refresh is put off beyond its usual time; nil when it is not.
    var putOffUntil: Date? { isPutOff ? dueAt : nil }
    private var isPutOff = false
    /// Whether what is out is that one request.
    private(set) var isProbing = false

    /// What the next refresh asks for: all but the parts that wait for their own time.
    func parts(at now: Date) -> Set<Part> { Set(Part.allCases.filter { (retryAt[$0] ?? now) <= now }) }

    /// What finds out whether the service is there again: the part that has failed least, so that one which fails by itself does
    /// not stand in the way for good.
    var probe: Part { Part.allCases.min { failures[$0] ?? 0 < failures[$1] ?? 0 } ?? .user }

    /// - Parameter probing: only one part is asked for.
    mutating func began(_ parts: Set<Part> = Set(Part.allCases), probing: Bool = false) {
        asked = probing ? [probe] : parts
        waitingFor = asked
        isProbing = probing
        dueAt = nil
        pauseUntil = nil
    }

    /// What an answer means for the refresh it belongs to.
    enum Progress: Sendable {
        case waiting, worthAll
        /// A list is not as new as it should be.
        case failed
        /// The lists are new.
        case complete
    }

    /// Takes note of one answer.
    mutating func answered(_ part: Part, failure: APIError?, now: Date) -> Progress {
        guard waitingFor.remove(part) != nil else { return .waiting }
        // A list that this user may not see is no fault of the server.
        if let failure, failure.kind != .forbidden { failures[part, default: 0] += 1 } else { failures[part] = nil }
        if case .rateLimited(let pause?) = failure?.kind {
            pauseUntil = max(pauseUntil ?? now, now.addingTimeInterval(Double(pause.components.seconds)))
        }
        guard waitingFor.isEmpty else { return .waiting }
        let failed = asked.filter { failures[$0] != nil }
        if isProbing, failed.isEmpty { return .worthAll }
        let lists = asked.subtracting([.user])
        let isDown = isProbing || !lists.isEmpty && lists.isSubset(of: failed)
        failuresInRow = isDown ? failuresInRow + 1 : 0
        // Whoever asks next after the service was down asks for everything.
        retryAt = isDown ? [:] : retryAt.filter { !asked.contains($0.key) }
        if !isDown { for part in failed { retryAt[part] = now.addingTimeInterval(pause(after: failures[part] ?? 1)) } }
        if interval > 0 {
            let due = max(now.addingTimeInterval(isDown ? pause(after: failuresInRow) : interval), pauseUntil ?? now)
            isPutOff = due > now.addingTimeInterval(interval)
            dueAt = due
        }
        return isDown || failures[.agents] != nil || failures[.sessions] != nil ? .failed : .complete
    }

    /// A server that asks for a pause means every request.
    mutating func holdOff(until date: Date) {
        guard let due = dueAt, due < date else { return }
        dueAt = date
        isPutOff = true
    }

    /// No refresh until `began`: nobody is signed in.
    mutating func stop() {
        waitingFor = []
        dueAt = nil
    }

    private func pause(after failures: Int) -> Double { Self.pause(after: failures, usual: interval) }

    /// Seconds to wait after so many failures in a row: as usual for the first ones, then longer each time.
    static func pause(after failures: Int, usual: Double) -> Double {
        guard failures >= patience else { return usual }
        let doublings = Double(failures - patience)
        return max(usual, min(firstPause * exp2(min(doublings, 10)), longestPause))
    }
}
