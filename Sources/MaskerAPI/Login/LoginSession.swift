import Foundation
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
    /// How long one request waits for the others.
    private static let patience = Duration.seconds(5)

    private let store: CredentialStore?
    private let state: Mutex<State>

    private struct Credential {
        var value: CookieValue
        var obtainedAt: Date
        var renewedAt: Date?
        var expiresAt: Date?
        /// Of the file, or counted here when there is none.
        var generation: Int
    }

    private struct State {
        var credential: Credential?
        /// Where the credential lives; nil while there has been none.
        var origin: LoginStatus.Source?
        var status = LoginStatus()
        var sends = 0
        /// The send whose answer brought the credential.
        var adoptedSend = 0
        var inFlight = 0
        var isExclusive = false
        var expiryWrittenAt = Date.distantPast
    }

    /// One request's permission to carry the cookie; to be given back with `finished`.
    struct Ticket: Sendable {
        fileprivate let value: CookieValue
        fileprivate let generation: Int
        fileprivate let send: Int
        fileprivate let sentAt: Date
        fileprivate let isExclusive: Bool
        fileprivate let locks: [FileLock]

        /// The header line that carries the cookie. libcurl drops it when a request would go to another host.
        var header: (name: String, value: String) { ("Cookie", CookieValue.cookieName + "=" + value.textToSendOrStore) }
    }

    /// - Parameters:
    ///   - store: nil keeps everything in memory.
    ///   - environmentValue: wins over the store, and is never written to it.
    public init(host: APIHost, store: CredentialStore?, environmentValue: CookieValue?) {
        self.store = store
        var state = State()
        if let environmentValue {
            state.credential = Credential(value: environmentValue, obtainedAt: Date(), generation: 0)
            state.origin = .environment
        } else if let store {
            state.origin = .file(path: store.path)
            Self.adoptStored(store, &state)
        }
        self.state = Mutex(state)
    }

    /// A session of its own for one value that is to be checked.
    init(candidate: CookieValue) {
        store = nil
        state = Mutex(State(credential: Credential(value: candidate, obtainedAt: Date(), generation: 0), origin: .memory))
    }

    public var status: LoginStatus {
        state.withLock { state in
            var status = state.status
            status.source = state.credential == nil ? nil : state.origin
            status.obtainedAt = state.credential?.obtainedAt
            status.renewedAt = state.credential?.renewedAt
            status.expiresAt = state.credential?.expiresAt
            return status
        }
    }

    public var hasCookie: Bool { state.withLock { $0.credential != nil } }

    // MARK: Sending

    /// Permission to send one authenticated request; nil when there is no cookie.
    func begin() async -> Ticket? {
        await waitInProcess(exclusive: false)
        var locks: [FileLock] = []
        if let store = sharedStore {
            let gate = await store.takeGate()
            state.withLock { Self.adoptStored(store, &$0) }
            if let inFlight = await store.takeInFlight(.shared) { locks.append(inFlight) }
            gate?.release()
        }
        return ticket(isExclusive: false, locks: locks)
    }

    /// The headers of an answer are there: takes over what they say of the cookie and gives the ticket back.
    func finished(_ ticket: Ticket, _ head: HTTPResponseHead) {
        let localNow = Date()
        let offset = head["date"].flatMap(HTTPDate.parse).map { $0.timeIntervalSince(localNow) }
        let serverNow = localNow.addingTimeInterval(offset ?? status.serverClockOffset)
        if let offset { state.withLock { $0.status.serverClockOffset = abs(offset) < 2 ? 0 : offset } }
        if head.status != 401 {
            switch SetCookie.find(in: head, now: serverNow) {
            case .renewed(let value, let expiresAt):
                adopt(value, expiresAt: expiresAt ?? serverNow + Self.lifetime, at: serverNow, ticket)
            case .cleared: forget(ticket.value)
            case nil where head.status < 500: adopt(ticket.value, expiresAt: serverNow + Self.lifetime, at: serverNow, ticket)
            case nil: break
            }
        }
        release(ticket)
    }

    /// No headers came.
    func abandoned(_ ticket: Ticket) { release(ticket) }

    /// The server said 401. Waits until nothing else is in flight and looks again: a ticket for one more try, alone,
    /// when the value has changed meanwhile; nil when the session is really over, and then it is forgotten.
    func refused(_ ticket: Ticket) async -> Ticket? {
        if ticket.isExclusive {
            end(ticket)
            return nil
        }
        await waitInProcess(exclusive: true)
        var locks: [FileLock] = []
        if let store = sharedStore {
            for lock in [await store.takeGate(), await store.takeInFlight(.exclusive)] {
                if let lock { locks.append(lock) }
            }
            state.withLock { Self.adoptStored(store, &$0) }
        }
        guard let fresh = self.ticket(isExclusive: true, locks: locks), fresh.value != ticket.value else {
            end(ticket)
            release(isExclusive: true, locks)
            return nil
        }
        return fresh
    }

    private func ticket(isExclusive: Bool, locks: [FileLock]) -> Ticket? {
        state.withLock { state in
            guard let credential = state.credential else {
                locks.forEach { $0.release() }
                if !isExclusive { state.inFlight -= 1 }
                return nil
            }
            state.sends += 1
            return Ticket(
                value: credential.value, generation: credential.generation, send: state.sends, sentAt: Date(),
                isExclusive: isExclusive, locks: locks)
        }
    }

    /// A refused value is gone for good; one that has taken its place meanwhile is not touched.
    private func end(_ ticket: Ticket) {
        state.withLock { state in
            guard state.credential?.value == ticket.value else { return }
            state.status.refusedSource = state.origin
            state.status.renewedAt = state.credential?.renewedAt
            state.credential = nil
        }
        sharedStore?.remove(ticket.value)
    }

    private func release(_ ticket: Ticket) { release(isExclusive: ticket.isExclusive, ticket.locks) }

    private func release(isExclusive: Bool, _ locks: [FileLock]) {
        locks.forEach { $0.release() }
        state.withLock { state in
            if isExclusive { state.isExclusive = false } else { state.inFlight -= 1 }
        }
    }

    /// Waits for its turn among this process's own requests, in small steps that hold no thread.
    private func waitInProcess(exclusive: Bool) async {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            let isLate = ContinuousClock.now >= deadline
            let isTaken = state.withLock { state in
                if exclusive {
                    guard !state.isExclusive, state.inFlight == 0 || isLate else { return false }
                    state.isExclusive = true
                } else {
                    guard !state.isExclusive || isLate else { return false }
                    state.inFlight += 1
                }
                return true
            }
            if isTaken { return }
            // A cancelled task still gets its turn: its request then ends by itself.
            if (try? await Task.sleep(for: .milliseconds(2))) == nil { await Task.yield() }
        }
    }

    // MARK: Values

    /// The store, when the session lives there.
    private var sharedStore: CredentialStore? {
        state.withLock { state in
            if case .file = state.origin { return store }
            return nil
        }
    }

    /// Takes a stored value over that another console has put there.
    private static func adoptStored(_ store: CredentialStore, _ state: inout State) {
        do {
            state.status.storageProblem = nil
            guard let stored = try store.read() else {
                // Another console has logged out; without a file of its own there is nothing to lose.
                if state.expiryWrittenAt != .distantPast { state.credential = nil }
                return
            }
            guard state.credential == nil || stored.generation > state.credential?.generation ?? 0 else { return }
            if let old = state.credential, old.value != stored.value { state.status.valueRenewals += 1 }
            state.credential = Credential(
                value: stored.value, obtainedAt: stored.obtainedAt, renewedAt: stored.renewedAt,
                expiresAt: stored.expiresAt, generation: stored.generation)
            state.expiryWrittenAt = stored.renewedAt ?? stored.obtainedAt
        } catch {
            state.status.storageProblem = error.description
        }
    }

    private func adopt(_ value: CookieValue, expiresAt: Date, at now: Date, _ ticket: Ticket) {
        let isNew = value != ticket.value
        if isNew, let store = sharedStore {
            let lock = store.takeWriting()
            defer { lock?.release() }
            // Somebody else's answer came first: of two values the one of the request sent later is the good one.
            if let stored = try? store.read(), stored.generation != ticket.generation, stored.sentAt > ticket.sentAt {
                state.withLock { Self.adoptStored(store, &$0) }
                return
            }
            keep(value, expiresAt: expiresAt, at: now, ticket)
            write(to: store, sentAt: ticket.sentAt)
            return
        }
        let isDue = state.withLock { now.timeIntervalSince($0.expiryWrittenAt) >= Self.writeExpiryEvery }
        keep(value, expiresAt: expiresAt, at: now, ticket)
        if isDue, let store = sharedStore {
            let lock = store.takeWriting()
            defer { lock?.release() }
            // Only the dates: a value that another console has stored meanwhile stays.
            guard let stored = try? store.read(), stored.value == value else { return }
            write(to: store, sentAt: stored.sentAt)
        }
    }

    private func keep(_ value: CookieValue, expiresAt: Date, at now: Date, _ ticket: Ticket) {
        state.withLock { state in
            guard var credential = state.credential else { return }
            let isCurrent = credential.value == value
            guard isCurrent || credential.generation == ticket.generation || ticket.send > state.adoptedSend else { return }
            if !isCurrent {
                // An answer to an old value that was only confirmed does not bring that value back.
                guard value != ticket.value else { return }
                credential.value = value
                credential.generation += 1
                state.adoptedSend = ticket.send
                state.status.valueRenewals += 1
            }
            credential.renewedAt = now
            credential.expiresAt = expiresAt
            state.credential = credential
        }
    }

    /// Writes the credential as it is now, as the next generation of what the file holds.
    private func write(to store: CredentialStore, sentAt: Date) {
        let known = (try? store.read())?.generation ?? 0
        let stored: CredentialStore.Stored? = state.withLock { state in
            guard var credential = state.credential else { return nil }
            credential.generation = max(credential.generation, known + 1)
            state.credential = credential
            state.expiryWrittenAt = credential.renewedAt ?? credential.obtainedAt
            return CredentialStore.Stored(
                value: credential.value, obtainedAt: credential.obtainedAt, renewedAt: credential.renewedAt,
                expiresAt: credential.expiresAt, generation: credential.generation, sentAt: sentAt)
        }
        guard let stored else { return }
        do {
            try store.write(stored)
            state.withLock { $0.status.storageProblem = nil }
        } catch {
            state.withLock { $0.status.storageProblem = error.description + "; it is kept in memory" }
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
            state.credential = fresh
            state.credential?.generation = generation
            state.adoptedSend = state.sends
            state.origin = target.map { .file(path: $0.path) } ?? .memory
            state.status = LoginStatus(serverClockOffset: offset)
        }
        if let target { write(to: target, sentAt: Date()) }
    }

    /// Forgets the cookie everywhere it was stored.
    func forget() {
        let value = state.withLock { state -> CookieValue? in
            defer { state.credential = nil }
            return state.credential?.value
        }
        if let value { store?.remove(value) }
    }

    /// The server has cleared the cookie: forgotten, unless it was replaced meanwhile.
    private func forget(_ value: CookieValue) {
        let isCurrent = state.withLock { $0.credential?.value == value }
        if isCurrent { forget() }
    }
}
