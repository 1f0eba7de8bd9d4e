import MaskerAPI

/// `CurlTransport` with very long time limits, so that a slow machine does not fail tests. Tests of the limits use
/// `CurlTransport` itself.
public struct PatientTransport: HTTPTransport {
    private let base: CurlTransport

    public init(host: APIHost, settings: CurlTransport.Settings = CurlTransport.Settings()) {
        var settings = settings
        settings.connectTimeout = Patience.hang
        settings.silenceTimeout = Patience.hang
        settings.leastSilence = Patience.hang
        base = CurlTransport(host: host, settings: settings)
    }

    public func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        var request = request
        request.timeout = max(request.timeout, Patience.hang)
        return try await base.send(request, onHead: onHead, onBody: onBody)
    }

    public var executor: (any TaskExecutor)? { base.executor }

    public var isRefusedByProxy: Bool { base.isRefusedByProxy }

    public func askProxyAgain() { base.askProxyAgain() }

    public func shutDown() { base.shutDown() }
}
