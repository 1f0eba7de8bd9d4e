/// Which of this process's requests with the cookie are out, and who of them may begin. Knows no clock: moments come in.
struct RequestTurns {
    private var inFlight = 0
    /// Those of them whose answers have not come, with when they were sent.
    private var unanswered: [Int: ContinuousClock.Instant] = [:]
    /// Answered with 401, and not yet asked about.
    private var doubted: Set<Int> = []
    private var lastTicket = 0
    private var isExclusive = false
    /// How many wait to be alone; nobody else begins meanwhile.
    private var waitingToBeAlone = 0

    /// Whether it is being found out what a refusal means.
    var isInDoubt: Bool { !doubted.isEmpty || isExclusive || waitingToBeAlone > 0 }

    /// Whether an answer is out to another request than this one.
    func isUnanswered(besides number: Int) -> Bool { unanswered.keys.contains { $0 != number } }

    // MARK: Requests beside others

    /// The number of a request that begins now; nil while it has to wait.
    /// - Parameters:
    ///   - isFree: it waits for nobody.
    ///   - recent: where it also waits for what was sent since then, and is not answered: how many of those there may be.
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
    }

    mutating func doubt(_ number: Int) { doubted.insert(number) }
    mutating func doubtNoMore(_ number: Int) { doubted.remove(number) }

    // MARK: One alone

    /// Nobody else begins from now on.
    mutating func waitToBeAlone() { waitingToBeAlone += 1 }

    /// Whether whoever waits to be alone is so from now on; nil while it has to wait.
    /// - Parameters:
    ///   - isLate: it waits for those no longer that are out.
    ///   - isCancelled: it waits no longer, and is not alone.
    mutating func beAlone(isLate: Bool, isCancelled: Bool) -> Bool? {
        let isFree = !isExclusive && (inFlight == 0 || isLate)
        guard isFree || isCancelled else { return nil }
        waitingToBeAlone -= 1
        guard !isCancelled else { return false }
        isExclusive = true
        return true
    }

    mutating func endAlone() { isExclusive = false }
}
