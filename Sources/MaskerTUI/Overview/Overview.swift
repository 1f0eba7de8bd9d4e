import FoundationEssentials
import MaskerAPI
import TerminalKit

/// One window of the overview. It is read once from end to end, page after page; later only new sessions are read. It keeps
/// figures, not the sessions.
package struct Overview: Sendable {
    /// The maximum number of pages to read. When there are more, the screen says so.
    static let mostPages = 200
    /// The maximum number of agents to read, in order to find those without sessions.
    package static let mostAgents = 1_000
    /// The maximum number of sessions to read, independent of the size of pages.
    private static let mostSessions = 20_000
    /// When more than this number of pages is new after a pause, the whole window is read again.
    private static let mostCatchUpPages = 50
    /// How many ids of the newest sessions are kept to recognize them again: more than a page contains.
    private static let mostKnown = 3 * Endpoint.largestPage

    let window: OverviewWindow
    let generation: Int
    package private(set) var figures: OverviewFigures
    package private(set) var stages = StageSample([])
    package private(set) var failure: APIError?
    /// Whether the window was read to its end, or up to the maximum.
    private(set) var isLoaded = false
    /// Whether the window contains more sessions than were read.
    package private(set) var isTruncated = false
    /// Whether the server's pages did not end, or repeated themselves.
    private var mayRepeat = false
    /// Whether a page had more records than the console takes from one page.
    private var mayMiss = false
    package var mayBeIncomplete: Bool { mayRepeat || mayMiss }
    package private(set) var unreadableCount = 0
    /// The start of the oldest session read so far, during the first reading.
    private var oldest: Date?

    private var statistics: SessionStatistics
    private var out: PageRequest<SessionFilter>?
    private var cursor: String?
    private var trail = PageTrail()
    private var pages = 0
    private var counted = 0
    /// The ids of the newest sessions, the newest first.
    private var known: [Identifier<CallSession>] = []
    private var lastPage: Set<Identifier<CallSession>> = []
    private var catchUp: CatchUp?
    private var isStale = false
    private var failuresInRow = 0
    private var pausedUntil: Date?
    private var candidates = SampleCandidates()
    private var sampledAt: Date?

    /// New sessions that are not counted yet, until the pages reach a session that is counted already.
    private struct CatchUp: Sendable {
        var statistics: SessionStatistics
        var ids: [Identifier<CallSession>] = []
        var candidates: [CallSession] = []
        var cursor: String?
        var pages = 0
    }

    package init(_ window: OverviewWindow, generation: Int, now: Date) {
        self.window = window
        self.generation = generation
        statistics = SessionStatistics(sliceLength: window.sliceSeconds)
        figures = OverviewFigures(statistics, window, until: now)
    }

    var isReading: Bool { out != nil }

    /// The share of the window that was read, from 0 to 1. It is measured by time, since the server does not say how many sessions
    /// there are.
    package func progress(now: Date) -> Double {
        guard !isLoaded else { return 1 }
        guard let oldest else { return 0 }
        let byTime = now.timeIntervalSince(oldest) / Double(window.seconds)
        return min(max(byTime, Double(pages) / Double(Self.mostPages), 0), 1)
    }

    /// Sessions before this time were not read; nil when the whole window was read.
    var isKnownSince: Date? { isLoaded && !isTruncated ? nil : oldest ?? .distantFuture }

    // MARK: Requests

    /// Returns the next requests while the overview is shown: one page at a time, and the sample after the last page.
    /// - Parameters:
    ///   - now: The time of the server's clock, by which the window is measured.
    ///   - steady: The time of a clock that cannot be set, by which pauses are measured; nil means `now`.
    package mutating func requests(now: Date, steady: Date? = nil) -> [OverviewFeature.Effect] {
        if let pausedUntil, pausedUntil > steady ?? now { return [] }
        if out == nil, !isLoaded || isStale {
            if isLoaded, catchUp == nil { catchUp = CatchUp(statistics: SessionStatistics(sliceLength: window.sliceSeconds)) }
            let filter = SessionFilter(since: window.rawValue)
            let request = PageRequest(filter: filter, cursor: isLoaded ? catchUp?.cursor : cursor, generation: generation, priority: .bulk)
            out = request
            return [.page(request)]
        }
        guard isLoaded, !isStale else { return [] }
        takeSampleIfDue(now)
        return stages.next().map { .timing($0) }
    }

    var requestsOut: [OverviewFeature.Effect] { (out.map { [.page($0)] } ?? []) + stages.out.map { .timing($0) } }

    /// The account is read again, so the overview is read again the next time it is shown.
    mutating func markStale() { isStale = true }

    /// The user asked for a refresh: reads at once, even during the pause after a failure.
    mutating func retry() {
        pausedUntil = nil
        isStale = true
    }

    /// Forgets the running requests because they were cancelled. They are sent again when the overview is shown again.
    mutating func abandonRequests() {
        out = nil
        catchUp = nil
        failure = nil
        pausedUntil = nil
        stages.abandonRequests()
    }

    private mutating func takeSampleIfDue(_ now: Date) {
        // If the last sample lies in the future, the clock was set back since then.
        let isDue = sampledAt.map { abs(now.timeIntervalSince($0)) >= Double(window.columnSeconds) } ?? true
        guard isDue, stages.isComplete else { return }
        sampledAt = now
        stages = StageSample(StageSample.spread(candidates.ids(since: now.addingTimeInterval(-Double(window.seconds)))))
    }

    // MARK: Answers

    mutating func receive(_ request: PageRequest<SessionFilter>, _ result: Result<Page<CallSession>, APIError>, now: Date, steady: Date? = nil) {
        guard request == out else { return }
        out = nil
        switch result {
        case .failure(let error):
            failure = error
            catchUp = nil
            pause(after: error, now: steady ?? now)
        case .success(let page):
            failure = nil
            failuresInRow = 0
            pausedUntil = nil
            if isLoaded { addNew(page, now: now) } else { add(page, now: now) }
        }
    }

    package mutating func receive(_ answer: OverviewFeature.Answer, now: Date, steady: Date? = nil) {
        switch answer {
        case .page(let request, let result): receive(request, result, now: now, steady: steady)
        case .timing(let id, let result): receive(id, result)
        }
    }

    mutating func receive(_ id: Identifier<CallSession>, _ result: Result<CallTiming, APIError>) {
        stages.receive(id, result.map(\.stages))
    }

    /// Counts the next page of the first reading.
    private mutating func add(_ page: Page<CallSession>, now: Date) {
        let ids = Set(page.data.map(\.id))
        // Pages can overlap when new sessions are added to the list while it is read.
        let old = lastPage.union(known)
        let fresh = page.data.filter { !old.contains($0.id) }
        for session in fresh {
            statistics.add(session)
            candidates.add(session)
        }
        known = Array((known + fresh.map(\.id)).prefix(Self.mostKnown))
        lastPage = ids
        pages += 1
        unreadableCount += page.unreadableCount
        counted += fresh.count
        if page.leftOutCount > 0 { mayMiss = true }
        oldest = page.data.compactMap(\.startedAt).min() ?? oldest
        cursor = page.nextCursor
        if let next = cursor {
            mayRepeat = trail.isEndless(goingOnTo: next, afterEmptyPage: fresh.isEmpty)
            isTruncated = pages >= Self.mostPages || counted >= Self.mostSessions || statistics.bytes >= RowBytes.most
        }
        if page.hasUnreadableCursor { mayRepeat = true }
        isLoaded = cursor == nil || mayRepeat || isTruncated
        if isLoaded {
            lastPage = []
            trail = PageTrail()
        }
        updateFigures(now)
    }

    /// Adds a page of new sessions. They are counted once a page contains a known session, so that none is missing between.
    private mutating func addNew(_ page: Page<CallSession>, now: Date) {
        guard var new = catchUp else { return }
        let old = Set(known), seen = Set(new.ids)
        for session in page.data where !old.contains(session.id) && !seen.contains(session.id) {
            new.statistics.add(session)
            new.ids.append(session.id)
            new.candidates.append(session)
        }
        new.cursor = page.nextCursor
        new.pages += 1
        if page.leftOutCount > 0 { mayMiss = true }
        if page.nextCursor == nil || page.data.contains(where: { old.contains($0.id) }) {
            statistics.merge(new.statistics)
            for session in new.candidates.reversed() { candidates.add(session) }
            known = Array((new.ids + known).prefix(Self.mostKnown))
            catchUp = nil
            isStale = false
            updateFigures(now)
        } else if new.pages >= Self.mostCatchUpPages || new.ids.count >= Self.mostSessions || new.statistics.bytes >= RowBytes.most {
            self = Overview(window, generation: generation, now: now)
        } else {
            catchUp = new
        }
    }

    private mutating func updateFigures(_ now: Date) {
        let start = now.addingTimeInterval(-Double(window.seconds))
        statistics.drop(before: statistics.slice(of: start))
        candidates.drop(before: start)
        figures = OverviewFigures(statistics, window, until: now)
    }

    /// The pauses grow as they do for lists. A pause that the server asks for is respected.
    private mutating func pause(after error: APIError, now: Date) {
        failuresInRow += 1
        var pause = RefreshSchedule.pause(after: failuresInRow, usual: 10)
        if case .rateLimited(let asked?) = error.kind { pause = max(pause, Double(asked.components.seconds)) }
        pausedUntil = now.addingTimeInterval(pause)
    }
}

/// Sessions to take a sample from: a limited number, spread evenly over all counted sessions.
private struct SampleCandidates: Sendable {
    private var kept: [(id: Identifier<CallSession>, startedAt: Date)] = []
    /// One of this number of sessions is kept.
    private var step = 1
    private var counted = 0

    private static let most = 8 * StageSample.size

    mutating func add(_ session: CallSession) {
        guard let started = session.startedAt else { return }
        counted += 1
        guard counted.isMultiple(of: step) else { return }
        kept.append((session.id, started))
        guard kept.count > Self.most else { return }
        kept = kept.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        step *= 2
    }

    mutating func drop(before date: Date) { kept.removeAll { $0.startedAt < date } }

    /// The ids of the sessions since `date`, the newest first.
    func ids(since date: Date) -> [Identifier<CallSession>] {
        kept.filter { $0.startedAt >= date }.sorted { $0.startedAt > $1.startedAt }.map(\.id)
    }
}
