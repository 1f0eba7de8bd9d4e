import Foundation
import MaskerAPI

/// The options of a mock server.
public struct MockOptions: Sendable {
    /// The port on 127.0.0.1; 0 lets the system choose.
    public var port: UInt16 = 0
    /// The same seed gives the same account.
    public var seed: UInt64 = 1
    /// The number of agents.
    public var agents = 12
    /// The number of sessions, spread over the days before `now`. Each is computed when it is requested, so that a million
    /// sessions need no memory.
    public var sessions = 2_500
    /// The number of days over which the sessions are spread. The service keeps sessions for 90 days.
    public var days = 30
    /// The users who can sign in.
    public var users = [MockUser(login: "ada", role: "admin"), MockUser(login: "grace", role: "member")]
    /// API tokens that are valid from the start.
    public var tokens: [MockToken] = []
    /// Whether the cookie gets new values.
    public var rotation = Rotation.never
    /// How many seconds a replaced cookie value stays valid.
    public var rotationGrace: TimeInterval = 0
    /// The delay before every answer.
    public var latency: Duration = .zero
    /// The time for which the account is made, and at which the mock's clock starts; nil for the time when the server starts.
    public var now: Date?
    /// How many new sessions the mock adds per minute.
    public var trafficPerMinute = 0.0
    /// The share of all sessions, 0 to 1, with logged payloads; sessions of the policy `intake-debug` always have
    /// them.
    public var payloadShare = 0.0
    /// The text of all logged payloads, instead of made-up conversations.
    public var payloadText: String?
    /// Whether some texts contain escape sequences and other characters that a terminal must not get.
    public var isHostile = false
    /// The secret of the webhook's signature; nil: signatures are not checked.
    public var webhookSecret: String? = "mock-webhook-secret"
    /// The faults from the start; they can be changed at a control address.
    public var faults: [MockFault] = []

    // Variants of the contract; the defaults are the documented forms.
    public var me = Me.documented
    /// The permissions of users that are not admins.
    public var permissions = Permissions.listed(["agents:read", "agents:write", "sessions:read", "reports:read"])
    public var health = Health.ok
    public var reportRoot = ReportRoot.merkle
    public var coverage = Coverage.documented
    /// Whether reports have a signature.
    public var reportSignature = false
    public var defaultReportFormat = ReportFormat.pdf
    /// Whether the policy in a report is a later version than that of its session.
    public var policyDrift = false
    /// Whether the audit chain does not verify, so that no report is generated.
    public var auditBroken = false
    public var logOutDead = DeadLogOut.answered
    public var rateLimit = RateLimit.none
    /// The largest number of requests of the account per day; nil: no limit.
    public var dailyLimit: Int?
    /// The origin in `proxy_url` and `webhook_url`; nil: the server's own address.
    public var publicURL: String?

    /// Whether every authenticated answer gives the cookie a new value.
    public enum Rotation: String, Sendable, CaseIterable { case never, always }

    public init() {}

    /// Whether the signature of a webhook request is correct. False without a secret.
    func accepts(_ signature: String, _ body: Data) -> Bool {
        webhookSecret.flatMap(WebhookSecret.init).map { WebhookSignature.verifies(signature, Array(body), secret: $0) } ?? false
    }

    /// Reads a time for `now`: ISO 8601, with or without fractions of a second.
    public static func moment(_ text: String) -> Date? { Timestamp.parse(text) }
}

/// A user who can sign in to the mock.
public struct MockUser: Sendable, Equatable {
    public var login: String
    public var role: String
    /// The cookie value of a login session that exists from the start.
    public var cookie: String

    /// Creates a user, with a random cookie if none is given.
    public init(login: String, role: String, cookie: String = MockUser.newCookie()) {
        self.login = login
        self.role = role
        self.cookie = cookie
    }

    /// Reads `LOGIN:ROLE:COOKIE`, or `LOGIN:ROLE` for a random cookie. Nil when a part is empty, or a cookie
    /// cannot have this value.
    public init?(parsing text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        let cookie = parts.count == 3 ? parts[2] : MockUser.newCookie()
        guard cookie.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\",;\\".utf8.contains($0) }) else { return nil }
        self.init(login: parts[0], role: parts[1], cookie: cookie)
    }

    /// A random cookie value that cannot be guessed.
    public static func newCookie() -> String {
        let hex = (0..<16).map { _ in String(Int.random(in: 0..<256) + 256, radix: 16).dropFirst() }
        return "mock-" + hex.joined()
    }
}
