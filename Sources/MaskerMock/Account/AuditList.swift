import Foundation

/// An entry of the audit log. The service keeps one and lists it nowhere; the mock tells it over a control address.
public struct AuditEntry: Sendable, Codable, Equatable {
    /// `agent_deleted`, `call_started` or `redaction`.
    public var type: String
    /// ISO 8601.
    public var at: String
    /// The login of the user who did it; nil when nobody did.
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

    /// Entries remembered; the oldest give way.
    private static let most = 100_000

    mutating func append(_ entry: AuditEntry) {
        if entries.count >= Self.most { entries.removeFirst(Self.most / 10) }
        entries.append(entry)
    }
}
