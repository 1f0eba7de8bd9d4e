import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("A server that is slow, or sends nothing", .ownThread)
struct SlowServerTests {
    private func transport(_ origin: String) throws -> CurlTransport {
        var settings = CurlTransport.Settings()
        settings.connectTimeout = .seconds(1)
        settings.silenceTimeout = .seconds(1)
        return CurlTransport(host: try APIHost(origin), settings: settings)
    }

    private func reason(_ origin: String, timeout: Duration = .seconds(30)) async throws -> TransportError.Reason? {
        try await failure(origin, timeout: timeout)?.reason
    }

    private func failure(_ origin: String, timeout: Duration = .seconds(30)) async throws -> TransportError? {
        var request = HTTPRequest(.get, "/")
        request.timeout = timeout
        let transport = try transport(origin)
        defer { transport.shutDown() }
        do {
            _ = try await transport.send(request, onHead: nil, onBody: nil)
            return nil
        } catch { return error }
    }

    @Test("promise 12: a server that accepts and sends nothing is given up after the time limit for silence")
    func silent() async throws {
        let silence = try await failure(try ScriptedServer([.silence]).origin)
        #expect(silence == TransportError(.timeout, detail: "the server stopped answering"))
    }

    @Test("promise 12: a server that stops in the middle is given up after the time limit for silence")
    func stopsInTheMiddle() async throws {
        let half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
        let silence = try await failure(try ScriptedServer([.stall(half)]).origin)
        #expect(silence == TransportError(.timeout, detail: "the server stopped answering"))
    }

    @Test("promise 12: an answer that comes byte by byte is given up after the time limit for the whole exchange")
    func trickle() async throws {
        let server = try ScriptedServer([.trickle(ScriptedServer.answer(String(repeating: "x", count: 10_000)), every: .milliseconds(100))])
        #expect(try await reason(server.origin, timeout: .seconds(2)) == .timeout)
    }

    @Test("promise 12: a server that accepts no connection is given up after the time limit for connecting")
    func blackHole() async throws {
        let hole = try BlackHole()
        #expect(try await reason("http://127.0.0.1:\(hole.port)") == .connect)
    }

    @Test("promise 12: a TLS handshake that is not answered counts as connecting")
    func handshake() async throws {
        #expect(try await reason("https://127.0.0.1:\(try ScriptedServer([.silence]).port)") == .connect)
    }

    /// The moments of an exchange at which a call is cancelled.
    enum Moment: String, CaseIterable, Sendable { case connecting, handshake, head, body, report }

    @Test("promise 13: a cancelled call ends at once and releases its connection", arguments: Moment.allCases)
    func cancelling(moment: Moment) async throws {
        let hole = try BlackHole()
        let endless = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
        let server = try ScriptedServer([moment == .head || moment == .handshake ? .silence : .trickle(endless + "%PDF-1.4", every: .milliseconds(20))])
        let origin =
            switch moment {
            case .connecting: "http://127.0.0.1:\(hole.port)"
            case .handshake: "https://127.0.0.1:\(server.port)"
            default: server.origin
            }
        let host = try APIHost(origin)
        var settings = CurlTransport.Settings()
        // No time limit is near, so the call ends because it was cancelled.
        settings.connectTimeout = Patience.hang * 6
        settings.silenceTimeout = Patience.hang * 6
        let transport = CurlTransport(host: host, settings: settings)
        defer { transport.shutDown() }
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "x"))
        let client = MaskerClient(host: host, transport: transport, login: login, retry: .none)
        let task = Task { () -> APIError? in
            do {
                if moment == .report { for try await _ in client.report(Identifier("sess_1"), as: .pdf) {} } else { _ = try await client.agents() }
            } catch { return error as? APIError }
            return nil
        }
        switch moment {
        // Nothing outside of libcurl shows when it begins to wait there; the assertion also holds earlier.
        case .connecting: try await Task.sleep(for: .milliseconds(300))
        case .handshake: #expect(await server.eventually { !$0.received.isEmpty })
        case .head, .body, .report: #expect(await server.eventually { !$0.requests.isEmpty })
        }
        task.cancel()
        let error = await task.value
        if moment != .report {
            guard case .transport(let cause)? = error?.kind else { return fail("\(String(describing: error))") }
            #expect(cause.reason == .cancelled)
        }
        if moment != .connecting {
            #expect(await server.eventually { $0.openConnections == 0 }, "libcurl still holds the connection")
        }
    }
}

/// A listening socket whose queue is full: a connection to it gets no answer.
private final class BlackHole {
    let port: UInt16
    private var sockets: [Int32] = []

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        sockets = [listener]
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 0) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRINUSE) }
        port = UInt16(bigEndian: address.sin_port)
        for _ in 0..<4 {
            let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            _ = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(filler, $0, length) }
            }
            sockets.append(filler)
        }
    }

    deinit { sockets.forEach { close($0) } }
}
