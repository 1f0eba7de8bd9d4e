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

    /// Reads an address as a person or `MASKER_URL` gives it: an origin, with or without `/api/v1`.
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

    /// Where a person signs in with a browser (contract, *Signing in*).
    public var signInURL: String { origin + "/portal/login" }

    public var description: String { origin }
}

/// Why an address cannot be used.
public struct InvalidHost: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

/// An address taken apart by libcurl's own parser, so that what is checked is what is later contacted.
private struct URLParts {
    var scheme = "", host = "", path = ""
    var port: Int?
    var user: String?, password: String?, query: String?, fragment: String?

    init?(_ text: String) {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let handle = curl_url()
        else { return nil }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK,
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
        guard curl_url_get(handle, which, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
