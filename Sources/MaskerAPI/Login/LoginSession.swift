import FoundationEssentials
import Glibc
import Synchronization

/// The cookie: its only owner. It says what a request may carry, takes renewed values over, and notices when the
/// server has ended it.
///
/// The server may replace the value with any answer, and the old one is dead from then on. So requests in flight are
/// counted (in this process and, through locks beside the file, in every other console of the user), and a 401 counts
/// only when nothing else is in flight and the value is still the one that was refused.
public final class LoginSession: Sendable {
    /// How long a session lasts from its last renewal (contract, *Login session*).
    static let lifetime = 30.0 * 86_400

    /// Nil for a candidate, which is sent wherever it is checked.
    private let host: APIHost?
    private let store: CredentialStore?
    /// Where what replaces the environment's value is kept. Nil without such a value, and where nothing is stored.
    private let renewals: CredentialStore?
    private let environmentValue: CookieValue?
    /// How long one request waits for the others.
    private let patience: Duration
    /// How long it waits for the heads of their answers only to learn whether the session is still good.
    private let headPatience: Duration
    /// Most requests that are out at once without that being known.
    private static let mostUnanswered = 2
    /// Sent instead of a cookie, until the server refuses it. Then there is no cookie, and never will be.
    private let token: APIToken?
    private let state: Mutex<LoginState>

    /// - Parameters:
    ///   - store: nil keeps everything in memory.
    ///   - environmentValue: wins over what is stored, and is never written. What the server replaces it with is kept beside
    ///     the store, for the next process that begins with the same value.
    public convenience init(host: APIHost, store: CredentialStore?, environmentValue: CookieValue?) {
        self.init(host: host, store: store, environmentValue: environmentValue, patience: .seconds(5))
    }

    init(
        host: APIHost, store: CredentialStore?, environmentValue: CookieValue?, patience: Duration, headPatience: Duration = .seconds(1)
    ) {
        self.host = host
        self.store = store
        self.environmentValue = environmentValue
        self.patience = patience
        self.headPatience = min(patience, headPatience)
        token = nil
        renewals = environmentValue.flatMap { store?.renewals(of: $0) }
        var state = LoginState()
        if let environmentValue {
            state.credential = LoginState.Credential(environmentValue)
            state.origin = .environment
            if let renewals { state.adopt(from: renewals) }
        } else if let store {
            state.origin = .file(path: store.path)
            state.adopt(from: store)
        }
        self.state = Mutex(state)
    }

    /// A session of its own for one value that is to be checked.
    init(candidate: CookieValue) {
        host = nil
        store = nil
        renewals = nil
        environmentValue = nil
        patience = .seconds(5)
        headPatience = .seconds(1)
        token = nil
        state = Mutex(LoginState(LoginState.Credential(candidate), from: .memory))
    }

    /// No login session but an API token, in memory: nothing renews it, stores it or ends it from here.
    public init(host: APIHost, token: APIToken) {
        self.host = host
        store = nil
        renewals = nil
        environmentValue = nil
        patience = .seconds(5)
        headPatience = .seconds(1)
        self.token = token
        var state = LoginState(from: .token)
        state.status = LoginStatus(source: .token)
        self.state = Mutex(state)
    }

    public var status: LoginStatus {
        state.withLock { state in
            var status = state.status
            guard token == nil else { return status }
            status.source = state.credential == nil ? nil : state.source
            status.obtainedAt = state.credential?.obtainedAt
            status.renewedAt = (state.credential ?? state.refused)?.renewedAt
            status.expiresAt = (state.credential ?? state.refused)?.expiresAt
            status.storageProblem = state.writeProblem ?? state.readProblem
            status.unstoredReason = state.credential == nil ? nil : state.unstoredReason
            status.renewalsPath = state.origin == .environment && state.isStored ? renewals?.path : nil
            return status
        }
    }

    /// Whether an API token takes the place of a login session, a refused one too.
    var isToken: Bool { token != nil }

    /// Whether it is being found out what a refusal means. Other consoles of the user wait for that.
    var isInDoubt: Bool { state.withLock { $0.turns.isInDoubt } }

    /// Whether the cookie may go to this host: it is bound to the one it was made for.
    func belongs(to host: APIHost) -> Bool { self.host.map { $0 == host } ?? true }

    // MARK: Sending

    /// Permission to send one authenticated request; nil when there is no cookie.
    func begin() async -> Ticket? {
        if let token {
            guard status.source != nil else { return nil }
            // Nothing renews it, so its requests need not wait for one another.
            return Ticket(secret: .token(token), epoch: 0, sentAt: Date(), isExclusive: false, locks: [])
        }
        let number = await waitInProcess()
        var locks: [FileLock] = []
        if let store = sharedStore {
            var gate = await store.locks.takeGate(patience)
            state.withLock { $0.adopt(from: store) }
            if await mustWaitForOthers(number, gate) {
                gate = await store.locks.takeGate(patience)
                state.withLock { $0.adopt(from: store) }
            }
            if let inFlight = await store.locks.takeInFlight(.shared, patience) { locks.append(inFlight) }
            gate?.release()
        }
        return ticket(number, isExclusive: false, locks: locks)
    }

