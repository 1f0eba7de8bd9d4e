import FoundationEssentials

/// What may be shown of the login session: everything but its value.
public struct LoginStatus: Sendable, Equatable {
    public enum Source: Sendable, Equatable {
        /// `MASKER_SESSION`.
        case environment
        /// A login session that was signed in through the console and stored.
        case file(path: String)
        /// Signed in through the console and not stored.
        case memory
        /// `MASKER_TOKEN`: no login session but an API token, which nothing renews, stores or ends from here.
        case token
    }

    /// Nil: there is no cookie, or no API token that was not refused.
    public var source: Source?
    /// Where the cookie came from that the server refused last.
    public var refusedSource: Source?
    /// It was not the server that refused it: another console of this user has logged out and removed it.
    public var wasRemovedElsewhere: Bool
    /// When this cookie was first obtained, as far as it is known here.
    public var obtainedAt: Date?
    /// When the server last renewed it; of a refused one, when it last worked.
    public var renewedAt: Date?
    /// When it ends, by the server's clock; every authenticated request moves it. Of a refused one, when it was to end.
    public var expiresAt: Date?
    /// How often the server has replaced its value since the console started.
    public var valueRenewals: Int
    /// Why it could not be read from or written to the file; nil when all is well.
    public var storageProblem: String?
    /// Why the value is in memory only, although it was to be stored; nil when the store holds it, or never was to.
    public var unstoredReason: String?
    /// The file that keeps what the server has replaced the value of `MASKER_SESSION` with; nil when it has not, or when that is
    /// kept in memory only.
    public var renewalsPath: String?
    /// Seconds that the server's clock is ahead of this machine's.
    public var serverClockOffset: Double

    /// Whether an API token takes the place of a login session, a refused one too.
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
