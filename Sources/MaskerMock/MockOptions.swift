import Foundation

/// How a mock server behaves.
public struct MockOptions: Sendable {
    /// 0 lets the system choose.
    public var port: UInt16 = 0
    /// The same seed gives the same account.
    public var seed: UInt64 = 1
    public var agents = 12
    /// Spread over the 30 days before `now`; computed as they are asked for, so that a million cost nothing.
    public var sessions = 2_500
    public var users = [
        MockUser(login: "ada", role: "admin", cookie: "mock-ada-session"),
        MockUser(login: "grace", role: "member", cookie: "mock-grace-session"),
    ]
    public var rotation = Rotation.never
    /// How long a replaced value stays good.
    public var rotationGrace: TimeInterval = 0
    /// Before every answer.
    public var latency: Duration = .zero
    /// The moment the account is made for; nil is when the server starts.
    public var now: Date?
    /// New sessions a minute that come by themselves.
    public var trafficPerMinute = 0.0
    /// Some names hold what a terminal must not get.
    public var isHostile = false
    /// Nil: the webhook checks no signature.
    public var webhookSecret: String? = "mock-webhook-secret"
    public var faults: [MockFault] = []

    /// Whether an authenticated answer brings a new value.
    public enum Rotation: String, Sendable, CaseIterable { case never, always }

    public init() {}
}

/// Somebody who can sign in to the mock.
public struct MockUser: Sendable, Equatable {
    public var login: String
    public var role: String
    /// A login session that is there from the start.
    public var cookie: String

    public init(login: String, role: String, cookie: String) {
        self.login = login
        self.role = role
        self.cookie = cookie
    }

    /// Reads `LOGIN:ROLE:COOKIE`.
    public init?(parsing text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(login: parts[0], role: parts[1], cookie: parts[2])
    }
}
