/// Counts this process's requests that carry the cookie, and decides which may start. It reads no clock: callers pass the time.
struct RequestTurns {
    private var inFlight = 0
    /// When each request was sent whose answer has not come yet, by its number.
    private var unanswered: [Int: ContinuousClock.Instant] = [:]
    /// The numbers of requests answered with 401 that was not checked yet.
    private var doubted: Set<Int> = []
    /// The numbers of requests in flight whose connection is silent.
    private var silent: Set<Int> = []
    private var lastTicket = 0
    private var isExclusive = false
    /// How many requests wait to be sent alone. No other request starts meanwhile.
    private var waitingToBeAlone = 0

    /// Whether a 401 is being checked.
    var isInDoubt: Bool { !doubted.isEmpty || isExclusive || waitingToBeAlone > 0 }

    /// Whether a request other than this one is unanswered.
    func isUnanswered(besides number: Int) -> Bool { unanswered.keys.contains { $0 != number } }

    // MARK: Requests beside others

    /// The number of a request that starts now; nil while it has to wait.
    /// - Parameters:
    ///   - isFree: the request starts in any case.
    ///   - recent: when not nil, the request also waits while `most` requests that were sent after `since` are unanswered.
    mutating func begin(at now: ContinuousClock.Instant, isFree: Bool, recent: (since: ContinuousClock.Instant, most: Int)?) -> Int? {
        if !isFree {
            guard !isExclusive, waitingToBeAlone == 0 else { return nil }
            if let recent {
                guard unanswered.values.count(where: { $0 > recent.since }) < recent.most, doubted.isEmpty else { return nil }
            }
        }
        inFlight += 1
        lastTicket += 1
        unanswered[lastTicket] = now
        return lastTicket
    }

    mutating func end(_ number: Int) {
        inFlight -= 1
        unanswered[number] = nil
        silent.remove(number)
    }

    /// Notes that the connection of a request is silent.
    mutating func noteSilence(of number: Int) { if unanswered[number] != nil { silent.insert(number) } }

    mutating func doubt(_ number: Int) { doubted.insert(number) }
    mutating func doubtNoMore(_ number: Int) { doubted.remove(number) }

    // MARK: One alone

    /// From now on, no other request starts.
    mutating func waitToBeAlone() { waitingToBeAlone += 1 }

    /// True when the request that waits to be alone may be sent now, false when it was cancelled; nil while it has to wait.
    /// - Parameters:
    ///   - isLate: does not wait any longer for requests in flight, except for those whose connection is silent: the transport
    ///     ends them after its time limit for silence.
    ///   - isCancelled: the request is not sent.
    mutating func beAlone(isLate: Bool, isCancelled: Bool) -> Bool? {
        let isFree = !isExclusive && (inFlight == 0 || isLate && silent.isEmpty)
        guard isFree || isCancelled else { return nil }
        waitingToBeAlone -= 1
        guard !isCancelled else { return false }
        isExclusive = true
        return true
    }

    mutating func endAlone() { isExclusive = false }
}
