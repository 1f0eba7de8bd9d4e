import Foundation
import MaskerAPI

/// The query parameters `limit`, `cursor` and `since`, which every list has.
enum Paging {
    /// The last row of a page. Lists are sorted by time, then by id, newest first.
    typealias Position = (date: Date, id: String)

    static func position(of agent: Agent) -> Position { (agent.createdAt ?? .distantPast, agent.id.rawValue) }
    static func position(of session: CallSession) -> Position {
        (session.startedAt ?? .distantPast, session.id.rawValue)
    }

    static func limit(_ request: MockRequest) throws -> Int {
        guard let text = request.query["limit"] else { return 25 }
        guard let limit = Int(text), (1...100).contains(limit) else {
            throw MockError.invalid("limit", "limit must be 1 to 100.")
        }
        return limit
    }

    /// The cursor of a page: opaque to clients, with characters that must be percent-encoded.
    static func cursor(_ position: Position) -> String {
        Data("~~?\(milliseconds(position.date))|\(position.id)".utf8).base64EncodedString()
    }

    /// - Parameter end: the last row of this page; nil if it is the last page.
    static func page(_ rows: [MockJSON], endsWith end: Position?) -> MockJSON {
        ["data": .list(rows), "next_cursor": .orNull(end.map(cursor))]
    }

    /// - Parameter prefix: the prefix of the ids in this list; a cursor of another list is refused.
    static func position(_ request: MockRequest, prefix: String) throws -> Position? {
        guard let cursor = request.query["cursor"] else { return nil }
        guard let data = Data(base64Encoded: cursor), let text = String(data: data, encoding: .utf8),
            text.hasPrefix("~~?"),
            let bar = text.firstIndex(of: "|"), let milliseconds = Int(text[..<bar].dropFirst(3)),
            (0...9_999_999_999_999).contains(milliseconds), text[bar...].dropFirst().hasPrefix(prefix)
        else { throw MockError.invalid("cursor", "cursor is not from this list.") }
        return (Date(timeIntervalSince1970: Double(milliseconds) / 1000), String(text[bar...].dropFirst()))
    }

    /// Whether `item` comes after `position` in a list.
    static func isBehind(_ item: Position, _ position: Position) -> Bool {
        let a = milliseconds(item.date), b = milliseconds(position.date)
        return a < b || a == b && item.id < position.id
    }

    private static func milliseconds(_ date: Date) -> Int {
        Int(max(min((date.timeIntervalSince1970 * 1000).rounded(), 1e15), -1e15))
    }

    /// `since`: a duration or an ISO 8601 timestamp; 24 hours when it is not given.
    static func since(_ request: MockRequest, now: Date) throws -> Date {
        let text = request.query["since"] ?? "24h"
        let units: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400]
        if let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()),
            (1...1_000_000).contains(count)
        {
            return now.addingTimeInterval(-Double(count * unit))
        }
        guard let date = Timestamp.parse(text) else {
            throw MockError.invalid("since", "since must be a duration such as 24h, or an ISO 8601 timestamp.")
        }
        return date.inMilliseconds
    }
}
