import Foundation

/// An entry of the audit log. The service keeps this log, but no endpoint of the API returns it; the mock returns it at a
/// control address.
public struct AuditEntry: Sendable, Codable, Equatable {
    /// `agent_deleted`, `call_started` or `redaction`.
    public var type: String
    /// The time, ISO 8601.
    public var at: String
    /// The login of the user who caused the entry; nil when no user did.
    public var user: String?
    public var agentID: String?
    public var sessionID: String?

    enum CodingKeys: String, CodingKey {
        case type, at, user
        case agentID = "agent_id"
        case sessionID = "session_id"
    }
}

/// The audit log, oldest first.
struct AuditList: Sendable {
    private(set) var entries: [AuditEntry] = []

    /// The largest number of entries; when it is reached, the oldest tenth is removed.
    private static let most = 100_000

    mutating func append(_ entry: AuditEntry) {
        if entries.count >= Self.most { entries.removeFirst(Self.most / 10) }
        entries.append(entry)
    }
}
