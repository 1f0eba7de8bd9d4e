import FoundationEssentials

/// The state of the login session, and the rules that choose between several values of its cookie. `LoginSession` keeps it
/// in a mutex.
struct LoginState {
    struct Credential {
        var value: CookieValue
        var obtainedAt: Date
        var renewedAt: Date?
        var expiresAt: Date?
        /// The generation in the file, or counted here when there is no file.
        var generation: Int
        /// When the request was sent whose answer set the value.
        var sentAt: Date

        /// A value whose times are not known.
        init(_ value: CookieValue) {
            self.value = value
            obtainedAt = Date()
            generation = 0
            sentAt = .distantPast
        }

        init(_ stored: CredentialStore.Stored) {
            value = stored.value
            obtainedAt = stored.obtainedAt
            renewedAt = stored.renewedAt
            expiresAt = stored.expiresAt
            generation = stored.generation
            sentAt = stored.sentAt
        }
    }

    var credential: Credential?
    /// Where the credential is to be kept; nil until there is one.
    var origin: LoginStatus.Source?
    /// Whether the file holds the credential; false when it could not be written.
    private(set) var isStored = false
    private(set) var readProblem: String?, writeProblem: String?
    /// Why the store does not hold the value.
    private(set) var unstoredReason: String?
    var status = LoginStatus()
    /// Grows when the user signs in or out. Answers to requests of an earlier epoch are ignored.
    private(set) var epoch = 0
    /// Values that were not used because another request in flight set one as well, the latest last. Requests may reach
    /// the server in another order than they were sent, so one of these can still be the valid one.
    private var passedOver: [CredentialStore.PassedOver] = []
    /// The credential that a 401 ended. An answer that is still to come can set the value that replaces it.
    private(set) var refused: Credential?
    /// Whether the store held the refused credential. If so, the store shows whether the server refused it or the user
    /// logged out.
    private var refusedWasStored = false
    /// How the server's clock differs from this machine's.
    var clock = ServerClock()
    /// Decides which of this process's requests may start.
    var turns = RequestTurns()
    private var expiryWrittenAt = Date.distantPast

    /// Seconds between two writes that only move the expiry.
    private static let writeExpiryEvery = 300.0

    init(_ credential: Credential? = nil, from origin: LoginStatus.Source? = nil) {
        self.credential = credential
        self.origin = origin
    }

    /// Where the credential is kept now.
    var source: LoginStatus.Source? {
        if case .file = origin, !isStored { return .memory }
        return origin
    }

    // MARK: What the store holds

    /// Takes over the value in the store when another console wrote a newer one, or when it differs from the current value
    /// and that is the one the server has `refused`.
    mutating func adopt(from store: CredentialStore, refused: CookieValue? = nil) {
        do {
            readProblem = nil
            guard let stored = try store.read() else {
                // Another console has logged out or got a 401, and removed the file. A credential that was never written
                // is kept.
                if isStored, let credential {
                    let wasRefused = store.hasRefused(credential.value)
                    status.refusedSource = source
                    status.wasRemovedElsewhere = !wasRefused
                    self.refused = wasRefused ? credential : nil
                    refusedWasStored = true
                    self.credential = nil
                    isStored = false
                }
                return
            }
            guard let old = credential else { return take(stored) }
            let isNewer = stored.generation > old.generation
            if stored.value == old.value {
                isStored = true
                if isNewer { take(stored) }
            } else if isNewer || old.value == refused {
                status.valueRenewals += 1
                take(stored)
            }
        } catch {
            readProblem = error.description
        }
    }

    private mutating func take(_ stored: CredentialStore.Stored) {
        credential = Credential(stored)
        passedOver = stored.passedOver
        isStored = true
        writeProblem = nil
        unstoredReason = nil
        refused = nil
        status.refusedSource = nil
        status.wasRemovedElsewhere = false
        expiryWrittenAt = stored.renewedAt ?? stored.obtainedAt
    }

    /// Whether the store has to be written after an answer: the value changed, or its expiry moved by enough.
    func isWorthWriting(_ value: CookieValue, at now: Date, _ ticket: LoginSession.Ticket) -> Bool {
        value != ticket.value || !isStored || now.timeIntervalSince(expiryWrittenAt) >= Self.writeExpiryEvery
    }

