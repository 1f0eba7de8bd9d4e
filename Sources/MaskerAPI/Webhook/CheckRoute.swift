/// Where the check of an agent's URL goes. The URLs are built from a setting of the server's, so their host can be another one
/// than the API's (contract, *Agents*), and nobody but the configuration says that this host may be talked to.
public enum CheckRoute: Sendable, Equatable {
    /// To the server, as the URL says.
    case server(target: String)
    /// To the host that the configuration names.
    case publicHost(target: String)
    /// To the server, at the path of a URL whose host is this one.
    case pathOnServer(target: String, namedHost: String)

    /// - Throws: `InvalidHost` when the URL is no address.
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

/// The host of the agents' own URLs, where the configuration names one: nothing but their checks goes there.
public struct PublicHost: Sendable {
    public let host: APIHost
    let transport: any HTTPTransport

    public init(_ host: APIHost, transport: any HTTPTransport) {
        self.host = host
        self.transport = transport
    }
}

/// libcurl for as long as one request takes: a host that is seldom talked to has no thread of its own otherwise.
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
        // Not before the answer is there.
        withExtendedLifetime(transport) {}
        return try answer.get()
    }
}
