import FoundationEssentials
import MaskerAPI

/// The signed-in user, the login session or API token, and the connection.
enum AccountFeature: Feature {
    struct State: Sendable {
        var user: Loadable<User>
        var login: LoginStatus
        var connection: ConnectionInfo?
        /// Whether requests wait until the user asks again, because the proxy has refused its user name and password.
        var isRefusedByProxy = false
        /// Until when work with many requests pauses at the server's request, by the machine's clock.
        var waitsUntil: Date?
        /// When a renewal of the login session was last noticed.
        var renewalSeenAt: Date?

        init(user: Loadable<User> = Loadable(), login: LoginStatus, connection: ConnectionInfo?, waitsUntil: Date?, renewalSeenAt: Date?) {
            self.user = user
            self.login = login
            self.connection = connection
            self.waitsUntil = waitsUntil
            self.renewalSeenAt = renewalSeenAt
        }

        /// The state before the first answer.
        init(login: LoginStatus) { self.init(login: login, connection: nil, waitsUntil: nil, renewalSeenAt: nil) }

        /// The time of the server's clock. The end of the login session is measured by it.
        /// - Parameter now: The time of the machine's clock.
        func serverTime(_ now: Date) -> Date { now.addingTimeInterval(login.serverClockOffset) }

        /// Seconds until the login session ends; nil when that is unknown.
        func loginRemaining(_ now: Date) -> Double? { login.expiresAt.map { $0.timeIntervalSince(serverTime(now)) } }

        /// Stores the client's state that came with an answer.
        mutating func adopt(_ status: ClientStatus, now: Date) {
            let wasExtended = login.source != nil && (status.login.expiresAt ?? .distantPast).timeIntervalSince(login.expiresAt ?? .distantFuture) > 60
            if status.login.valueRenewals > login.valueRenewals || wasExtended { renewalSeenAt = now }
            login = status.login
            if let new = status.connection { connection = new }
            isRefusedByProxy = status.isRefusedByProxy
        }
    }

    enum Effect: FeatureEffect {
        case user
        case signIn(CookieValue)
        case logOut
        /// Lets the following requests ask a proxy again that has refused its user name and password.
        case askProxyAgain

        var kind: EffectKind {
            switch self {
            case .user: .read
            case .signIn, .logOut, .askProxyAgain: .once
            }
        }
    }

    /// Screens change nothing in this feature.
    enum Change: Sendable {}

    enum Answer: FeatureAnswer {
        case user(Result<User, APIError>)
        case signedIn(Result<User, APIError>)
        case loggedOut(MaskerClient.LogOutOutcome)
        /// Until when work with many requests pauses, because the server asked for it; nil when it continues.
        case waiting(until: Date?)

        var failure: APIError? {
            switch self {
            case .user(.failure(let error)): error
            // Only the sign-in screen shows these failures. They do not sign the user out.
            case .user, .signedIn, .loggedOut, .waiting: nil
            }
        }

        /// False, because unlocking waits for the answer about the user.
        var isReading: Bool { false }
    }

    /// How many seconds the header marks a renewal.
    static let renewalMarkLasts = 10.0

    static func kept(_ state: State, through departure: Departure) -> State {
        switch departure {
        case .lock: state
        case .account: State(login: state.login, connection: state.connection, waitsUntil: nil, renewalSeenAt: nil)
        }
    }

    static func change(_ change: Change, _ state: inout State, _ world: World) -> [Intent] {}

    static func receive(_ answer: Answer, isShown: Bool, _ state: inout State, _ world: World) -> [Intent] {
        switch answer {
        case .user(let result):
            // The login session is still valid: returns to the earlier place and reads everything again.
            if world.access == .locked, case .success(let user) = result { return [.signedIn(user)] }
            state.user.receive(result)
            return [.refreshed(.user, failure: answer.failure)]
        case .signedIn(.success(let user)): return [.signedIn(user)]
        case .signedIn(.failure): return []
        case .loggedOut(let outcome): return [.signedOut(.loggedOut(outcome))]
        case .waiting(let until):
            state.waitsUntil = until
            return []
        }
    }

    static func nextWake(_ state: State, _ world: World) -> Date? {
        let mark = state.renewalSeenAt.map { $0.addingTimeInterval(renewalMarkLasts) }.flatMap { $0 > world.now ? $0 : nil }
        return [mark, nextMinute(state, world)].compactMap { $0 }.min()
    }

    /// When the minutes of the remaining login time change next.
    private static func nextMinute(_ state: State, _ world: World) -> Date? {
        guard let remaining = state.loginRemaining(world.wall), remaining > 0 else { return nil }
        return world.now.addingTimeInterval(remaining.truncatingRemainder(dividingBy: 60) + 0.05)
    }

    static func run(_ effect: Effect, _ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer? {
        let client = services.client
        switch effect {
        case .user: return .user(await Result { try await client.currentUser() })
        case .signIn(let cookie):
            client.askProxyAgain()
            let isStored = services.settings.storePath != nil
            return .signedIn(await Result { try await client.signIn(with: cookie, store: isStored) })
        case .logOut: return .loggedOut(await client.logOut())
        case .askProxyAgain:
            client.askProxyAgain()
            return nil
        }
    }
}
