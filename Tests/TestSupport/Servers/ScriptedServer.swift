import Foundation
import Synchronization

/// A server that follows a script, byte by byte, and keeps the requests that it receives.
public final class ScriptedServer: Sendable {
    /// How the server handles one request.
    public enum Step: Sendable {
        /// Sends these bytes and waits for the next request on the same connection.
        case send(String)
        /// Sends these bytes and closes.
        case sendAndClose(String)
        /// Reads the request and closes without sending a byte.
        case close
        /// Reads the request and sends nothing.
        case silence
        /// Sends these bytes and nothing more, without closing.
        case stall(String)
        /// Sends these bytes when `letGo` is called.
        case held(String)
        /// Reads the request and closes when `letGo` is called.
        case closeWhenLetGo
        /// Sends these bytes one by one.
        case trickle(String, every: Duration)
        /// Sends these bytes, then the filling without end.
        case endless(String, String)
    }

    public let port: UInt16
    private let listener: Int32
    private let state: Mutex<State>

    private struct State {
        var steps: [Step]
        var requests: [String] = []
        var received: [UInt8] = []
        var connections = 0
        var openConnections = 0
        var isStopped = false
        var isLetGo = false
    }

    /// The last step is repeated.
    public init(_ steps: [Step]) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, address, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRINUSE) }
        port = UInt16(bigEndian: address.sin_port)
        state = Mutex(State(steps: steps))
        Thread { [self] in acceptAll() }.start()
    }

    deinit { stop() }

    public func stop() {
        let wasRunning = state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        // The accepting thread closes the socket. If it were closed here, another socket could get its number before that
        // thread uses it.
        if wasRunning { shutdown(listener, Int32(SHUT_RDWR)) }
    }

    /// The head and body of every request, as received.
    public var requests: [String] { state.withLock { $0.requests } }
    /// All bytes received while reading requests, also those of incomplete ones.
    public var received: String { state.withLock { String(decoding: $0.received, as: UTF8.self) } }
    public var connections: Int { state.withLock { $0.connections } }
    /// The number of connections that neither side has closed yet.
    public var openConnections: Int { state.withLock { $0.openConnections } }

    /// Sends the answers that are held back.
    public func letGo() { state.withLock { $0.isLetGo = true } }

    /// Waits until `condition` holds. Returns false when it never does.
    public func eventually(_ condition: (ScriptedServer) -> Bool) async -> Bool {
        await Patience.wait { condition(self) }
    }

    public var origin: String { "http://127.0.0.1:\(port)" }

    private func acceptAll() {
        defer { close(listener) }
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            state.withLock { state in
                state.connections += 1
                state.openConnections += 1
            }
            Thread { [self] in serve(connection) }.start()
        }
    }

    private func serve(_ connection: Int32) {
        defer {
            close(connection)
            state.withLock { $0.openConnections -= 1 }
        }
        while let request = readRequest(connection) {
            let step = state.withLock { state -> Step in
                state.requests.append(request)
                return state.steps.count > 1 ? state.steps.removeFirst() : state.steps[0]
            }
            switch step {
            case .send(let text):
                guard write(text, connection) else { return }
            case .sendAndClose(let text):
                _ = write(text, connection)
                return
            case .close: return
            case .silence:
                waitForTheEnd(of: connection)
                return
            case .stall(let text):
                guard write(text, connection) else { return }
                waitForTheEnd(of: connection)
                return
            case .held(let text):
                waitUntilLetGo()
                guard write(text, connection) else { return }
            case .closeWhenLetGo:
                waitUntilLetGo()
                return
            case .trickle(let text, let pause):
                for byte in text.utf8 {
                    guard write(String(UnicodeScalar(byte)), connection) else { return }
                    usleep(UInt32(pause / .microseconds(1)))
                }
                waitForTheEnd(of: connection)
                return
            case .endless(let start, let filling):
                guard write(start, connection) else { return }
                while write(filling, connection) {}
                return
            }
        }
    }

    private func waitUntilLetGo() {
        while !state.withLock({ $0.isLetGo || $0.isStopped }) { usleep(1_000) }
    }

    /// Reads, and ignores, bytes until the client has closed the connection.
    private func waitForTheEnd(of connection: Int32) {
        var bytes = [UInt8](repeating: 0, count: 1_024)
        while recv(connection, &bytes, bytes.count, 0) > 0 {}
    }

    private func readRequest(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let length = text.lowercased().range(of: "content-length: ").flatMap { range in
                    Int(text[range.upperBound...].prefix { $0.isNumber })
                } ?? 0
                if text[end.upperBound...].utf8.count >= length { return text }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer.prefix(count)
            state.withLock { $0.received += buffer.prefix(count) }
        }
    }

    private func write(_ text: String, _ connection: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return false }
            bytes = bytes.dropFirst(sent)
        }
        return true
    }

    // MARK: Answers

    public static func answer(_ body: String, status: String = "200 OK", headers: [String] = []) -> String {
        (["HTTP/1.1 \(status)", "Content-Type: application/json", "Content-Length: \(body.utf8.count)"] + headers)
            .joined(separator: "\r\n") + "\r\n\r\n" + body
    }
}
