import FoundationEssentials

/// How long the service keeps what (contract, *Retention*): rows of sessions 90 days. What is older is gone on purpose, which
/// nobody should take for a fault.
public enum Retention {
    public static let sessionDays = 90
    /// As a clause of a sentence.
    public static let sentence = "sessions are kept for \(sessionDays) days"

    private static func begin(_ now: Date) -> Date { now.addingTimeInterval(-Double(sessionDays) * 86_400) }

    /// Whether a filter asks for more than is kept.
    /// - Parameter since: a duration such as `100d`, or an ISO 8601 timestamp; nil is the server's default, 24 hours.
    public static func isExceeded(by since: String?, now: Date = Date()) -> Bool {
        guard let since, let unit = since.last else { return false }
        if let seconds = ["m": 60.0, "h": 3_600, "d": 86_400][unit], let count = Int(since.dropLast()) {
            return Double(count) * seconds > Double(sessionDays) * 86_400
        }
        return Timestamp.parse(since).map { $0 < begin(now) } ?? false
    }

    /// Whether a session is older than what is kept, by the time in its id. False for an id that is no ULID.
    public static func isOver(_ id: Identifier<CallSession>, now: Date = Date()) -> Bool {
        guard case .ulid(let high, _, _) = CompactID(id.rawValue) else { return false }
        return Date(timeIntervalSince1970: Double(high >> 16) / 1_000) < begin(now)
    }
}

extension APIError {
    /// Says of a session that is not there when it is too old to be.
    func namingRetention(of id: Identifier<CallSession>) -> APIError {
        guard kind == .notFound, code == "session_not_found", Retention.isOver(id) else { return self }
        var error = self
        error.message = (message.hasSuffix(".") ? String(message.dropLast()) : message) + "; " + Retention.sentence + ", and this one is older"
        return error
    }
}
