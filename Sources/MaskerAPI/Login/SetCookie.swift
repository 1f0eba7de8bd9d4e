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

    static func parse(_ text: String) -> Date? {
        let words = text.split { " ,-:".contains($0) }.map { $0.lowercased() }
        guard words.count >= 7, let day = Int(words[1]), let month = months.firstIndex(of: String(words[2])),
            let year = Int(words[3]), let hour = Int(words[4]), let minute = Int(words[5]), let second = Int(words[6]),
            (1970...9999).contains(year), (1...31).contains(day)
        else { return nil }
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return Timestamp.parse("\(year)-\(two(month + 1))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))Z")
    }
}
