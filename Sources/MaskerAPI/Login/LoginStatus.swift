import FoundationEssentials

/// The state of the login session as it may be shown: everything except the value of the cookie.
public struct LoginStatus: Sendable, Equatable {
    public enum Source: Sendable, Equatable {
        /// `MASKER_SESSION`.
        case environment
        /// A login session that was signed in through the console and stored.
        case file(path: String)
        /// Signed in through the console and not stored.
        case memory
        /// `MASKER_TOKEN`: an API token instead of a login session. The console does not renew, store or revoke it.
        case token
    }

    /// Where the cookie or API token comes from. Nil when there is none, or the server refused it.
    public var source: Source?
    /// The source of the last cookie or API token that was refused, cleared or removed by another console; nil while none was.
    public var refusedSource: Source?
    /// Whether another console of this user removed the login session by logging out; then the server did not refuse it.
    public var wasRemovedElsewhere: Bool
    /// When this cookie was first obtained, as far as the console knows.
    public var obtainedAt: Date?
    /// When the server last renewed the session. For a refused session: when it last worked.
    public var renewedAt: Date?
    /// When the session ends, by the server's clock; every authenticated request moves it. For a refused session: when it would
    /// have ended.
    public var expiresAt: Date?
    /// How many times the server has replaced the cookie's value since the console started.
    public var valueRenewals: Int
    /// Why the file could not be read or written; nil when the last try succeeded.
    public var storageProblem: String?
    /// Why the value is in memory only although it should be stored; nil when it is stored, or should not be.
    public var unstoredReason: String?
    /// The file that keeps the value with which the server replaced the one of `MASKER_SESSION`; nil when the server has not
    /// replaced it, or the new value is in memory only.
    public var renewalsPath: String?
    /// Seconds by which the server's clock is ahead of this machine's; negative when it is behind.
    public var serverClockOffset: Double

    /// Whether an API token is used instead of a login session; also true after the server refused the token.
    public var isToken: Bool { source == .token || source == nil && refusedSource == .token }

    public init(
        source: Source? = nil, refusedSource: Source? = nil, wasRemovedElsewhere: Bool = false, obtainedAt: Date? = nil,
        renewedAt: Date? = nil, expiresAt: Date? = nil, valueRenewals: Int = 0, storageProblem: String? = nil, serverClockOffset: Double = 0
    ) {
        self.source = source
        self.refusedSource = refusedSource
        self.wasRemovedElsewhere = wasRemovedElsewhere
        self.obtainedAt = obtainedAt
        self.renewedAt = renewedAt
        self.expiresAt = expiresAt
        self.valueRenewals = valueRenewals
        self.storageProblem = storageProblem
        self.serverClockOffset = serverClockOffset
    }
}
