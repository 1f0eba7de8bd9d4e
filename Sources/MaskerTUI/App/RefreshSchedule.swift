import FoundationEssentials
import Glibc
import MaskerAPI

/// When the lists are read anew by themselves: every few seconds, more rarely while it keeps failing.
struct RefreshSchedule: Sendable, Equatable {
    /// What one refresh asks for, all at once.
    enum Part: CaseIterable, Sendable { case user, agents, sessions }

    /// Seconds between refreshes; 0 never.
    let interval: Double
    /// Nil while a refresh is out, or when none is to come.
    private(set) var dueAt: Date?
    /// What has not answered yet.
    private(set) var waitingFor: Set<Part> = []
    private var failuresInRow = 0
    private var roundFailed = false
    private var pauseUntil: Date?

    /// From this many failed refreshes on the pauses grow.
    private static let patience = 3
    private static let firstPause = 30.0, longestPause = 300.0

    init(interval: Double) { self.interval = interval }

    var isOut: Bool { !waitingFor.isEmpty }

    /// Whether the last refresh failed: then only one request finds out whether the next one is worth it.
    var isFailing: Bool { failuresInRow > 0 }
    /// Until when the next refresh is put off beyond its usual time; nil when it is not.
    var putOffUntil: Date? { isPutOff ? dueAt : nil }
    private var isPutOff = false
    /// Whether what is out is that one request.
    private(set) var isProbing = false

    /// - Parameter probing: only the user is asked for.
    mutating func began(_ parts: Set<Part> = Set(Part.allCases), probing: Bool = false) {
        waitingFor = probing ? [.user] : parts
        isProbing = probing
        roundFailed = false
        dueAt = nil
        pauseUntil = nil
    }

    /// What an answer means for the refresh it belongs to.
    enum Progress: Sendable { case waiting, failed, complete, worthAll }

    /// Takes note of one answer.
    mutating func answered(_ part: Part, failure: APIError?, now: Date) -> Progress {
        guard waitingFor.remove(part) != nil else { return .waiting }
        // A list that this user may not see is no fault of the server.
        if let failure, failure.kind != .forbidden { roundFailed = true }
        if case .rateLimited(let pause?) = failure?.kind {
            pauseUntil = max(pauseUntil ?? now, now.addingTimeInterval(Double(pause.components.seconds)))
        }
        guard waitingFor.isEmpty else { return .waiting }
        if isProbing, !roundFailed { return .worthAll }
        failuresInRow = roundFailed ? failuresInRow + 1 : 0
        if interval > 0 {
            let due = max(now.addingTimeInterval(pause), pauseUntil ?? now)
            isPutOff = due > now.addingTimeInterval(interval)
            dueAt = due
        }
        return roundFailed ? .failed : .complete
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

    private var pause: Double {
        guard failuresInRow >= Self.patience else { return interval }
        let doublings = Double(failuresInRow - Self.patience)
        return max(interval, min(Self.firstPause * exp2(min(doublings, 10)), Self.longestPause))
    }
}