    /// The credential as it is to be written, with a generation above `known`, the one in the file. Nil without a credential.
    mutating func nextStored(after known: Int) -> CredentialStore.Stored? {
        guard var credential else { return nil }
        credential.generation = max(credential.generation, known + 1)
        self.credential = credential
        return CredentialStore.Stored(
            value: credential.value, obtainedAt: credential.obtainedAt, renewedAt: credential.renewedAt,
            expiresAt: credential.expiresAt, generation: credential.generation, sentAt: credential.sentAt,
            passedOver: passedOver)
    }

    /// Records the result of a write.
    /// - Parameters:
    ///   - old: the content of the file before the write.
    ///   - problem: why the write failed; nil when it succeeded.
    mutating func wrote(_ stored: CredentialStore.Stored, over old: CredentialStore.Stored?, _ problem: String?) {
        writeProblem = problem.map { $0 + "; it is kept in memory" }
        // When only the expiry was to be written, the file still holds the value.
        unstoredReason = old?.value == stored.value ? nil : problem
        isStored = problem == nil && credential?.value == stored.value
        if problem == nil { expiryWrittenAt = stored.renewedAt ?? stored.obtainedAt }
    }

    // MARK: What answers say

    /// Forgets the refused credential when the user has logged out since: `store` no longer says that it was refused.
    mutating func forgetRefused(unlessBy store: CredentialStore) {
        if let refused, refusedWasStored, !store.hasRefused(refused.value) { self.refused = nil }
    }

    /// Chooses between the credential and the value of an answer. True when the store has to be written.
    mutating func keep(_ value: CookieValue, expiresAt: Date, at now: Date, _ ticket: LoginSession.Ticket) -> Bool {
        guard epoch == ticket.epoch else { return false }
        if self.credential == nil, let refused, refused.value == ticket.value, value != ticket.value {
            // The session is not over: an answer to a request with the refused value has set the value that replaces it.
            self.credential = refused
            self.refused = nil
            status.refusedSource = nil
        }
        guard var credential else { return false }
        if credential.value != value {
            // An answer that only confirms an old value does not bring that value back.
            guard value != ticket.value else { return false }
            let isSuccessor = credential.value == ticket.value
            guard isSuccessor || ticket.sentAt >= credential.sentAt else {
                passOver(value)
                return true
            }
            if isSuccessor {
                // The server has replaced every value that was valid when this request was sent; 2 ms allow for rounded times.
                passedOver.removeAll { $0.at < ticket.sentAt.addingTimeInterval(-0.002) }
            } else {
                passOver(credential.value)
            }
            credential.value = value
            credential.generation += 1
            credential.sentAt = ticket.sentAt
            status.valueRenewals += 1
            isStored = false
        }
        credential.renewedAt = now
        credential.expiresAt = expiresAt
        self.credential = credential
        return true
    }

    private mutating func passOver(_ value: CookieValue) {
        passedOver.append(CredentialStore.PassedOver(value: value, at: Date()))
        // As many requests as two consoles can have in flight.
        if passedOver.count > 8 { passedOver.removeFirst() }
    }

    /// Uses the latest value that was passed over, if the credential still has `value`. False when there is no such value.
    mutating func takePassedOver(insteadOf value: CookieValue) -> Bool {
        guard credential?.value == value, let other = passedOver.popLast() else { return false }
        credential?.value = other.value
        credential?.generation += 1
        status.valueRenewals += 1
        return true
    }

    /// Removes the value of a ticket that the server refused or cleared. False when another value has taken its place; that
    /// one is kept.
    mutating func end(_ ticket: LoginSession.Ticket) -> Bool {
        guard epoch == ticket.epoch, credential?.value == ticket.value else { return false }
        status.refusedSource = source
        refused = credential
        refusedWasStored = isStored
        credential = nil
        isStored = false
        passedOver = []
        return true
    }

    // MARK: Signing in and out

    /// Replaces the state after the user has signed in.
    mutating func begin(with fresh: Credential, from origin: LoginStatus.Source, clock: ServerClock) {
        let generation = (credential?.generation ?? 0) + 1
        startOver()
        credential = fresh
        credential?.generation = generation
        credential?.sentAt = Date()
        self.origin = origin
        self.clock = clock
        status = LoginStatus(serverClockOffset: clock.offset)
    }

    /// Forgets the credential, and returns its value.
    mutating func forget() -> CookieValue? {
        let value = credential?.value
        startOver()
        status.refusedSource = nil
        status.wasRemovedElsewhere = false
        return value
    }

    private mutating func startOver() {
        epoch += 1
        credential = nil
        refused = nil
        passedOver = []
        isStored = false
        readProblem = nil
        writeProblem = nil
        unstoredReason = nil
    }
}
