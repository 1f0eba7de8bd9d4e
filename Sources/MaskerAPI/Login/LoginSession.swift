import FoundationEssentials
import Glibc
import Synchronization

/// Owns the cookie of the login session (or the API token). Gives each request the value to send, takes over renewed
/// values, and notices when the server has ended the session.
///
/// The server may replace the value with any answer, and the old value is invalid from then on. So requests in flight are
/// counted (in this process and, through locks beside the file, in every other console of the user). A 401 ends the
/// session only when no other request is in flight and the value is still the one that was refused.
public final class LoginSession: Sendable {
    /// How long a session lasts from its last renewal (contract, *Login session*).
    static let lifetime = 30.0 * 86_400

    /// The only host that gets the cookie. Nil for a candidate, which is sent to the host that checks it.
    private let host: APIHost?
    private let store: CredentialStore?
    /// Keeps the values with which the server replaced the one of `MASKER_SESSION`. Nil without that variable, and when
    /// nothing is stored.
    private let renewals: CredentialStore?
    private let environmentValue: CookieValue?
    /// Why nothing may be stored although it should be; nil when it may, or when the user wants nothing stored.
    private let storageRefusal: String?
    /// How long a request waits for other requests, and for a lock of other consoles.
    private let patience: Duration
    /// How long a request waits for the headers of earlier answers, which show whether the session is still valid.
    private let headPatience: Duration
    /// The most unanswered requests at once, while it is not known whether the session is still valid.
    private static let mostUnanswered = 2
    /// Sent instead of a cookie, until the server refuses it. A session with a token never has a cookie.
    private let token: APIToken?
    private let state: Mutex<LoginState>

    /// - Parameters:
    ///   - store: nil keeps everything in memory.
    ///   - environmentValue: takes precedence over the stored value, and is never written. When the server replaces it, the
    ///     new value is kept beside the store, for the next process that starts with the same `environmentValue`.
    ///   - storageRefusal: why there is no store although there should be one, in one sentence.
    public convenience init(host: APIHost, store: CredentialStore?, environmentValue: CookieValue?, storageRefusal: String? = nil) {
        self.init(host: host, store: store, environmentValue: environmentValue, storageRefusal: storageRefusal, patience: .seconds(5))
    }

    init(
        host: APIHost, store: CredentialStore?, environmentValue: CookieValue?, storageRefusal: String? = nil, patience: Duration,
        headPatience: Duration = .seconds(1)
    ) {
        self.storageRefusal = storageRefusal
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

    /// A separate session that checks one value before it is used. It stores nothing.
    init(candidate: CookieValue) {
        host = nil
        store = nil
        renewals = nil
        environmentValue = nil
        storageRefusal = nil
        patience = .seconds(5)
        headPatience = .seconds(1)
        token = nil
        state = Mutex(LoginState(LoginState.Credential(candidate), from: .memory))
    }

    /// Sends an API token instead of a login session. The token stays in memory; it is not renewed, stored or revoked.
    public init(host: APIHost, token: APIToken) {
        self.host = host
        store = nil
        renewals = nil
        environmentValue = nil
        storageRefusal = nil
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
            status.storageProblem = storageRefusal ?? state.writeProblem ?? state.readProblem
            // A value from the environment is not to be stored, so only one that has replaced it is missing.
            let refusal = state.credential?.value == environmentValue ? nil : storageRefusal
            status.unstoredReason = state.credential == nil ? nil : state.unstoredReason ?? refusal
            status.renewalsPath = state.origin == .environment && state.isStored ? renewals?.path : nil
            return status
        }
    }

    /// Whether an API token is used instead of a login session; also true after the server refused the token.
    var isToken: Bool { token != nil }

    /// Whether a 401 is being checked. Other consoles of the user wait for the result.
    var isInDoubt: Bool { state.withLock { $0.turns.isInDoubt } }

    /// Whether the cookie may be sent to this host. A cookie is only sent to the host it was signed in to.
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

    /// When another console got a 401 and removed the value, a request of this console with that value may still be
    /// unanswered, and its answer may bring the next value: waits for that answer and returns true, with `gate` released.
    /// Returns false, with `gate` still held, when there is no such request.
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

