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
        // IPv4 by name: the library's own loopback address is IPv6.
        let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: options.port)
        // A timeout longer than any latency that can be asked for, twice over.
        server = HTTPServer(
            address: address, timeout: 3_600, pool: NoDelayPool(HTTPServer.defaultPool()), logger: .disabled,
            handler: ServiceHandler(service: service))
    }

    /// Starts serving; returns the origin, `http://127.0.0.1:PORT`, once it listens. Throws when the port is taken.
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

    // MARK: For tests

    /// A value of the user's cookie that is good now; nil when the user has no login session.
    public func cookie(of login: String) -> String? {
        let now = service.now()
        return service.withAccount { $0.logins.currentValue(of: login, now: now) }
    }

    /// Replaces the faults.
    public func setFaults(_ faults: [MockFault]) { service.setFaults(faults) }

    /// Every request that was answered or dropped, in the order they came, since the start or the last `clearRequests`.
    public var requests: [RecordedRequest] { service.requests }
    /// Those that have come and whose answer is not there yet.
    public var requestsUnderWay: [RecordedRequest] { service.requestsUnderWay }
    public func clearRequests() { service.clearRequests() }

    /// Ends every login session of a user, as signing out elsewhere does.
    public func revoke(_ login: String) { service.withAccount { $0.logins.revokeAll(of: login) } }

    /// Ends every login session of a user, as 30 days without a request do.
    public func expire(_ login: String) {
        let now = service.now()
        service.withAccount { $0.logins.expireAll(of: login, now: now) }
    }

    public func setRole(_ role: String, of login: String) { service.withAccount { $0.logins.setRole(role, of: login) } }

    /// Changes the account behind everybody's back.
    public func update(_ change: @Sendable (inout MockAccount) -> Void) { service.withAccount(change) }

    /// The agents there are, newest first.
    public var agents: [Agent] { service.withAccount { $0.agents } }

    /// Creates an agent without asking whether its name is free.
    @discardableResult
    public func addAgent(_ name: String, upstream: Upstream = "stub") -> Agent {
        let now = service.now()
        return service.withAccount { $0.add(NewAgent(name: name, upstream: upstream), now: now) }
    }

    public func renameAgent(_ id: Identifier<Agent>, to name: String) {
        service.withAccount { _ = $0.renameAgent(id, to: name) }
    }

    public func removeAgent(_ id: Identifier<Agent>) { service.withAccount { _ = $0.removeAgent(id) } }

    /// Lets a call happen.
    @discardableResult
    public func recordCall(of agent: Agent) -> CallSession {
        let now = service.now()
        return service.withAccount { $0.recordCall(of: agent, endedAt: now) }
    }
}
