import CCurl

/// The server of a client: an origin, `https://host[:port]`.
///
/// Plain HTTP is accepted only for three loopback names, because the cookie must never be sent unencrypted over a network
/// (contract, *Login session*).
public struct APIHost: Sendable, Hashable, CustomStringConvertible {
    /// `https` or `http`.
    public let scheme: String
    /// The host name in lower case, or the IP address; an IPv6 address has no brackets here.
    public let name: String
    /// The port; nil for the default port of the scheme.
    public let port: Int?

    /// The hosted service.
    public static let hosted = APIHost(scheme: "https", name: "masker-voice.fly.dev", port: nil)

    private static let loopbackNames: Set<String> = ["127.0.0.1", "::1", "localhost"]

    private init(scheme: String, name: String, port: Int?) {
        self.scheme = scheme
        self.name = name
        self.port = port
    }

    /// Reads the server's URL, which the user, `MASKER_URL` or `MASKER_SERVER` gives: an origin, with or without `/api/v1`.
    /// - Throws: `InvalidHost`, whose description says what is wrong.
    public init(_ address: String) throws(InvalidHost) {
        let shown = address.isEmpty ? "an empty address" : "“\(address)”"
        guard let parts = URLParts(address) else {
            throw InvalidHost("\(shown) is not a URL; write it as https://host or https://host:port")
        }
        guard parts.user == nil, parts.password == nil else {
            throw InvalidHost("the URL holds a user name or password; Masker signs in with a cookie only, so leave it out")
        }
        guard parts.query == nil, parts.fragment == nil, ["", "/", "/api/v1", "/api/v1/"].contains(parts.path) else {
            throw InvalidHost("\(shown) has more than scheme, host and port; write it as https://host, with or without /api/v1")
        }
        let name = parts.host.lowercased()
        switch parts.scheme {
        case "https": break
        case "http" where APIHost.loopbackNames.contains(name): break
        case "http":
            throw InvalidHost("\(shown) uses plain http, which would show your login session to the network; use https")
        default:
            throw InvalidHost("\(shown) uses \(parts.scheme), not https")
        }
        self.init(scheme: parts.scheme, name: name, port: parts.port)
    }

    /// Whether the host is `127.0.0.1`, `::1` or `localhost`.
    public var isLoopback: Bool { APIHost.loopbackNames.contains(name) }
    public var isSecure: Bool { scheme == "https" }

    /// `https://host[:port]`, without a slash at the end.
    public var origin: String { "\(scheme)://\(authority)" }

    /// `host[:port]`, with brackets around an IPv6 address.
    public var authority: String {
        let bracketed = name.contains(":") ? "[\(name)]" : name
        return port.map { "\(bracketed):\($0)" } ?? bracketed
    }

    /// `host_port`, for file names.
    var fileNamePart: String { authority.map { $0.isLetter || $0.isNumber || ".-".contains($0) ? String($0) : "_" }.joined() }

    /// The page where the user signs in with a browser (contract, *Signing in*).
    public var signInURL: String { origin + "/portal/login" }

    public var description: String { origin }

    /// The path and query of a URL on this host.
    /// - Throws: `InvalidHost` when the URL is on another host, or is not a usable URL.
    func target(of address: String) throws(InvalidHost) -> String {
        let parts = try APIHost.parts(of: address)
        guard isHost(of: parts) else { throw InvalidHost("“\(address)” is on another host than \(authority)") }
        return parts.target
    }

    /// The parts of a URL.
    /// - Throws: `InvalidHost` when no request can be sent to the URL.
    static func parts(of address: String) throws(InvalidHost) -> URLParts {
        guard let parts = URLParts(address), ["https", "http"].contains(parts.scheme), parts.user == nil, parts.password == nil,
            parts.path.hasPrefix("/")
        else { throw InvalidHost("“\(address)” is not a usable URL") }
        return parts
    }

    /// Whether the URL has this scheme, host and port.
    func isHost(of parts: URLParts) -> Bool {
        let defaultPorts = ["https": 443, "http": 80]
        return parts.scheme == scheme && parts.host.lowercased() == name
            && parts.port ?? defaultPorts[scheme] == port ?? defaultPorts[scheme]
    }
}

/// Why a URL cannot be used.
public struct InvalidHost: Error, Sendable, Equatable, CustomStringConvertible {
    /// A clause to show to the user, without a full stop.
    public let description: String
    init(_ description: String) { self.description = description }
}

/// The parts of a URL. libcurl's parser reads it, so that the host that is checked is the host to which libcurl connects.
struct URLParts: Equatable {
    var scheme = "", host = "", path = ""
    var port: Int?
    var user: String?, password: String?, query: String?, fragment: String?

    /// Path and query.
    var target: String { path + (query.map { "?" + $0 } ?? "") }

    /// `host[:port]`, with brackets around an IPv6 address.
    var authority: String { (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "") }

    init?(_ text: String) {
        if let plain = URLParts(plain: text) { self = plain } else { self.init(parsedByLibcurl: text) }
    }

    /// Reads `https://name[:port]`, the usual form, without libcurl, because libcurl takes long to load. The last label of the
    /// name must begin with a letter, so that the name cannot be an IP address. Nil for every other form.
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