    /// Called when the headers of an answer are complete: updates the cookie from them and gives the ticket back.
    /// - Parameters:
    ///   - host: the host that answered.
    ///   - elapsed: the time since the request was sent.
    func finished(_ ticket: Ticket, _ head: HTTPResponseHead, from host: APIHost? = nil, after elapsed: Duration = .zero) {
        let localNow = Date()
        let offset = state.withLock { state in
            state.clock.note(head, at: localNow, after: elapsed)
            state.status.serverClockOffset = state.clock.offset
            return state.clock.offset
        }
        let serverNow = localNow.addingTimeInterval(offset)
        // Ignores Set-Cookie on requests made with an API token.
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
            // A web page may be that of a proxy or a portal, which extends no login session.
            case nil where head.status < 500 && !head.isWebPage:
                adopt(sent, expiresAt: serverNow + Self.lifetime, at: serverNow, ticket)
            case nil: break
            }
        }
        release(ticket)
    }

    /// Gives the ticket back when no headers came.
    func abandoned(_ ticket: Ticket) { if token == nil { release(ticket) } }

    /// Called when the connection of a request is silent. Until its answer comes or its connection ends, no 401 to another
    /// request is believed: the server may have received this request and replaced the cookie.
    func noteSilence(of ticket: Ticket) { if token == nil { state.withLock { $0.turns.noteSilence(of: ticket.number) } } }

    /// Ends the doubt about a 401 when no caller will check it with `refused`.
    func doubtsNoMore(_ ticket: Ticket) { state.withLock { $0.turns.doubtNoMore(ticket.number) } }

    /// Checks a 401. Waits until no other request is in flight, then reads the value again.
    ///
    /// Returns a ticket for one more try, with no other request beside it, when the value has changed meanwhile or another
    /// value may be the valid one. Returns nil and forgets the session when it is really over. Also returns nil, and changes
    /// nothing, when the caller's task was cancelled or the user signed in or out meanwhile.
    func refused(_ ticket: Ticket) async -> Ticket? {
        guard let value = ticket.value else {
            // A refused API token is not sent again.
            state.withLock { state in
                state.status.source = nil
                state.status.refusedSource = .token
            }
            return nil
        }
        // Until this check ends, no other request is sent with that value.
        defer { doubtsNoMore(ticket) }
        // A request that was sent alone waits as well: if this process was stopped meanwhile, another console may have sent one.
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

    /// Waits until a new request may be sent beside this process's other requests, in short sleeps that do not block the
    /// thread. Returns the number of the request.
    ///
    /// At most two requests are unanswered at once, and none is sent while a 401 is being checked: so a screen that starts
    /// with many requests does not send all of them with a session that is over. A request that has been unanswered for
    /// longer than `headPatience` does not delay others.
    private func waitInProcess() async -> Int {
        let begun = ContinuousClock.now
        let deadline = begun + patience, turn = begun + headPatience
        var pause = GrowingPause.untilFree
        // Bulk work starts only when no request is unanswered, so one of the two places stays free for the user's requests.
        let mostUnanswered = RequestPriority.current == .bulk ? 1 : Self.mostUnanswered
        while true {
            let now = ContinuousClock.now
            // The transport ends the request of a cancelled task at once, so it need not wait.
            let isFree = now >= deadline || Task.isCancelled
            let recent = now < turn ? (since: now - headPatience, most: mostUnanswered) : nil
            let number = state.withLock { $0.turns.begin(at: now, isFree: isFree, recent: recent) }
            if let number { return number }
            try? await Pause.sleep(for: pause.next())
        }
    }

    /// Waits until none of this process's requests is in flight, at most `patience`. False when the task was cancelled first.
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

    /// The store that other consoles read as well; nil when the session is kept in memory only.
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
            // The value of MASKER_SESSION is never written.
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

    /// Writes the current credential with a generation above the one in the file.
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

    /// Takes over the value that `candidate` checked, or the one the server replaced it with during the check.
    func replace(with candidate: LoginSession, storing: Bool) {
        guard let fresh = candidate.state.withLock({ $0.credential }) else { return }
        let target = storing ? store : nil
        let lock = target?.locks.takeWriting()
        defer { lock?.release() }
        let clock = candidate.state.withLock { $0.clock }
        let origin = target.map { LoginStatus.Source.file(path: $0.path) } ?? .memory
        state.withLock { $0.begin(with: fresh, from: origin, clock: clock) }
        if let target { write(to: target, under: lock, replacing: true) }
    }

    /// Forgets the cookie, in memory and in every file that keeps it.
    func forget() {
        let value = state.withLock { $0.forget() }
        for store in [store, renewals].compactMap({ $0 }) {
            if let value { store.remove(value, wasRefused: false) }
            store.forgetRefusal()
        }
    }
}

extension GrowingPause {
    /// Between two looks at whether another request has ended.
    fileprivate static var untilFree: GrowingPause { GrowingPause(from: .milliseconds(1), upTo: .milliseconds(16)) }
}
