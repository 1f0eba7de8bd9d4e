import FoundationEssentials

/// How long the service keeps call sessions (contract, *Retention*). It deletes older ones, so a missing old session is not a
/// fault.
public enum Retention {
    /// Days from the start of a session.
    public static let sessionDays = 90
    /// A clause to show to the user.
    public static let sentence = "sessions are kept for \(sessionDays) days"

    /// The start of the oldest session that is still kept.
    private static func begin(_ now: Date) -> Date { now.addingTimeInterval(-Double(sessionDays) * 86_400) }

    /// Whether a filter reaches back further than the service keeps sessions.
    /// - Parameter since: a duration such as `100d`, or an ISO 8601 timestamp; nil for the server's default, 24 hours.
    public static func isExceeded(by since: String?, now: Date = Date()) -> Bool {
        guard let since else { return false }
        return self.since(since, now: now).map { $0 < begin(now) } ?? false
    }

    /// The start of the oldest session that a list with a filter can have.
    public static func begin(since: String?, now: Date) -> Date {
        max(self.since(since ?? "24h", now: now) ?? begin(now), begin(now))
    }

    /// Nil for a text that is neither a duration nor a timestamp.
    private static func since(_ text: String, now: Date) -> Date? {
        if let unit = text.last, let seconds = ["m": 60.0, "h": 3_600, "d": 86_400][unit], let count = Int(text.dropLast()) {
            return now.addingTimeInterval(-Double(count) * seconds)
        }
        return Timestamp.parse(text)
    }

    /// Whether a session is too old to be kept, by the time in its id. False for an id that is not a ULID.
    public static func isOver(_ id: Identifier<CallSession>, now: Date) -> Bool {
        guard case .ulid(let high, _, _) = CompactID(id.rawValue) else { return false }
        return Date(timeIntervalSince1970: Double(high >> 16) / 1_000) < begin(now)
    }
}

extension APIError {
    /// For a session that was not found and is too old to be kept, the error with the retention in its message.
    /// - Parameter now: the time of the server's clock.
    func namingRetention(of id: Identifier<CallSession>, now: Date) -> APIError {
        guard kind == .notFound, code == "session_not_found", Retention.isOver(id, now: now) else { return self }
        var error = self
        error.message = (message.hasSuffix(".") ? String(message.dropLast()) : message) + "; " + Retention.sentence + ", and this one is older"
        return error
    }
}
