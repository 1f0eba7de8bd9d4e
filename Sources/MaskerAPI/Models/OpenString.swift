/// An enum-like string of the API that may grow: an unknown value is kept and shown, never a failure (contract,
/// *Conventions*).
public protocol OpenString: RawRepresentable, Hashable, Sendable, Codable, ExpressibleByStringLiteral, CustomStringConvertible
where RawValue == String {
    init(rawValue: String)
}

extension OpenString {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    public var description: String { rawValue }
}

/// How an agent tokenizes what it finds: `vault-deterministic` or `reversible-aead`; `synthetic` can come, and is not accepted.
public struct Tokenization: OpenString {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let vaultDeterministic: Tokenization = "vault-deterministic"
    public static let reversibleAEAD: Tokenization = "reversible-aead"
}

/// The model behind an agent: `openai:gpt-4o-mini`, `openai:gpt-4o` or `stub`.
public struct Upstream: OpenString {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    /// What `POST /agents` accepts today.
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

/// What a user may do in the account: `admin`, `member`, …
public struct Role: OpenString {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let admin: Role = "admin"
    public static let member: Role = "member"
}

/// What a user may do: `agents:write`, … The server decides; a person is told beforehand.
public struct Permission: OpenString {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let readAgents: Permission = "agents:read"
    public static let writeAgents: Permission = "agents:write"
    public static let readSessions: Permission = "sessions:read"
    public static let readReports: Permission = "reports:read"
    public static let readBilling: Permission = "billing:read"
}
