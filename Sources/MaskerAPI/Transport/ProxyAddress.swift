/// A proxy as a variable of the environment names it: `[scheme://][user[:password]@]host[:port]`.
///
/// libcurl gets the user name and the password apart from the address, so that its messages cannot contain them.
struct ProxyAddress: Equatable {
    /// In lower case.
    var scheme: String
    /// A name or an address; an IPv6 address has brackets.
    var host: String
    /// Nil for libcurl's default port of the scheme.
    var port: Int?
    /// `user` or `user:password`, percent-encoded as in the variable (libcurl decodes it); nil when it names no user.
    var credentials: String?

    /// `host[:port]`
    var authority: String { port.map { "\(host):\($0)" } ?? host }
    /// The address without user name and password.
    var url: String { "\(scheme)://\(authority)" }

    /// Why a text is not the address of a proxy. The clause holds no part of the text, because that can be a password.
    struct Problem: Error, Equatable { var clause: String }

    private static let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]

    init(_ text: String) throws(Problem) {
        let start = text.firstRange(of: "://")
        scheme = start.map { text[..<$0.lowerBound].lowercased() } ?? "http"
        guard Self.schemes.contains(scheme) else { throw Problem(clause: "it begins with none of http://, https:// and socks5://") }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Problem(clause: "it holds a space, a control character or a letter beyond ASCII")
        }
        let rest = start.map { text[$0.upperBound...] } ?? text[...]
        let authority = try Self.authority(rest)
        let parts = authority.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, !parts[0].isEmpty {
            // libcurl keeps a % that begins no code, and refuses this one.
            guard !parts[0].contains("%00") else { throw Problem(clause: "its user name or password holds %00") }
            credentials = String(parts[0])
        }
        (host, port) = try Self.place(parts.last ?? authority)
    }

    /// The part before the path. A proxy has no path, so everything before the last @ is user name and password. There these
    /// characters have to be encoded, because another reader would take a part of the password for the host.
    private static func authority(_ rest: Substring) throws(Problem) -> Substring {
        let authority = rest.prefix { !"/?#".contains($0) }
        guard rest[authority.endIndex...].allSatisfy({ $0 != "@" }), authority.count(where: { $0 == "@" }) <= 1 else {
            throw Problem(clause: "its user name or password holds one of @ / ? #")
        }
        return authority
    }

    private static func place(_ text: Substring) throws(Problem) -> (host: String, port: Int?) {
        let isBracketed = text.hasPrefix("[")
        guard let hostEnd = isBracketed ? text.firstIndex(of: "]").map({ text.index(after: $0) }) : text.firstIndex(of: ":") ?? text.endIndex else {
            throw Problem(clause: "its IPv6 address has no closing bracket")
        }
        let host = text[..<hostEnd], tail = text[hostEnd...]
        guard isBracketed ? host.count > 2 : !host.isEmpty else { throw Problem(clause: "it names no host") }
        guard !tail.isEmpty, tail != ":" else { return (String(host), nil) }
        guard tail.hasPrefix(":"), tail.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }), let port = UInt16(tail.dropFirst()), port > 0 else {
            throw Problem(clause: "its port is not a number from 1 to 65535")
        }
        return (String(host), Int(port))
    }
}