    /// Another console has seen the value refused and has removed it, while an answer to it is still out here, which may
    /// bring its successor: waits for that. False when there is nothing to wait for; `gate` is released otherwise.
    private func mustWaitForOthers(_ number: Int, _ gate: FileLock?) async -> Bool {
        func isHopeful() -> Bool {
            state.withLock { $0.credential == nil && $0.refused != nil && $0.turns.isUnanswered(besides: number) }
        }
        guard isHopeful() else { return false }
        gate?.release()
        let deadline = ContinuousClock.now + patience
        while isHopeful(), !Task.isCancelled, ContinuousClock.now < deadline { try? await Pause.sleep(for: .milliseconds(4)) }
        return true
    }

    /// The headers of an answer are there: takes over what they say of the cookie and gives the ticket back.
    /// - Parameter host: the one that has answered.
    func finished(_ ticket: Ticket, _ head: HTTPResponseHead, from host: APIHost? = nil) {
        let localNow = Date()
        let offset = head["date"].flatMap(HTTPDate.parse).map { $0.timeIntervalSince(localNow) }
        let serverNow = localNow.addingTimeInterval(offset ?? status.serverClockOffset)
        if let offset { state.withLock { $0.status.serverClockOffset = abs(offset) < 2 ? 0 : offset } }
        // A cookie that comes to an API token is nobody's.
        guard let sent = ticket.value else { return }
        if head.status == 401 {
            state.withLock { state in
                if state.epoch == ticket.epoch, state.credential?.value == sent { state.turns.doubt(ticket.number) }
            }
        } else {
            switch SetCookie.find(in: head, from: host ?? self.host, now: serverNow) {
            case .renewed(let value, let expiresAt):
                adopt(value, expiresAt: expiresAt ?? serverNow + Self.lifetime, at: serverNow, ticket)
            case .cleared: end(ticket, wasRefused: false)
            case nil where head.status < 500:
                adopt(sent, expiresAt: serverNow + Self.lifetime, at: serverNow, ticket)
            case nil: break
            }
        }
        release(ticket)
    }

    /// No headers came.
    func abandoned(_ ticket: Ticket) { if token == nil { release(ticket) } }

    /// Whoever got a 401 does not ask what it means.
    func doubtsNoMore(_ ticket: Ticket) { state.withLock { $0.turns.doubtNoMore(ticket.number) } }

    /// The server said 401. Waits until nothing else is in flight and looks again: a ticket for one more try, alone,
    /// when the value has changed meanwhile or there is another that may be the good one. Nil when the session is
    /// really over, and then it is forgotten; nil too, and nothing is decided, when the caller has gone away or
    /// somebody has signed in or out since.
    func refused(_ ticket: Ticket) async -> Ticket? {
        guard let value = ticket.value else {
            // It is not sent again.
            state.withLock { state in
                state.status.source = nil
                state.status.refusedSource = .token
            }
            return nil
        }
        // Until it is known what the refusal means, nothing else leaves with that value.
        defer { doubtsNoMore(ticket) }
        // Also for a request that was alone: if the process was stopped meanwhile, another one may have gone on.
        guard isCurrent(ticket), await waitToBeAlone() else { return nil }
        var locks: [FileLock] = []
        if let store = sharedStore {
            locks = await store.locks.takeAll(patience)
            state.withLock { $0.adopt(from: store, refused: value) }
        }
        guard !Task.isCancelled, isCurrent(ticket) else {
            release(isExclusive: true, 0, locks)
            return nil
        }
        takePassedOver(insteadOf: value)
        guard let fresh = self.ticket(0, isExclusive: true, locks: locks), fresh.value != value else {
            end(ticket, wasRefused: true)
            release(isExclusive: true, 0, locks)
            return nil
        }
        return fresh
    }

    private func isCurrent(_ ticket: Ticket) -> Bool { state.withLock { $0.epoch == ticket.epoch } }

    private func takePassedOver(insteadOf value: CookieValue) {
        let isTaken = state.withLock { $0.takePassedOver(insteadOf: value) }
        guard isTaken, let store = sharedStore else { return }
        let lock = store.locks.takeWriting()
        defer { lock?.release() }
        write(to: store, under: lock)
    }

    private func ticket(_ number: Int, isExclusive: Bool, locks: [FileLock]) -> Ticket? {
        state.withLock { state in
            guard let credential = state.credential else {
                locks.forEach { $0.release() }
                if !isExclusive { state.turns.end(number) }
                return nil
            }
            return Ticket(
                secret: .cookie(credential.value), epoch: state.epoch, sentAt: Date(), isExclusive: isExclusive, number: number, locks: locks)
        }
    }

