import FlyingFox
import FlyingSocks
import Foundation
import MaskerAPI

/// The Masker API on a port of this machine, for tests and demonstrations.
public final class MockServer: Sendable {
    private let service: MockService
    private let server: HTTPServer
    private let options: MockOptions

    public init(_ options: MockOptions = MockOptions()) throws {
        self.options = options
        service = MockService(options)
        // IPv4 by name: the library's own loopback address is IPv6.
        let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: options.port)
        server = HTTPServer(
            address: address, timeout: 120, pool: NoDelayPool(HTTPServer.defaultPool()), logger: .disabled,
            handler: ServiceHandler(service: service))
    }

    /// Starts serving; returns the origin, `http://127.0.0.1:PORT`, once it listens.
    public func start() async throws -> String {
        Task { [server] in try await server.run() }
        try await server.waitUntilListening()
        guard case .ip4(_, let port)? = await server.listeningAddress else { throw SocketError.unsupportedAddress }
        let origin = "http://127.0.0.1:\(port)"
        service.begin(origin: origin)
        return origin
    }

    public func stop() async { await server.stop() }

    // MARK: For tests

    /// A value of the user's cookie that is good now.
    public func cookie(of login: String) -> String? { service.withAccount { $0.logins.currentValue(of: login) } }

    /// Replaces the faults.
    public func setFaults(_ faults: [MockFault]) { service.setFaults(faults) }

    /// Every request since the start or the last `clearRequests`, in the order they came.
    public var requests: [RecordedRequest] { service.requests }
    public func clearRequests() { service.clearRequests() }

    /// Ends every login session of a user, as signing out elsewhere does.
    public func revoke(_ login: String) { service.withAccount { $0.logins.revokeAll(of: login) } }

    public func setRole(_ role: String, of login: String) { service.withAccount { $0.logins.setRole(role, of: login) } }

    /// The agents there are, newest first.
    public var agents: [Agent] { service.withAccount { $0.agents } }

    /// Deletes an agent behind everybody's back.
    public func removeAgent(_ id: Identifier<Agent>) { service.withAccount { _ = $0.removeAgent(id) } }

    /// Lets a call happen.
    public func recordCall(of agent: Agent) {
        service.withAccount { _ = $0.record(agent, at: service.now(), durationMS: 420, kinds: ["NAME", "PHONE"]) }
    }
}

/// What the mock has seen of a request.
public struct RecordedRequest: Sendable, Codable, Equatable {
    public var method: String
    public var path: String
    public var query: [String: String]
    /// Which value of the session cookie came with it.
    public var cookie: String?
    /// Nil when the connection was dropped.
    public var status: Int?
}

/// Turns the library's messages into the mock's and back.
private struct ServiceHandler: HTTPHandler {
    let service: MockService

    func handleRequest(_ request: FlyingFox.HTTPRequest) async throws -> FlyingFox.HTTPResponse {
        let query = Dictionary(request.query.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let headers = Dictionary(
            request.headers.map { ($0.key.rawValue.lowercased(), $0.value) }, uniquingKeysWith: { "\($0); \($1)" })
        let outcome = await service.handle(MockRequest(
            method: request.method.rawValue, path: request.path, query: query, headers: headers,
            body: try await request.bodyData))
        switch outcome {
        case .drop:
            return HTTPResponse(headers: [:], webSocket: HangUp())
        case .answer(let answer, let truncateAt):
            return response(answer, truncateAt: truncateAt)
        }
    }

    private func response(_ answer: MockAnswer, truncateAt: Int?) -> FlyingFox.HTTPResponse {
        var headers = HTTPHeaders()
        for header in answer.headers { headers.addValue(header.value, for: HTTPHeader(header.name)) }
        let status = HTTPStatusCode(answer.status, phrase: (200..<400).contains(answer.status) ? "OK" : "Error")
        if let pieces = answer.stream {
            return HTTPResponse(statusCode: status, headers: headers, body: HTTPBodySequence(from: PieceSequence(pieces: pieces)))
        }
        if let truncateAt {
            let cut = Array(answer.body.prefix(truncateAt))
            return HTTPResponse(
                statusCode: status, headers: headers,
                body: HTTPBodySequence(from: PieceSequence(pieces: [String(decoding: cut, as: UTF8.self)], fails: true), count: answer.body.count))
        }
        // An answer without a body has no length either (RFC 9110, section 8.6).
        if answer.status == 204 { return HTTPResponse(statusCode: status, headers: headers, body: HTTPBodySequence()) }
        return HTTPResponse(statusCode: status, headers: headers, body: answer.body)
    }
}

/// The library writes nothing before this is asked for frames; refusing closes the connection without a byte.
private struct HangUp: WSHandler {
    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        throw SocketError.disconnected
    }
}

/// A body that comes in pieces, and may break off.
private struct PieceSequence: AsyncBufferedSequence {
    typealias Element = UInt8
    var pieces: [String]
    var fails = false

    func makeAsyncIterator() -> Iterator { Iterator(pieces: pieces[...], fails: fails) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        var pieces: ArraySlice<String>
        let fails: Bool

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            if let piece = pieces.popFirst() { return Array(piece.utf8) }
            if fails { throw SocketError.disconnected }
            return nil
        }

        mutating func next() async throws -> UInt8? { throw SocketError.disconnected }
    }
}
