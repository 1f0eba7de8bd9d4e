import Foundation
import MaskerAPI

/// How a mock server behaves.
public struct MockOptions: Sendable {
    /// 0 lets the system choose.
    public var port: UInt16 = 0
    /// The same seed gives the same account.
    public var seed: UInt64 = 1
    public var agents = 12
    /// Spread over the days before `now`; computed as they are asked for, so that a million cost nothing.
    public var sessions = 2_500
    /// How far back they go. The service keeps them for 90 days.
    public var days = 30
    public var users = [MockUser(login: "ada", role: "admin"), MockUser(login: "grace", role: "member")]
    /// API tokens that are good from the start.
    public var tokens: [MockToken] = []
    public var rotation = Rotation.never
    /// How many seconds a replaced value stays good.
    public var rotationGrace: TimeInterval = 0
    /// Before every answer.
    public var latency: Duration = .zero
    /// The moment the account is made for, and the mock's clock starts at; nil is when the server starts.
    public var now: Date?
    /// New sessions a minute that come by themselves.
    public var trafficPerMinute = 0.0
    /// The share of all sessions, 0 to 1, whose payloads were logged; those of the policy `intake-debug` always are.
    public var payloadShare = 0.0
    /// What all logged payloads say, instead of made-up conversations.
    public var payloadText: String?
    /// Some texts hold what a terminal must not get.
    public var isHostile = false
    /// Nil: the webhook checks no signature.
    public var webhookSecret: String? = "mock-webhook-secret"
    public var faults: [MockFault] = []

    // Variants of the contract; the defaults are what the service documents.
    public var me = Me.documented
    /// Of users that are no admins.
    public var permissions = Permissions.listed(["agents:read", "agents:write", "sessions:read", "reports:read"])
    public var health = Health.ok
    public var reportRoot = ReportRoot.merkle
    public var coverage = Coverage.documented
    /// A report carries a signature.
    public var reportSignature = false
    public var defaultReportFormat = ReportFormat.pdf
    /// The policy of a report is a later version than that of its session.
    public var policyDrift = false
    /// The audit chain does not verify: no report is made.
    public var auditBroken = false
    public var logOutDead = DeadLogOut.answered
    public var rateLimit = RateLimit.none
    /// How many requests the account may send a day; nil: no limit.
    public var dailyLimit: Int?
    /// What `proxy_url` and `webhook_url` are built from; nil is the server's own address.
    public var publicURL: String?

    /// Whether an authenticated answer brings a new value.
    public enum Rotation: String, Sendable, CaseIterable { case never, always }

    public init() {}

    /// Whether a webhook signature is right; without a secret none is.
    func accepts(_ signature: String, _ body: Data) -> Bool {
        webhookSecret.flatMap(WebhookSecret.init).map { WebhookSignature.verifies(signature, Array(body), secret: $0) } ?? false
    }

    /// Reads a moment for `now`: ISO 8601, with or without fractions of a second.
    public static func moment(_ text: String) -> Date? { Timestamp.parse(text) }
}

/// Somebody who can sign in to the mock.
public struct MockUser: Sendable, Equatable {
    public var login: String
    public var role: String
    /// The cookie's value of a login session that is there from the start.
    public var cookie: String

    /// Without a cookie the user gets a random one.
    public init(login: String, role: String, cookie: String = MockUser.newCookie()) {
        self.login = login
        self.role = role
        self.cookie = cookie
    }

    /// Reads `LOGIN:ROLE:COOKIE`, or `LOGIN:ROLE` for a random cookie. Nil when a part is empty or the cookie holds
    /// what a cookie's value cannot.
    public init?(parsing text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        let cookie = parts.count == 3 ? parts[2] : MockUser.newCookie()
        guard cookie.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\",;\\".utf8.contains($0) }) else { return nil }
        self.init(login: parts[0], role: parts[1], cookie: cookie)
    }

    /// A value that nobody guesses.
    public static func newCookie() -> String {
        let hex = (0..<16).map { _ in String(Int.random(in: 0..<256) + 256, radix: 16).dropFirst() }
        return "mock-" + hex.joined()
    }
}
