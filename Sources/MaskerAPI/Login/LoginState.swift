import FoundationEssentials

/// What is known of the login session, and what decides between the values of its cookie. Whoever changes it holds its lock.
struct LoginState {
    struct Credential {
        var value: CookieValue
        var obtainedAt: Date
        var renewedAt: Date?
        var expiresAt: Date?
        /// Of the file, or counted here when there is none.
        var generation: Int
        /// When the request was sent whose answer brought the value.
        var sentAt: Date

        /// A value of which nothing more is known.
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
    /// Where the credential belongs; nil while there has been none.
    var origin: LoginStatus.Source?
    /// Whether the file holds the credential: not so when it could not be written.
    private(set) var isStored = false
    private(set) var readProblem: String?, writeProblem: String?
    /// Why the store does not hold the value.
    private(set) var unstoredReason: String?
    var status = LoginStatus()
    /// Grows when a person signs in or out: what was sent before then has no say any more.
    private(set) var epoch = 0
    /// Values that lost against those of other requests in flight, the latest last. Requests need not reach the
    /// server in the order they were sent, so one of these can still be the good one.
    private var passedOver: [CredentialStore.PassedOver] = []
    /// What a 401 has ended. An answer still out can bring its successor.
    private(set) var refused: Credential?
    /// Whether the store held it, which then says whether it was refused or somebody has logged out.
    private var refusedWasStored = false
    /// Who of this process's requests may begin.
    var turns = RequestTurns()
    private var expiryWrittenAt = Date.distantPast

    /// An expiry that moved by less is not worth a write.
    private static let writeExpiryEvery = 300.0

    init(_ credential: Credential? = nil, from origin: LoginStatus.Source? = nil) {
        self.credential = credential
        self.origin = origin
    }

    /// Where the credential is.
    var source: LoginStatus.Source? {
        if case .file = origin, !isStored { return .memory }
        return origin
    }

    // MARK: What the store holds

    /// Takes a stored value over that another console has put there: a newer one, or any other than the one the
    /// server has `refused`.
    mutating func adopt(from store: CredentialStore, refused: CookieValue? = nil) {
        do {
            readProblem = nil
            guard let stored = try store.read() else {
                // Another console has logged out, or the server has refused it there. What could never be written has nothing
                // to lose there.
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

    /// Whether the store is to be told what an answer says of the cookie.
    func isWorthWriting(_ value: CookieValue, at now: Date, _ ticket: LoginSession.Ticket) -> Bool {
        value != ticket.value || !isStored || now.timeIntervalSince(expiryWrittenAt) >= Self.writeExpiryEvery
    }

    /// What is to be written, as the next generation after the one that is there.
    mutating func nextStored(after known: Int) -> CredentialStore.Stored? {
        guard var credential else { return nil }
        credential.generation = max(credential.generation, known + 1)
        self.credential = credential
        return CredentialStore.Stored(
            value: credential.value, obtainedAt: credential.obtainedAt, renewedAt: credential.renewedAt,
            expiresAt: credential.expiresAt, generation: credential.generation, sentAt: credential.sentAt,
            passedOver: passedOver)
    }

    /// Takes note of a write.
    /// - Parameters:
    ///   - old: what was there before.
    ///   - problem: why it has failed.
    mutating func wrote(_ stored: CredentialStore.Stored, over old: CredentialStore.Stored?, _ problem: String?) {
        writeProblem = problem.map { $0 + "; it is kept in memory" }
        // What only was to be written with a later end is there all the same.
        unstoredReason = old?.value == stored.value ? nil : problem
        isStored = problem == nil && credential?.value == stored.value
        if problem == nil { expiryWrittenAt = stored.renewedAt ?? stored.obtainedAt }
    }

    // MARK: What answers say

    /// Somebody has logged out since the session was refused.
    mutating func forgetRefused(unlessBy store: CredentialStore) {
        if let refused, refusedWasStored, !store.hasRefused(refused.value) { self.refused = nil }
    }

    /// Decides between the credential and what an answer brings; true when either is news to other consoles.
    mutating func keep(_ value: CookieValue, expiresAt: Date, at now: Date, _ ticket: LoginSession.Ticket) -> Bool {
        guard epoch == ticket.epoch else { return false }
        if self.credential == nil, let refused, refused.value == ticket.value, value != ticket.value {
            // The refusal was hasty: an answer to that very value has brought its successor.
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
                // The server has replaced whatever was good when this request was sent, give or take a millisecond.
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
        // As many as can be in flight, from two consoles.
        if passedOver.count > 8 { passedOver.removeFirst() }
    }

    /// Goes on with the latest value that was passed over, if the credential is still this one. False where there is none.
    mutating func takePassedOver(insteadOf value: CookieValue) -> Bool {
        guard credential?.value == value, let other = passedOver.popLast() else { return false }
        credential?.value = other.value
        credential?.generation += 1
        status.valueRenewals += 1
        return true
    }

    /// A value that was refused or cleared is gone for good; one that has taken its place meanwhile is not touched. True when
    /// it is gone.
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

    /// Somebody has signed in.
    mutating func begin(with fresh: Credential, from origin: LoginStatus.Source, serverClockOffset: Double) {
        let generation = (credential?.generation ?? 0) + 1
        startOver()
        credential = fresh
        credential?.generation = generation
        credential?.sentAt = Date()
        self.origin = origin
        status = LoginStatus(serverClockOffset: serverClockOffset)
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
