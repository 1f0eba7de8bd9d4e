import FlyingSocks
import Foundation

/// The library's socket pool, with TCP_NODELAY on the sockets it waits for: header and body are written separately, and
/// without it each answer on a kept connection waits 40 ms for the other side's acknowledgement.
struct NoDelayPool<Base: AsyncSocketPool>: AsyncSocketPool {
    private let base: Base

    init(_ base: Base) { self.base = base }

    func prepare() async throws { try await base.prepare() }
    func run() async throws { try await base.run() }

    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        var on: Int32 = 1
        // Accepted sockets inherit it from the listening one; it does no harm on any other.
        setsockopt(socket.file.rawValue, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        try await base.suspendSocket(socket, untilReadyFor: events)
    }
}
