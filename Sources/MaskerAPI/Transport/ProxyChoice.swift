/// The proxy for requests to the host. The console reads it from the environment itself, because libcurl would send even
/// loopback requests, with the cookie, through a proxy.
struct ProxyChoice: Equatable {
    /// Nil for no proxy.
    var address: ProxyAddress?
    /// The variable that names the proxy.
    var variable = ""
    /// Why no request may be sent: the environment names a proxy that cannot be used.
    var problem: String?

    static let none = ProxyChoice()

    /// The value for `CURLOPT_PROXY`; empty for no proxy.
    var url: String { address?.url ?? "" }
    /// The proxy's host and port, without credentials, for display; nil for no proxy.
    var shown: String? { address?.authority }

    private init() {}

    init(for host: APIHost, environment: [String: String]) {
        func value(_ names: String...) -> (name: String, text: String)? {
            names.lazy.compactMap { name in environment[name].flatMap { $0.isEmpty ? nil : (name, $0) } }.first
        }
        guard !host.isLoopback, !ProxyExceptions(value("no_proxy", "NO_PROXY")?.text ?? "").contains(host) else { return }
        guard let (name, text) = value("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY") else { return }
        variable = name
        do {
            address = try ProxyAddress(text)
        } catch {
            problem = "the proxy in \(name) cannot be used: \(error.clause); write it as http://USER:PASSWORD@HOST:PORT, with "
                + "special characters percent-encoded (%40 for @), or unset it"
        }
    }
}
