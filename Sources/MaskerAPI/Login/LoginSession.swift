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
    /// An expiry that moved by less is not worth a write.
    private static let writeExpiryEvery = 300.0

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
    private let state: Mutex<State>

    private struct Credential {
        var value: CookieValue
        var obtainedAt: Date
        var renewedAt: Date?
        var expiresAt: Date?
        /// Of the file, or counted here when there is none.
        var generation: Int
        /// When the request was sent whose answer brought the value.
        var sentAt: Date
    }

    private struct State {
        var credential: Credential?
        /// Where the credential belongs; nil while there has been none.
        var origin: LoginStatus.Source?
        /// Whether the file holds the credential: not so when it could not be written.
        var isStored = false
        var readProblem: String?, writeProblem: String?
        /// Why the store does not hold the value.
        var unstoredReason: String?
        var status = LoginStatus()
        /// Grows when a person signs in or out: what was sent before then has no say any more.
        var epoch = 0
        /// Values that lost against those of other requests in flight, the latest last. Requests need not reach the
        /// server in the order they were sent, so one of these can still be the good one.
        var passedOver: [CredentialStore.PassedOver] = []
        /// What a 401 has ended. An answer still out can bring its successor.
        var refused: Credential?
        /// Whether the store held it, which then says whether it was refused or somebody has logged out.
        var refusedWasStored = false
        var inFlight = 0
        /// Those of them whose answers have not come, with when they were sent.
        var unanswered: [Int: ContinuousClock.Instant] = [:]
        /// Answered with 401, and not yet asked about.
        var doubted: Set<Int> = []
        var lastTicket = 0
        var isExclusive = false
        /// How many wait to be alone; nobody else begins meanwhile.
        var waitingToBeAlone = 0
        var expiryWrittenAt = Date.distantPast
    }

    /// One request's permission to carry the cookie; to be given back with `finished`.
    struct Ticket: Sendable {
        fileprivate enum Secret { case cookie(CookieValue), token(APIToken) }
        fileprivate let secret: Secret
        fileprivate let epoch: Int
        fileprivate let sentAt: Date
        /// Nothing else of the user's consoles is out meanwhile.
        let isExclusive: Bool
        fileprivate var number = 0
        fileprivate let locks: [FileLock]

        /// Nil where an API token is carried.
        fileprivate var value: CookieValue? {
            if case .cookie(let value) = secret { return value }
            return nil
        }

        /// The header line that carries the cookie, or the API token. libcurl drops it when a request would go to another
        /// host.
        var header: (name: String, value: String) {
            switch secret {
            case .cookie(let value): ("Cookie", CookieValue.cookieName + "=" + value.textToSendOrStore)
            case .token(let token): OpenDecision.header(of: token)
            }
        }
    }

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
        var state = State()
        if let environmentValue {
            state.credential = Self.credential(environmentValue)
            state.origin = .environment
            if let renewals { Self.adoptStored(renewals, &state) }
        } else if let store {
            state.origin = .file(path: store.path)
            Self.adoptStored(store, &state)
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
        state = Mutex(State(credential: Self.credential(candidate), origin: .memory))
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
        state = Mutex(State(origin: .token, status: LoginStatus(source: .token)))
    }

    private static func credential(_ value: CookieValue) -> Credential {
        Credential(value: value, obtainedAt: Date(), generation: 0, sentAt: .distantPast)
    }

    public var status: LoginStatus {
        state.withLock { state in
            var status = state.status
            guard token == nil else { return status }
            status.source = state.credential == nil ? nil : Self.source(state)
            status.obtainedAt = state.credential?.obtainedAt
            status.renewedAt = (state.credential ?? state.refused)?.renewedAt
            status.expiresAt = (state.credential ?? state.refused)?.expiresAt
            status.storageProblem = state.writeProblem ?? state.readProblem
            status.unstoredReason = state.credential == nil ? nil : state.unstoredReason
            status.renewalsPath = state.origin == .environment && state.isStored ? renewals?.path : nil
            return status
        }
    }

    private static func source(_ state: State) -> LoginStatus.Source? {
        if case .file = state.origin, !state.isStored { return .memory }
        return state.origin
    }

    /// Whether an API token takes the place of a login session, a refused one too.
    var isToken: Bool { token != nil }

    /// Whether it is being found out what a refusal means. Other consoles of the user wait for that.
    var isInDoubt: Bool { state.withLock { !$0.doubted.isEmpty || $0.isExclusive || $0.waitingToBeAlone > 0 } }

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
            var gate = await store.takeGate(patience)
            state.withLock { Self.adoptStored(store, &$0) }
            if await mustWaitForOthers(number, gate) {
                gate = await store.takeGate(patience)
                state.withLock { Self.adoptStored(store, &$0) }
            }
            if let inFlight = await store.takeInFlight(.shared, patience) { locks.append(inFlight) }
            gate?.release()
        }
        return ticket(number, isExclusive: false, locks: locks)
    }

    /// Another console has seen the value refused and has removed it, while an answer to it is still out here, which may
    /// bring its successor: waits for that. False when there is nothing to wait for; `gate` is released otherwise.
    private func mustWaitForOthers(_ number: Int, _ gate: FileLock?) async -> Bool {
        func isHopeful() -> Bool {
            state.withLock { state in
                state.credential == nil && state.refused != nil && state.unanswered.keys.contains { $0 != number }
            }
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
                if state.epoch == ticket.epoch, state.credential?.value == sent { state.doubted.insert(ticket.number) }
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
    func doubtsNoMore(_ ticket: Ticket) { state.withLock { _ = $0.doubted.remove(ticket.number) } }

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
            for lock in [await store.takeGate(patience), await store.takeInFlight(.exclusive, patience)] {
                if let lock { locks.append(lock) }
            }
            state.withLock { Self.adoptStored(store, &$0, refused: value) }
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
        let isTaken = state.withLock { state in
            guard state.credential?.value == value, let other = state.passedOver.popLast() else { return false }
            state.credential?.value = other.value
            state.credential?.generation += 1
            state.status.valueRenewals += 1
            return true
        }
        guard isTaken, let store = sharedStore else { return }
        let lock = store.takeWriting()
        defer { lock?.release() }
        write(to: store, under: lock)
    }

    private func ticket(_ number: Int, isExclusive: Bool, locks: [FileLock]) -> Ticket? {
        state.withLock { state in
            guard let credential = state.credential else {
                locks.forEach { $0.release() }
                if !isExclusive {
                    state.inFlight -= 1
                    state.unanswered[number] = nil
                }
                return nil
            }
            return Ticket(
                secret: .cookie(credential.value), epoch: state.epoch, sentAt: Date(), isExclusive: isExclusive, number: number, locks: locks)
        }
    }

    /// A value that was refused or cleared is gone for good; one that has taken its place meanwhile is not touched.
    private func end(_ ticket: Ticket, wasRefused: Bool) {
        let isEnded = state.withLock { state in
            guard state.epoch == ticket.epoch, state.credential?.value == ticket.value else { return false }
            state.status.refusedSource = Self.source(state)
            state.refused = state.credential
            state.refusedWasStored = state.isStored
            state.credential = nil
            state.isStored = false
            state.passedOver = []
            return true
        }
        if isEnded, let value = ticket.value { sharedStore?.remove(value, wasRefused: wasRefused) }
    }

    private func release(_ ticket: Ticket) { release(isExclusive: ticket.isExclusive, ticket.number, ticket.locks) }

    private func release(isExclusive: Bool, _ number: Int, _ locks: [FileLock]) {
        locks.forEach { $0.release() }
        state.withLock { state in
            if isExclusive {
                state.isExclusive = false
            } else {
                state.inFlight -= 1
                state.unanswered[number] = nil
            }
        }
    }

    /// Waits for its turn among this process's own requests, in small steps that do not hold its task's thread. Returns the
    /// number of the request.
    ///
    /// Two of them at most are out without an answer, and none leaves while one was refused and it is not known why: a session that
    /// is over is not sent by every request that a screen begins with. Whoever has been out for long holds up no others.
    private func waitInProcess() async -> Int {
        let begun = ContinuousClock.now
        let deadline = begun + patience, turn = begun + headPatience
        var pause = Duration.milliseconds(1)
        // One place is never taken by bulk work, which begins when nobody else waits for an answer.
        let mostUnanswered = RequestPriority.current == .bulk ? 1 : Self.mostUnanswered
        while true {
            let now = ContinuousClock.now
            // A request of a cancelled task ends by itself, so it need not wait.
            let isFree = now >= deadline || Task.isCancelled
            let number = state.withLock { state -> Int? in
                if !isFree {
                    guard !state.isExclusive, state.waitingToBeAlone == 0 else { return nil }
                    if now < turn {
                        let recent = state.unanswered.values.count { now - $0 < headPatience }
                        guard recent < mostUnanswered, state.doubted.isEmpty else { return nil }
                    }
                }
                state.inFlight += 1
                state.lastTicket += 1
                state.unanswered[state.lastTicket] = now
                return state.lastTicket
            }
            if let number { return number }
            try? await Pause.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(16))
        }
    }

    /// Waits until none of this process's requests is in flight. False when the task was cancelled before.
    private func waitToBeAlone() async -> Bool {
        let deadline = ContinuousClock.now + patience
        var pause = Duration.milliseconds(1)
        state.withLock { $0.waitingToBeAlone += 1 }
        while true {
            let isLate = ContinuousClock.now >= deadline, isCancelled = Task.isCancelled
            let isTaken = state.withLock { state -> Bool? in
                let isFree = !state.isExclusive && (state.inFlight == 0 || isLate)
                guard isFree || isCancelled else { return nil }
                state.waitingToBeAlone -= 1
                guard !isCancelled else { return false }
                state.isExclusive = true
                return true
            }
            if let isTaken { return isTaken }
            try? await Pause.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(16))
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

    /// Takes a stored value over that another console has put there: a newer one, or any other than the one the
    /// server has `refused`.
    private static func adoptStored(_ store: CredentialStore, _ state: inout State, refused: CookieValue? = nil) {
        do {
            state.readProblem = nil
            guard let stored = try store.read() else {
                // Another console has logged out, or the server has refused it there. What could never be written has nothing
                // to lose there.
                if state.isStored, let credential = state.credential {
                    let wasRefused = store.hasRefused(credential.value)
                    state.status.refusedSource = source(state)
                    state.status.wasRemovedElsewhere = !wasRefused
                    state.refused = wasRefused ? credential : nil
                    state.refusedWasStored = true
                    state.credential = nil
                    state.isStored = false
                }
                return
            }
            guard let old = state.credential else { return take(stored, &state) }
            let isNewer = stored.generation > old.generation
            if stored.value == old.value {
                state.isStored = true
                if isNewer { take(stored, &state) }
            } else if isNewer || old.value == refused {
                state.status.valueRenewals += 1
                take(stored, &state)
            }
        } catch {
            state.readProblem = error.description
        }
    }

    private static func take(_ stored: CredentialStore.Stored, _ state: inout State) {
        state.credential = Credential(
            value: stored.value, obtainedAt: stored.obtainedAt, renewedAt: stored.renewedAt,
            expiresAt: stored.expiresAt, generation: stored.generation, sentAt: stored.sentAt)
        state.passedOver = stored.passedOver
        state.isStored = true
        state.writeProblem = nil
        state.unstoredReason = nil
        state.refused = nil
        state.status.refusedSource = nil
        state.status.wasRemovedElsewhere = false
        state.expiryWrittenAt = stored.renewedAt ?? stored.obtainedAt
    }

    private func adopt(_ value: CookieValue, expiresAt: Date, at now: Date, _ ticket: Ticket) {
        let isDue = state.withLock { state in
            // The environment has that itself.
            if state.origin == .environment, value == environmentValue { return false }
            return value != ticket.value || !state.isStored
                || now.timeIntervalSince(state.expiryWrittenAt) >= Self.writeExpiryEvery
        }
        guard isDue, let store = sharedStore else {
            _ = state.withLock { Self.keep(value, expiresAt: expiresAt, at: now, ticket, &$0) }
            return
        }
        let lock = store.takeWriting()
        defer { lock?.release() }
        let isToBeWritten = state.withLock { state in
            Self.adoptStored(store, &state)
            // Somebody has logged out since it was refused.
            if let refused = state.refused, state.refusedWasStored, !store.hasRefused(refused.value) { state.refused = nil }
            return Self.keep(value, expiresAt: expiresAt, at: now, ticket, &state)
        }
        if isToBeWritten { write(to: store, under: lock) }
    }

    /// Decides between the credential and what an answer brings; true when either is news to other consoles.
    private static func keep(
        _ value: CookieValue, expiresAt: Date, at now: Date, _ ticket: Ticket, _ state: inout State
    ) -> Bool {
        guard state.epoch == ticket.epoch else { return false }
        if state.credential == nil, let refused = state.refused, refused.value == ticket.value, value != ticket.value {
            // The refusal was hasty: an answer to that very value has brought its successor.
            state.credential = refused
            state.refused = nil
            state.status.refusedSource = nil
        }
        guard var credential = state.credential else { return false }
        if credential.value != value {
            // An answer that only confirms an old value does not bring that value back.
            guard value != ticket.value else { return false }
            let isSuccessor = credential.value == ticket.value
            guard isSuccessor || ticket.sentAt >= credential.sentAt else {
                passOver(value, &state)
                return true
            }
            if isSuccessor {
                // The server has replaced whatever was good when this request was sent, give or take a millisecond.
                state.passedOver.removeAll { $0.at < ticket.sentAt.addingTimeInterval(-0.002) }
            } else {
                passOver(credential.value, &state)
            }
            credential.value = value
            credential.generation += 1
            credential.sentAt = ticket.sentAt
            state.status.valueRenewals += 1
            state.isStored = false
        }
        credential.renewedAt = now
        credential.expiresAt = expiresAt
        state.credential = credential
        return true
    }

    private static func passOver(_ value: CookieValue, _ state: inout State) {
        state.passedOver.append(CredentialStore.PassedOver(value: value, at: Date()))
        // As many as can be in flight, from two consoles.
        if state.passedOver.count > 8 { state.passedOver.removeFirst() }
    }

    /// Writes the credential as it is now, as the next generation of what the file holds.
    private func write(to store: CredentialStore, under lock: FileLock?, replacing: Bool = false) {
        let old = try? store.read()
        let known = old?.generation ?? 0
        let stored: CredentialStore.Stored? = state.withLock { state in
            guard var credential = state.credential else { return nil }
            credential.generation = max(credential.generation, known + 1)
            state.credential = credential
            return CredentialStore.Stored(
                value: credential.value, obtainedAt: credential.obtainedAt, renewedAt: credential.renewedAt,
                expiresAt: credential.expiresAt, generation: credential.generation, sentAt: credential.sentAt,
                passedOver: state.passedOver)
        }
        guard let stored else { return }
        var problem: String?
        do { try store.write(stored, under: lock, replacing: replacing) } catch { problem = error.description }
        state.withLock { [problem] state in
            state.writeProblem = problem.map { $0 + "; it is kept in memory" }
            // What only was to be written with a later end is there all the same.
            state.unstoredReason = old?.value == stored.value ? nil : problem
            state.isStored = problem == nil && state.credential?.value == stored.value
            if problem == nil { state.expiryWrittenAt = stored.renewedAt ?? stored.obtainedAt }
        }
    }

    // MARK: Signing in and out

    /// Takes over the value that `candidate` was checked with, in the form the server has renewed it to.
    func replace(with candidate: LoginSession, storing: Bool) {
        guard let fresh = candidate.state.withLock({ $0.credential }) else { return }
        let target = storing ? store : nil
        let lock = target?.takeWriting()
        defer { lock?.release() }
        let offset = candidate.status.serverClockOffset
        state.withLock { state in
            let generation = (state.credential?.generation ?? 0) + 1
            Self.startOver(&state)
            state.credential = fresh
            state.credential?.generation = generation
            state.credential?.sentAt = Date()
            state.origin = target.map { .file(path: $0.path) } ?? .memory
            state.status = LoginStatus(serverClockOffset: offset)
        }
        if let target { write(to: target, under: lock, replacing: true) }
    }

    /// Forgets the cookie everywhere it was stored.
    func forget() {
        let value = state.withLock { state in
            let value = state.credential?.value
            Self.startOver(&state)
            state.status.refusedSource = nil
            state.status.wasRemovedElsewhere = false
            return value
        }
        for store in [store, renewals].compactMap({ $0 }) {
            if let value { store.remove(value, wasRefused: false) }
            store.forgetRefusal()
        }
    }

    private static func startOver(_ state: inout State) {
        state.epoch += 1
        state.credential = nil
        state.refused = nil
        state.passedOver = []
        state.isStored = false
        state.readProblem = nil
        state.writeProblem = nil
        state.unstoredReason = nil
    }
}
