import CCurl
import Synchronization

/// HTTP through libcurl: one thread owns the multi handle and every transfer; nobody else calls libcurl but to wake it.
public final class CurlTransport: HTTPTransport {
    public struct Settings: Sendable {
        /// PEM file with the only certificates to trust: none of the system's.
        public var caFile: String?
        /// Where `https_proxy`, `all_proxy` and `no_proxy` are read from; plain HTTP to loopback never uses a proxy.
        public var proxyEnvironment: [String: String]
        public var userAgent: String
        /// For a connection to come about, TLS included.
        public var connectTimeout: Duration = .seconds(5)
        /// Without a byte of an answer.
        public var silenceTimeout: Duration = .seconds(20)
        /// How long a cancelled request may go on to the end of its answer's head, which can bring a new value of the cookie; and
        /// how long `shutDown` and `hold` wait for heads, all together.
        public var headPatience: Duration = .seconds(1)
        /// Runs first thing on the network thread: the place to prepare it for signals.
        public var onThreadStart: @Sendable () -> Void = {}

        public init(caFile: String? = nil, proxyEnvironment: [String: String] = [:], userAgent: String = "masker-tui") {
            self.caFile = caFile
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

    /// Cancels everything and waits for the network thread: a second at most for the heads of answers that are out, which may
    /// bring a new value of the cookie, and 2 seconds at most in all.
    public func shutDown() { network.stop() }

    /// For a process that is about to be stopped: sends nothing new from here on, and returns when the heads of all answers
    /// that are out have come, after a second at most.
    /// - Parameter isSettled: what else is waited for within that second.
    public func hold(until isSettled: () -> Bool = { true }) { network.hold(until: isSettled) }

    /// Sends what was asked for since `hold`.
    public func release() { network.release() }

    deinit { network.stop(waiting: false) }
}
