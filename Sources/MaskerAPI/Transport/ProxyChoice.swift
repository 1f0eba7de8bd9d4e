/// The proxy for requests to the host. The console reads it from the environment itself, because libcurl would send even
/// loopback requests, with the cookie, through a proxy.
struct ProxyChoice: Equatable {
    /// The value for `CURLOPT_PROXY`; empty for no proxy.
    var url: String
    /// Why no request may be sent: the environment names a proxy that cannot be used.
    var problem: String?
    /// The proxy's host and port, without credentials, for display; nil for no proxy.
    var shown: String? { url.isEmpty ? nil : Self.withoutCredentials(url) }

    static let none = ProxyChoice(url: "")

    private static let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]

    init(url: String) { self.url = url }

    init(for host: APIHost, environment: [String: String]) {
        self = .none
        guard !host.isLoopback, !Self.isExcepted(host.name, environment) else { return }
        let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        guard let name = names.first(where: { environment[$0]?.isEmpty == false }), let value = environment[name] else { return }
        let scheme = value.firstRange(of: "://").map { value[..<$0.lowerBound].lowercased() } ?? "http"
        guard Self.schemes.contains(scheme), value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            // The message does not contain the value, because it can hold a password.
            problem = "the proxy in \(name) cannot be used: use http://, https:// or socks5://, or unset it"
            return
        }
        url = value
    }

    private static func isExcepted(_ name: String, _ environment: [String: String]) -> Bool {
        let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        return list.split { $0 == "," || $0 == " " }.contains { entry in
            let domain = entry.lowercased().drop { $0 == "." }
            return domain == "*" || name == domain || name.hasSuffix("." + domain)
        }
    }

    private static func withoutCredentials(_ url: String) -> String {
        let afterScheme = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let authority = afterScheme.prefix { $0 != "/" }
        return String(authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority)
    }
}
