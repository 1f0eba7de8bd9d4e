import FoundationEssentials
import Synchronization

/// Keeps requests to a server within its rate limits. Bulk requests wait for their turn, one after the other, and for the end of
/// a pause that the server asks for. Interactive requests do not wait for a turn, but they are counted.
public final class RequestPacer: Sendable {
    private let setting: PaceSetting
    private let isHosted: Bool
    private let shared: SharedPace?
    private let clock: PaceClock
    private let line = FIFOGate()
    private let state = Mutex(State())

    private struct State {
        var budget = PaceBudget()
        /// When the server last answered 429; nil if no such answer is known.
        var limitedAt: Date?
        /// The number of interactive requests that are not counted in the shared file yet.
        var uncounted = 0
        var observer: (@Sendable (_ until: Date?) -> Void)?
        /// The end of the pause that was last reported to the observer.
        var announcedEnd: Int?
    }

    /// Seconds for which consoles and commands take account of a 429 answer.
    static let memory = 86_400.0
    /// How long a bulk request waits for the lock of the shared file before it goes on without the file.
    private static let filePatience = Duration.milliseconds(200)
    /// The shortest pause after a 429 answer with a `Retry-After`.
    private static let leastPause = Duration.seconds(1)

    /// - Parameter directory: the directory of the file that all consoles and commands of the user share; nil for no file.
    public convenience init(host: APIHost, setting: PaceSetting = .automatic, directory: String? = nil) {
        self.init(
            setting, isHosted: host == .hosted, shared: directory.map { SharedPace(directory: $0, host: host) }, clock: .system)
    }

    init(_ setting: PaceSetting, isHosted: Bool, shared: SharedPace?, clock: PaceClock) {
        self.setting = setting
        self.isHosted = isHosted
        // Without a pace there is nothing to share.
        self.shared = setting == .none ? nil : shared
        self.clock = clock
    }

    /// Sets the observer. It is called with the end of the pause when bulk work waits because the server asked for it, and with
    /// nil when the work goes on or was cancelled. It can be called on any thread.
    public func observe(_ observer: @escaping @Sendable (_ until: Date?) -> Void) { state.withLock { $0.observer = observer } }

    /// The number of bulk requests that wait, without the one whose turn is next.
    var waiting: Int { line.count }

    // MARK: Before a request

    /// Waits until the request may be sent.
    /// - Throws: `.cancelled` when the task is cancelled while it waits; the request is not counted then.
    func waitForTurn(_ priority: RequestPriority) async throws(APIError) {
        switch priority {
        case .interactive: await count()
        case .bulk: try await waitForTurn()
        }
    }

    private func count() async {
        let interval = interval
        guard interval > 0 else { return }
        let now = clock.now()
        state.withLock { state in
            state.budget.count(at: now, interval: interval)
            state.uncounted += 1
        }
        // Does not wait if another process holds the lock: the next exchange writes the count.
        await exchange(.zero) { _ in }
    }

    private func waitForTurn() async throws(APIError) {
        adoptLimit()
        guard interval > 0 || isPaused else { return }
        guard await line.enter() else { throw .cancelled }
        defer {
            tell(nil)
            line.leave()
        }
        while let next = await takeTurn() {
            tell(next)
            do { try await clock.sleep(max(next - clock.now(), 1)) } catch { throw .cancelled }
        }
    }

    /// Takes the turn and returns nil, or returns the time at which to ask again.
    private func takeTurn() async -> Int? {
        let interval = interval
        return await exchange(Self.filePatience) { [clock] budget in budget.takeTurn(at: clock.now(), interval: interval) }
    }

    // MARK: After a refusal

    /// Takes note of a 429 answer: requests are paced from now on, and bulk work pauses for `retryAfter` if `canWait` allows it.
    func refused(retryAfter: Duration?) async {
        let now = clock.now(), wall = clock.wall()
        state.withLock { state in
            state.limitedAt = wall
            guard let retryAfter, Self.canWait(retryAfter) else { return }
            let pause = max(retryAfter, Self.leastPause)
            state.budget.pause(until: now + Int(pause.components.seconds) * 1_000_000, at: now)
        }
        await exchange(Self.filePatience) { _ in }
    }

    /// Whether bulk work waits for a `Retry-After` of this length.
    static func canWait(_ retryAfter: Duration) -> Bool { retryAfter <= .microseconds(PaceBudget.longestPause) }

    // MARK: What is known

    /// Microseconds between two bulk requests; 0 for no limit.
    private var interval: Int {
        switch setting {
        case .none: 0
        case .rate(let rate): 1_000_000 / max(rate, 1)
        case .automatic: isHosted || state.withLock({ $0.limitedAt != nil }) ? 1_000_000 / PaceSetting.documented : 0
        }
    }

    private var isPaused: Bool {
        let now = clock.now()
        return state.withLock { $0.budget.pausedUntil > now }
    }

    /// Reads from the shared file whether another console or command received a 429 answer.
    private func adoptLimit() {
        guard interval == 0, let limitedAt = shared?.read()?.limitedAt, isRecent(limitedAt) else { return }
        state.withLock { $0.limitedAt = $0.limitedAt ?? limitedAt }
    }

    /// Uses the absolute difference, because the machine's clock may have been set back since.
    private func isRecent(_ date: Date) -> Bool { abs(clock.wall().timeIntervalSince(date)) < Self.memory }

    /// Changes the budget in the shared file and in this process. Changes only this process's budget if the file cannot be used.
    @discardableResult
    private func exchange<Result: Sendable>(_ patience: Duration, _ change: (inout PaceBudget) -> Result) async -> Result {
        let interval = interval, clock = clock
        let result = await shared?.update(patience) { contents in
            state.withLock { state in
                let now = clock.now()
                contents.budget.bound(at: now)
                contents.budget.count(state.uncounted, at: now, interval: interval)
                contents.budget.merge(state.budget)
                // The file's date may lie in the future if the clock was set back.
                if let own = state.limitedAt, contents.limitedAt.map({ $0 < own || !isRecent($0) }) ?? true { contents.limitedAt = own }
                let result = change(&contents.budget)
                state.budget = contents.budget
                state.uncounted = 0
                return result
            }
        }
        return result ?? state.withLock { change(&$0.budget) }
    }

    // MARK: The observer

    /// Calls the observer when the end of the pause has changed. Waiting only for the pace is not reported.
    /// - Parameter next: the time until which a bulk request waits; nil when none waits.
    private func tell(_ next: Int?) {
        let now = clock.now(), wall = clock.wall()
        let news = state.withLock { state -> (observer: (@Sendable (Date?) -> Void)?, until: Date?)? in
            let end = next.flatMap { state.budget.pausedUntil >= $0 && state.budget.pausedUntil > now ? state.budget.pausedUntil : nil }
            guard end != state.announcedEnd else { return nil }
            state.announcedEnd = end
            return (state.observer, end.map { wall.addingTimeInterval(Double($0 - now) / 1_000_000) })
        }
        news?.observer?(news?.until)
    }
}
