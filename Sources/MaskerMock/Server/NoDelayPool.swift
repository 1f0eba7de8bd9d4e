import FlyingSocks
import Foundation

/// The library's socket pool, which also sets TCP_NODELAY on the sockets. The library writes header and body separately;
/// without TCP_NODELAY each answer on a kept connection would wait 40 ms for the acknowledgement of the client.
struct NoDelayPool<Base: AsyncSocketPool>: AsyncSocketPool {
    private let base: Base

    init(_ base: Base) { self.base = base }

    func prepare() async throws { try await base.prepare() }
    func run() async throws { try await base.run() }

    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        var on: Int32 = 1
        // Accepted sockets inherit the option from the listening one; on other sockets it does no harm.
        setsockopt(socket.file.rawValue, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        try await base.suspendSocket(socket, untilReadyFor: events)
    }
}
