import FoundationEssentials
import Synchronization

/// Keeps what is sent to a server within its limits: bulk requests wait for their turn, one after the other, and for the end of
/// a pause that the server asks for. Interactive ones wait for nothing here, and are counted.
public final class RequestPacer: Sendable {
    private let setting: PaceSetting
    private let isHosted: Bool
    private let shared: SharedPace?
    private let clock: PaceClock
    private let line = FIFOGate()
    private let state = Mutex(State())

    private struct State {
        var budget = PaceBudget()
        /// When the server has last refused a request for there being too many; nil: not that it is known.
        var limitedAt: Date?
        /// Interactive requests that the file does not know of yet.
        var uncounted = 0
        var observer: (@Sendable (_ until: Date?) -> Void)?
        /// The end of the pause that the observer was told of.
        var announcedEnd: Int?
    }

    /// How long other consoles and commands remember that a server has refused too many requests.
    static let memory = 86_400.0
    /// How long a bulk request waits for the file before it goes on without it.
    private static let filePatience = Duration.milliseconds(200)
    /// The least that is waited after a refusal.
    private static let leastPause = Duration.seconds(1)

    /// - Parameter directory: where the file is that all consoles and commands of the user share; nil: no file is kept.
    public convenience init(host: APIHost, setting: PaceSetting = .automatic, directory: String? = nil) {
        self.init(
            setting, isHosted: host == .hosted, shared: directory.map { SharedPace(directory: $0, host: host) }, clock: .system)
    }

    init(_ setting: PaceSetting, isHosted: Bool, shared: SharedPace?, clock: PaceClock) {
        self.setting = setting
        self.isHosted = isHosted
        // Who wants no pace shares none.
        self.shared = setting == .none ? nil : shared
        self.clock = clock
    }

    /// Tells from now on until when bulk work waits because the server asks for it, and nil when it goes on or was cancelled.
    /// Called on any thread.
    public func observe(_ observer: @escaping @Sendable (_ until: Date?) -> Void) { state.withLock { $0.observer = observer } }

    /// How many bulk requests wait behind the one whose turn is next.
    var waiting: Int { line.count }

    // MARK: Before a request

    /// Returns when the request may be sent.
    /// - Throws: `.cancelled` when the task is cancelled while it waits, and then it has taken nothing.
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
        // Whoever has the file just now is not waited for: the next one writes it down.
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

    /// Nil when it was taken.
    private func takeTurn() async -> Int? {
        let interval = interval
        return await exchange(Self.filePatience) { [clock] budget in budget.takeTurn(at: clock.now(), interval: interval) }
    }

    // MARK: After a refusal

    /// The server has answered 429: from here on it is paced, and bulk work pauses for as long as it asks, if that can be waited for.
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

    /// Whether bulk work waits for such a `Retry-After`.
    static func canWait(_ retryAfter: Duration) -> Bool { retryAfter <= .microseconds(PaceBudget.longestPause) }

    // MARK: What is known

    /// Microseconds between two bulk requests; 0 for no pace.
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

    /// Another console or command may have met the server's limit.
    private func adoptLimit() {
        guard interval == 0, let limitedAt = shared?.read()?.limitedAt, isRecent(limitedAt) else { return }
        state.withLock { $0.limitedAt = $0.limitedAt ?? limitedAt }
    }

    /// The machine's clock may have been set back since.
    private func isRecent(_ date: Date) -> Bool { abs(clock.wall().timeIntervalSince(date)) < Self.memory }

    /// Changes the budget, that of the file where one can be used, and this process's own otherwise.
    @discardableResult
    private func exchange<Result: Sendable>(_ patience: Duration, _ change: (inout PaceBudget) -> Result) async -> Result {
        let interval = interval, clock = clock
        let result = await shared?.update(patience) { contents in
            state.withLock { state in
                let now = clock.now()
                contents.budget.bound(at: now)
                contents.budget.count(state.uncounted, at: now, interval: interval)
                contents.budget.merge(state.budget)
                // The file's may be of a time to come, from before the clock was set back.
                if let own = state.limitedAt, contents.limitedAt.map({ $0 < own || !isRecent($0) }) ?? true { contents.limitedAt = own }
                let result = change(&contents.budget)
                state.budget = contents.budget
                state.uncounted = 0
                return result
            }
        }
        return result ?? state.withLock { change(&$0.budget) }
    }

    // MARK: Telling

    /// - Parameter next: until when bulk work waits; the pace itself is nothing to tell of.
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
