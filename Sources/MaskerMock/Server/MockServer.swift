import FlyingFox
import FlyingSocks
import Foundation
import MaskerAPI

/// The Masker API on a port of this machine, for tests and demonstrations.
public final class MockServer: Sendable {
    private let service: MockService
    private let server: HTTPServer

    public init(_ options: MockOptions = MockOptions()) throws {
        service = MockService(options)
        // The IPv4 address explicitly: the loopback address of the library is IPv6.
        let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: options.port)
        // The timeout is longer than twice the largest latency that can be set.
        server = HTTPServer(
            address: address, timeout: 3_600, pool: NoDelayPool(HTTPServer.defaultPool()), logger: .disabled,
            handler: ServiceHandler(service: service))
    }

    /// Starts serving; returns the origin, `http://127.0.0.1:PORT`, once it listens. Throws when the port is in use.
    public func start() async throws -> String {
        let (listening, continuation) = AsyncThrowingStream<Void, any Error>.makeStream()
        Task { [server] in
            do { try await server.run() } catch { continuation.finish(throwing: error) }
        }
        Task { [server] in
            do {
                try await server.waitUntilListening()
                continuation.yield()
                continuation.finish()
            } catch { continuation.finish(throwing: error) }
        }
        for try await _ in listening {}
        guard case .ip4(_, let port)? = await server.listeningAddress else { throw SocketError.unsupportedAddress }
        let origin = "http://127.0.0.1:\(port)"
        service.begin(origin: origin)
        return origin
    }

    /// Closes every connection; the server cannot be started again.
    public func stop() async { await server.stop() }
}
