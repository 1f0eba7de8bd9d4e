/// A string of the API with a list of known values that may grow (contract, *Conventions*). An unknown value is kept and shown;
/// it is not an error.
public protocol OpenString: RawRepresentable, Hashable, Sendable, Codable, ExpressibleByStringLiteral, CustomStringConvertible
where RawValue == String {
    init(rawValue: String)
}

extension OpenString {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    public var description: String { rawValue }
}

/// An agent's tokenization: `vault-deterministic` or `reversible-aead`. The service may also return `synthetic`, but does not
/// accept it for a new agent.
public struct Tokenization: OpenString {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let vaultDeterministic: Tokenization = "vault-deterministic"
    public static let reversibleAEAD: Tokenization = "reversible-aead"
}

/// An agent's upstream model: `openai:gpt-4o-mini`, `openai:gpt-4o` or `stub`.
public struct Upstream: OpenString {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The upstreams that `POST /agents` accepts (contract, *Agents*).
    public static let known: [Upstream] = ["openai:gpt-4o-mini", "openai:gpt-4o", "stub"]
}

/// How a call session ended: `ok`, `error` or `partial`.
public struct CallStatus: OpenString {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let ok: CallStatus = "ok"
    public static let error: CallStatus = "error"
    public static let partial: CallStatus = "partial"
}

/// The user's role in the account: `admin`, `member`, …
public struct Role: OpenString {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let admin: Role = "admin"
    public static let member: Role = "member"
}

/// A permission of the user: `agents:write`, … The console only shows in advance which permissions are missing; the server
/// decides what the user may do.
public struct Permission: OpenString {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let readAgents: Permission = "agents:read"
    public static let writeAgents: Permission = "agents:write"
    public static let readSessions: Permission = "sessions:read"
    public static let readReports: Permission = "reports:read"
    public static let readBilling: Permission = "billing:read"
}
