import FoundationEssentials

/// A `Set-Cookie` header for the `masker_session` cookie. Other cookies are ignored, and so is one that a browser would not
/// send to the API: one for another domain, or for a path that does not include the API.
enum SetCookie: Equatable {
    case renewed(CookieValue, expiresAt: Date?)
    case cleared

    /// The last header about `masker_session` counts. `now` is the server's clock.
    /// - Parameter host: the host that answered; nil when it is not known: then the cookie's domain is not checked.
    static func find(in head: HTTPResponseHead, from host: APIHost?, now: Date) -> SetCookie? {
        head.values("set-cookie").compactMap { SetCookie(header: $0, from: host, now: now) }.last
    }

    init?(header: String, from host: APIHost? = nil, now: Date) {
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
            case "domain":
                guard let host else { break }
                guard Self.covers(domain: fields[1], host) else { return nil }
            case "path": guard Self.covers(path: fields[1]) else { return nil }
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

extension SetCookie {
    /// Whether the domain is the host itself or a parent domain of it (RFC 6265, sections 5.1.3 and 5.2.3). An IP address has no
    /// parent domain.
    private static func covers(domain: String, _ host: APIHost) -> Bool {
        let domain = (domain.hasPrefix(".") ? domain.dropFirst() : domain[...]).lowercased()
        if domain.isEmpty || domain == host.name { return true }
        let isAddress = host.name.contains(":") || host.name.split(separator: ".").last.map { $0.allSatisfy(\.isNumber) } == true
        return !isAddress && domain.contains(".") && host.name.hasSuffix("." + domain)
    }

    /// Whether the path includes the API (RFC 6265, section 5.1.4). A cookie without a path is used for the whole API, although
    /// a browser would use it only below the path that set it.
    private static func covers(path: String) -> Bool {
        guard path.hasPrefix("/") else { return true }
        return Endpoint.apiPrefix == path || Endpoint.apiPrefix.hasPrefix(path.hasSuffix("/") ? path : path + "/")
    }
}

/// Dates in HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), also with dashes.
enum HTTPDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Parses the bytes without making strings, because every answer has a date.
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
