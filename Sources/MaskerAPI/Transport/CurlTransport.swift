import CCurl
import Synchronization

/// HTTP through libcurl. One thread owns the multi handle and every transfer; other threads call libcurl only to wake it.
public final class CurlTransport: HTTPTransport {
    public struct Settings: Sendable {
        public var authorities: TrustedAuthorities
        /// The environment with `https_proxy`, `all_proxy` and `no_proxy`. Requests to loopback never use a proxy.
        public var proxyEnvironment: [String: String]
        public var userAgent: String
        /// The longest time to connect, including TLS. Over a satellite (2.6 s in each direction), looking up the name,
        /// connecting and a TLS 1.2 handshake take four round trips: 21 s.
        public var connectTimeout: Duration = .seconds(30)
        /// The longest time without receiving a byte.
        public var silenceTimeout: Duration = .seconds(20)
        /// How long a cancelled request may go on until the head of its answer is complete: the head can contain a new value of
        /// the cookie. Also how long `shutDown` and `hold` wait for all heads together.
        public var headPatience: Duration = .seconds(1)
        /// How long a read waits at least for the first byte on a kept connection, before it is sent again over a new one.
        public var leastSilence = Duration.seconds(3)
        /// The clock by which that silence is measured. Tests replace it.
        var now: @Sendable () -> ContinuousClock.Instant = { .now }
        /// Runs first on the network thread, for example to block signals there.
        public var onThreadStart: @Sendable () -> Void = {}

        public init(
            authorities: TrustedAuthorities = .system, proxyEnvironment: [String: String] = [:], userAgent: String = "masker-tui"
        ) {
            self.authorities = authorities
            self.proxyEnvironment = proxyEnvironment
            self.userAgent = userAgent
        }
    }

    private let network: NetworkThread
    private let ids = Atomic<UInt64>(0)

    /// Returns at once: libcurl is set up on its own thread.
    public init(host: APIHost, settings: Settings = Settings()) {
        network = NetworkThread(host: host, settings: settings)
        network.start()
    }

    public func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?,
        onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let id = ids.add(1, ordering: .relaxed).newValue
        let network = network
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                network.submit(Transfer(
                    id: id, request: request, onHead: onHead, onBody: onBody, continuation: continuation))
            }
        } onCancel: {
            network.cancel(id)
        }
        return try result.get()
    }

    public var executor: (any TaskExecutor)? { network }

    public var isRefusedByProxy: Bool { network.isRefusedByProxy }

    public func askProxyAgain() { network.askProxyAgain() }

    /// Cancels all requests and waits for the network thread to end. Waits at most `headPatience` for the heads of outstanding
    /// answers, which may contain a new value of the cookie, and at most one second more in all.
    public func shutDown() { network.stop() }

    /// Call this before the process is suspended. Sends no new requests, and returns when the heads of all outstanding answers
    /// have arrived, or after `headPatience`.
    /// - Parameter isSettled: another condition to wait for within the same time.
    public func hold(until isSettled: () -> Bool = { true }) { network.hold(until: isSettled) }

    /// Sends the requests that were submitted since `hold`.
    public func release() { network.release() }

    deinit { network.stop(waiting: false) }
}
