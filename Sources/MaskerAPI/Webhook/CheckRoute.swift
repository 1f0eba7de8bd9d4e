/// The host to which the check of an agent's URL is sent. The server builds these URLs from its own settings, so their host can
/// be another one than the API's (contract, *Agents*). The console sends requests to another host only if its configuration
/// names that host.
public enum CheckRoute: Sendable, Equatable {
    /// The URL is on the API's server; the request is sent there.
    case server(target: String)
    /// The URL is on the public host of the configuration; the request is sent there.
    case publicHost(target: String)
    /// The URL is on a third host, `namedHost`; the request is sent to the URL's path on the API's server instead.
    case pathOnServer(target: String, namedHost: String)

    /// - Throws: `InvalidHost` when the URL is not a usable URL.
    public init(_ url: String, server: APIHost, publicHost: APIHost?) throws(InvalidHost) {
        let parts = try APIHost.parts(of: url)
        if server.isHost(of: parts) {
            self = .server(target: parts.target)
        } else if publicHost?.isHost(of: parts) == true {
            self = .publicHost(target: parts.target)
        } else {
            self = .pathOnServer(target: parts.target, namedHost: parts.authority)
        }
    }

    var target: String {
        switch self {
        case .server(let target), .publicHost(let target), .pathOnServer(let target, _): target
        }
    }

    var isToPublicHost: Bool {
        if case .publicHost = self { return true }
        return false
    }
}

/// The host of the agents' URLs that the configuration names. Only the checks of agents are sent there.
public struct PublicHost: Sendable {
    public let host: APIHost
    let transport: any HTTPTransport

    public init(_ host: APIHost, transport: any HTTPTransport) {
        self.host = host
        self.transport = transport
    }
}

/// A transport that creates a `CurlTransport` for each request, so that a host that is seldom used has no thread in between.
public struct PassingTransport: HTTPTransport {
    private let host: APIHost
    private let settings: CurlTransport.Settings

    public init(host: APIHost, settings: CurlTransport.Settings) {
        self.host = host
        self.settings = settings
    }

    public func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let transport = CurlTransport(host: host, settings: settings)
        let answer: Result<HTTPResponse, TransportError>
        do { answer = .success(try await transport.send(request, onHead: onHead, onBody: onBody)) } catch { answer = .failure(error) }
        // The transport must live until the answer has arrived.
        withExtendedLifetime(transport) {}
        return try answer.get()
    }
}
