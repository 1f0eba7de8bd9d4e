import Foundation
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

    mutating func began() {
        waitingFor = Set(Part.allCases)
        roundFailed = false
        dueAt = nil
        pauseUntil = nil
    }

    /// Takes note of one answer. True when it was the last of a refresh in which nothing failed.
    mutating func answered(_ part: Part, failure: APIError?, now: Date) -> Bool {
        guard waitingFor.remove(part) != nil else { return false }
        // A list that this user may not see is no fault of the server.
        if let failure, failure.kind != .forbidden { roundFailed = true }
        if case .rateLimited(let pause?) = failure?.kind {
            pauseUntil = now.addingTimeInterval(Double(pause.components.seconds))
        }
        guard waitingFor.isEmpty else { return false }
        failuresInRow = roundFailed ? failuresInRow + 1 : 0
        if interval > 0 { dueAt = max(now.addingTimeInterval(pause), pauseUntil ?? now) }
        return !roundFailed
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
