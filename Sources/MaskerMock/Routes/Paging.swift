import Foundation

/// `limit` and `cursor`, as every list has them.
enum Paging {
    /// Where a page ended: lists are sorted by time, then id, newest first.
    typealias Position = (date: Date, id: String)

    static func limit(_ request: MockRequest) throws -> Int {
        guard let text = request.query["limit"] else { return 25 }
        guard let limit = Int(text), (1...100).contains(limit) else { throw MockError.invalid("limit must be 1 to 100.") }
        return limit
    }

    /// Opaque to clients; holds characters that must be percent-encoded.
    static func cursor(_ position: Position) -> String {
        let text = "~~?\(Int((position.date.timeIntervalSince1970 * 1000).rounded()))|\(position.id)"
        return Data(text.utf8).base64EncodedString()
    }

    static func position(_ request: MockRequest) throws -> Position? {
        guard let cursor = request.query["cursor"] else { return nil }
        guard let data = Data(base64Encoded: cursor), let text = String(data: data, encoding: .utf8), text.hasPrefix("~~?"),
            let bar = text.firstIndex(of: "|"), let milliseconds = Double(text[..<bar].dropFirst(3))
        else { throw MockError.invalid("cursor is not one of this list.") }
        return (Date(timeIntervalSince1970: milliseconds / 1000), String(text[text.index(after: bar)...]))
    }

    /// Whether `item` comes after `position` in a list.
    static func isBehind(_ item: Position, _ position: Position) -> Bool {
        let a = Int((item.date.timeIntervalSince1970 * 1000).rounded())
        let b = Int((position.date.timeIntervalSince1970 * 1000).rounded())
        return a < b || a == b && item.id < position.id
    }

    /// `since`: a duration or an ISO 8601 timestamp; 24 hours when it is not given.
    static func since(_ request: MockRequest, now: Date) throws -> Date {
        let text = request.query["since"] ?? "24h"
        let units = ["m": 60.0, "h": 3_600, "d": 86_400]
        if let unit = text.last.flatMap({ units[String($0)] }), let count = Double(text.dropLast()), count > 0 {
            return now.addingTimeInterval(-count * unit)
        }
        let plain = ISO8601DateFormatter(), fractional = ISO8601DateFormatter()
        fractional.formatOptions.insert(.withFractionalSeconds)
        guard let date = plain.date(from: text) ?? fractional.date(from: text) else {
            throw MockError.invalid("since must be a duration such as 24h, or an ISO 8601 timestamp.")
        }
        return date
    }
}
