import CCurl

/// The one server a client talks to: an origin, `https://host[:port]`.
///
/// Plain HTTP is accepted only for the three loopback names, because the cookie must never cross a network in clear
/// (contract, *Login session*).
public struct APIHost: Sendable, Hashable, CustomStringConvertible {
    /// `https` or `http`.
    public let scheme: String
    /// Lower-case host name or address; an IPv6 address without its brackets.
    public let name: String
    /// Nil for the scheme's default.
    public let port: Int?

    /// The hosted service.
    public static let hosted = APIHost(scheme: "https", name: "masker-voice.fly.dev", port: nil)

    private static let loopbackNames: Set<String> = ["127.0.0.1", "::1", "localhost"]

    private init(scheme: String, name: String, port: Int?) {
        self.scheme = scheme
        self.name = name
        self.port = port
    }

    /// Reads an address as a person, `MASKER_URL` or `MASKER_SERVER` gives it: an origin, with or without `/api/v1`.
    /// - Throws: `InvalidHost` with a sentence that says what is wrong.
    public init(_ address: String) throws(InvalidHost) {
        let shown = address.isEmpty ? "an empty address" : "“\(address)”"
        guard let parts = URLParts(address) else {
            throw InvalidHost("\(shown) is not a URL; write it as https://host or https://host:port")
        }
        guard parts.user == nil, parts.password == nil else {
            throw InvalidHost("the URL holds a user name or password; Masker signs in with a cookie only, so leave it out")
        }
        guard parts.query == nil, parts.fragment == nil, ["", "/", "/api/v1", "/api/v1/"].contains(parts.path) else {
            throw InvalidHost("\(shown) has more than an origin; write it as https://host, with or without /api/v1")
        }
        let name = parts.host.lowercased()
        switch parts.scheme {
        case "https": break
        case "http" where APIHost.loopbackNames.contains(name): break
        case "http":
            throw InvalidHost("\(shown) is plain http, which would show your login session to the network; use https")
        default:
            throw InvalidHost("\(shown) is \(parts.scheme), not https")
        }
        self.init(scheme: parts.scheme, name: name, port: parts.port)
    }

    public var isLoopback: Bool { APIHost.loopbackNames.contains(name) }
    public var isSecure: Bool { scheme == "https" }

    /// `https://host[:port]`, without a slash at the end.
    public var origin: String { "\(scheme)://\(authority)" }

    /// `host[:port]`, as a person reads it.
    public var authority: String {
        let bracketed = name.contains(":") ? "[\(name)]" : name
        return port.map { "\(bracketed):\($0)" } ?? bracketed
    }

    /// `host_port`, for the names of files.
    var fileNamePart: String { authority.map { $0.isLetter || $0.isNumber || ".-".contains($0) ? String($0) : "_" }.joined() }

    /// Where a person signs in with a browser (contract, *Signing in*).
    public var signInURL: String { origin + "/portal/login" }

    public var description: String { origin }

    /// Path and query of an address on this host.
    /// - Throws: `InvalidHost` when it is somebody else's, or no address.
    func target(of address: String) throws(InvalidHost) -> String {
        let parts = try APIHost.parts(of: address)
        guard isHost(of: parts) else { throw InvalidHost("“\(address)” is on another host than \(authority)") }
        return parts.target
    }

    /// An address taken apart.
    /// - Throws: `InvalidHost` when nothing can be asked for there.
    static func parts(of address: String) throws(InvalidHost) -> URLParts {
        guard let parts = URLParts(address), ["https", "http"].contains(parts.scheme), parts.user == nil, parts.password == nil,
            parts.path.hasPrefix("/")
        else { throw InvalidHost("“\(address)” is no address that can be used") }
        return parts
    }

    func isHost(of parts: URLParts) -> Bool {
        let usual = ["https": 443, "http": 80]
        return parts.scheme == scheme && parts.host.lowercased() == name && parts.port ?? usual[scheme] == port ?? usual[scheme]
    }
}

/// Why an address cannot be used.
public struct InvalidHost: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

/// An address taken apart by libcurl's own parser, so that what is checked is what is later contacted.
struct URLParts: Equatable {
    var scheme = "", host = "", path = ""
    var port: Int?
    var user: String?, password: String?, query: String?, fragment: String?

    /// Path and query.
    var target: String { path + (query.map { "?" + $0 } ?? "") }

    /// `host[:port]`, as a person reads it.
    var authority: String { (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "") }

    init?(_ text: String) {
        if let plain = URLParts(plain: text) { self = plain } else { self.init(parsedByLibcurl: text) }
    }

    /// `https://name[:port]`, as good as every address is, without libcurl, which takes long to load: letters in the last
    /// label, so that it is no way of writing a number. Nil for everything else.
    init?(plain text: String) {
        for scheme in ["https", "http"] where text.hasPrefix(scheme + "://") {
            self.scheme = scheme
            let rest = text.dropFirst(scheme.count + 3)
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            path = end == rest.endIndex ? "/" : String(rest[end...])
            let authority = rest[..<end].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = authority.first, Self.isPlain(name), ["/", "/api/v1", "/api/v1/"].contains(path) else { return nil }
            host = String(name)
            guard authority.count == 2 else { return }
            guard let number = UInt16(authority[1]), number > 0, String(number) == authority[1] else { return nil }
            port = Int(number)
            return
        }
        return nil
    }

    private static func isPlain(_ name: Substring) -> Bool {
        if name == "127.0.0.1" { return true }
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isName = name.utf8.count <= 253 && labels.allSatisfy { label in
            !label.isEmpty && label.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2D } && label.first != 0x2D && label.last != 0x2D
        }
        return isName && labels.last?.first.map { 0x61...0x7A ~= $0 } == true
    }

    init?(parsedByLibcurl text: String) {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), masker_curl_load() == nil,
            let handle = masker_curl_url()
        else { return nil }
        defer { masker_curl_url_cleanup(handle) }
        guard masker_curl_url_set(handle, CURLUPART_URL, text) == CURLUE_OK,
            let scheme = URLParts.part(handle, CURLUPART_SCHEME), let host = URLParts.part(handle, CURLUPART_HOST),
            !host.isEmpty
        else { return nil }
        self.scheme = scheme.lowercased()
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        path = URLParts.part(handle, CURLUPART_PATH) ?? ""
        port = URLParts.part(handle, CURLUPART_PORT).flatMap(Int.init)
        user = URLParts.part(handle, CURLUPART_USER)
        password = URLParts.part(handle, CURLUPART_PASSWORD)
        query = URLParts.part(handle, CURLUPART_QUERY)
        fragment = URLParts.part(handle, CURLUPART_FRAGMENT)
    }

    private static func part(_ handle: OpaquePointer, _ which: CURLUPart) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard masker_curl_url_get(handle, which, &text) == CURLUE_OK, let text else { return nil }
        defer { masker_curl_free(text) }
        return String(cString: text)
    }
}