    private func end(_ ticket: Ticket, wasRefused: Bool) {
        let isEnded = state.withLock { $0.end(ticket) }
        if isEnded, let value = ticket.value { sharedStore?.remove(value, wasRefused: wasRefused) }
    }

    private func release(_ ticket: Ticket) { release(isExclusive: ticket.isExclusive, ticket.number, ticket.locks) }

    private func release(isExclusive: Bool, _ number: Int, _ locks: [FileLock]) {
        locks.forEach { $0.release() }
        state.withLock { state in
            if isExclusive { state.turns.endAlone() } else { state.turns.end(number) }
        }
    }

    // MARK: Turns in this process

    /// Waits for its turn among this process's own requests, in small steps that do not hold its task's thread. Returns the
    /// number of the request.
    ///
    /// Two of them at most are out without an answer, and none leaves while one was refused and it is not known why: a session that
    /// is over is not sent by every request that a screen begins with. Whoever has been out for long holds up no others.
    private func waitInProcess() async -> Int {
        let begun = ContinuousClock.now
        let deadline = begun + patience, turn = begun + headPatience
        var pause = GrowingPause.untilFree
        // One place is never taken by bulk work, which begins when nobody else waits for an answer.
        let mostUnanswered = RequestPriority.current == .bulk ? 1 : Self.mostUnanswered
        while true {
            let now = ContinuousClock.now
            // A request of a cancelled task ends by itself, so it need not wait.
            let isFree = now >= deadline || Task.isCancelled
            let recent = now < turn ? (since: now - headPatience, most: mostUnanswered) : nil
            let number = state.withLock { $0.turns.begin(at: now, isFree: isFree, recent: recent) }
            if let number { return number }
            try? await Pause.sleep(for: pause.next())
        }
    }

    /// Waits until none of this process's requests is in flight. False when the task was cancelled before.
    private func waitToBeAlone() async -> Bool {
        let deadline = ContinuousClock.now + patience
        var pause = GrowingPause.untilFree
        state.withLock { $0.turns.waitToBeAlone() }
        while true {
            let isLate = ContinuousClock.now >= deadline, isCancelled = Task.isCancelled
            let isTaken = state.withLock { $0.turns.beAlone(isLate: isLate, isCancelled: isCancelled) }
            if let isTaken { return isTaken }
            try? await Pause.sleep(for: pause.next())
        }
    }

    // MARK: Values

    /// The store, when the session lives there.
    private var sharedStore: CredentialStore? {
        state.withLock { state in
            switch state.origin {
            case .file: store
            case .environment: renewals
            case .memory, .token, nil: nil
            }
        }
    }

    private func adopt(_ value: CookieValue, expiresAt: Date, at now: Date, _ ticket: Ticket) {
        let isDue = state.withLock { state in
            // The environment has that itself.
            if state.origin == .environment, value == environmentValue { return false }
            return state.isWorthWriting(value, at: now, ticket)
        }
        guard isDue, let store = sharedStore else {
            _ = state.withLock { $0.keep(value, expiresAt: expiresAt, at: now, ticket) }
            return
        }
        let lock = store.locks.takeWriting()
        defer { lock?.release() }
        let isToBeWritten = state.withLock { state in
            state.adopt(from: store)
            state.forgetRefused(unlessBy: store)
            return state.keep(value, expiresAt: expiresAt, at: now, ticket)
        }
        if isToBeWritten { write(to: store, under: lock) }
    }

    /// Writes the credential as it is now, as the next generation of what the file holds.
    private func write(to store: CredentialStore, under lock: FileLock?, replacing: Bool = false) {
        let old = try? store.read()
        let known = old?.generation ?? 0
        let stored = state.withLock { $0.nextStored(after: known) }
        guard let stored else { return }
        var problem: String?
        do { try store.write(stored, under: lock, replacing: replacing) } catch { problem = error.description }
        state.withLock { [problem] state in state.wrote(stored, over: old, problem) }
    }

    // MARK: Signing in and out

    /// Takes over the value that `candidate` was checked with, in the form the server has renewed it to.
    func replace(with candidate: LoginSession, storing: Bool) {
        guard let fresh = candidate.state.withLock({ $0.credential }) else { return }
        let target = storing ? store : nil
        let lock = target?.locks.takeWriting()
        defer { lock?.release() }
        let offset = candidate.status.serverClockOffset
        let origin = target.map { LoginStatus.Source.file(path: $0.path) } ?? .memory
        state.withLock { $0.begin(with: fresh, from: origin, serverClockOffset: offset) }
        if let target { write(to: target, under: lock, replacing: true) }
    }

    /// Forgets the cookie everywhere it was stored.
    func forget() {
        let value = state.withLock { $0.forget() }
        for store in [store, renewals].compactMap({ $0 }) {
            if let value { store.remove(value, wasRefused: false) }
            store.forgetRefusal()
        }
    }
}

extension GrowingPause {
    /// While another request holds what is waited for.
    fileprivate static var untilFree: GrowingPause { GrowingPause(from: .milliseconds(1), upTo: .milliseconds(16)) }
}
