import FoundationEssentials

/// What a `Set-Cookie` header says of the `masker_session` cookie. Every other cookie, and `Path` and `Domain`, are
/// ignored: the console sends this one cookie to its one host.
enum SetCookie: Equatable {
    case renewed(CookieValue, expiresAt: Date?)
    case cleared

    /// The last header about `masker_session` counts. `now` is the server's clock.
    static func find(in head: HTTPResponseHead, now: Date) -> SetCookie? {
        head.values("set-cookie").compactMap { SetCookie(header: $0, now: now) }.last
    }

    init?(header: String, now: Date) {
        let parts = header.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmed)
        guard let pair = parts.first, let equals = pair.firstIndex(of: "="),
            pair[..<equals].trimmed == CookieValue.cookieName
        else { return nil }
        var text = pair[pair.index(after: equals)...].trimmed
        if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = String(text.dropFirst().dropLast()) }
        var maxAge: Double?
        var expires: Date?
        for attribute in parts.dropFirst() {
            let fields = attribute.split(separator: "=", maxSplits: 1).map(\.trimmed)
            guard fields.count == 2 else { continue }
            switch fields[0].lowercased() {
            case "max-age": maxAge = Double(fields[1]).flatMap { $0.isFinite ? $0 : nil }
            case "expires": expires = HTTPDate.parse(fields[1])
            default: break
            }
        }
        // Max-Age wins over Expires (RFC 6265, section 5.3).
        let expiresAt = maxAge.map { now.addingTimeInterval(min($0, 10 * 365 * 86_400)) } ?? expires
        if text.isEmpty || expiresAt.map({ $0 <= now }) == true {
            self = .cleared
        } else if let value = try? CookieValue(checking: text[...]) {
            self = .renewed(value, expiresAt: expiresAt)
        } else {
            return nil
        }
    }
}

/// Dates in HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), also with dashes.
enum HTTPDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Every answer has one, so this makes no texts on its way.
    static func parse(_ text: String) -> Date? {
        let words = text.utf8.split { byte in " ,-:".utf8.contains(byte) }
        guard words.count >= 7, let day = number(words[1]),
            let month = months.firstIndex(where: { $0.utf8.elementsEqual(words[2].lazy.map { $0 | 0x20 }) }),
            let year = number(words[3]), let hour = number(words[4]), let minute = number(words[5]), let second = number(words[6]),
            year >= 1970,
            let seconds = Timestamp.secondsSince1970(
                year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        return Date(timeIntervalSince1970: Double(seconds))
    }

    private static func number(_ digits: Substring.UTF8View) -> Int? { Int(Substring(digits)) }
}
