import FlyingFox
import FlyingSocks
import Foundation

/// Converts the library's messages to the mock's and back.
struct ServiceHandler: HTTPHandler {
    let service: MockService

    func handleRequest(_ request: FlyingFox.HTTPRequest) async throws -> FlyingFox.HTTPResponse {
        let headers = Dictionary(
            request.headers.map { ($0.key.rawValue.lowercased(), $0.value) }, uniquingKeysWith: { "\($0); \($1)" })
        let outcome = await service.handle(
            MockRequest(
                method: request.method.rawValue, path: request.path, query: MockRequest.query(request.target.query()),
                headers: headers, body: try await request.bodyData))
        switch outcome {
        case .drop: return HTTPResponse(headers: [:], webSocket: HangUp())
        case .answer(let answer, _) where request.method == .HEAD: return head(answer)
        case .answer(let answer, let truncateAt): return response(answer, truncateAt: truncateAt)
        }
    }

    private func response(_ answer: MockAnswer, truncateAt: Int?) -> FlyingFox.HTTPResponse {
        let status = status(answer), headers = headers(answer)
        if answer.stream == nil, truncateAt == nil {
            return HTTPResponse(statusCode: status, headers: headers, body: answer.body)
        }
        let pieces = cut(answer.stream ?? [answer.body], at: truncateAt)
        let body = PieceSequence(pieces: pieces, breaksOff: truncateAt != nil)
        let isStream = answer.stream != nil
        return HTTPResponse(
            statusCode: status, headers: headers,
            body: isStream ? HTTPBodySequence(from: body) : HTTPBodySequence(from: body, count: answer.body.count))
    }

    /// The answer to `HEAD`: headers without a body. The library can do this only as a WebSocket answer without frames; then
    /// the connection is closed.
    private func head(_ answer: MockAnswer) -> FlyingFox.HTTPResponse {
        var headers = headers(answer)
        headers.addValue("\(answer.body.count)", for: .contentLength)
        headers.addValue("close", for: .connection)
        var response = HTTPResponse(headers: headers, webSocket: NoFrames())
        response.statusCode = status(answer)
        return response
    }

    private func headers(_ answer: MockAnswer) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for header in answer.headers { headers.addValue(header.value, for: HTTPHeader(header.name)) }
        return headers
    }

    private func cut(_ pieces: [Data], at count: Int?) -> [Data] {
        guard let count else { return pieces }
        return [pieces.reduce(Data(), +).prefix(count)]
    }

    private func status(_ answer: MockAnswer) -> HTTPStatusCode {
        HTTPStatusCode(answer.status, phrase: Self.phrases[answer.status] ?? "Status \(answer.status)")
    }

    private static let phrases = [
        200: "OK", 201: "Created", 204: "No Content", 302: "Found", 400: "Bad Request", 401: "Unauthorized",
        403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict", 422: "Unprocessable Content",
        429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout"
    ]
}

/// Closes the connection without an answer: the library calls this before it writes anything, and closes when it throws.
private struct HangUp: WSHandler {
    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        throw SocketError.disconnected
    }
}

/// Has no frames, so that the library writes only the header.
private struct NoFrames: WSHandler {
    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        AsyncStream { $0.finish() }
    }
}

/// A body in pieces. If `breaksOff` is set, the connection is closed before the announced length is sent.
private struct PieceSequence: AsyncBufferedSequence {
    typealias Element = UInt8
    var pieces: [Data]
    var breaksOff: Bool

    func makeAsyncIterator() -> Iterator { Iterator(pieces: pieces[...], breaksOff: breaksOff) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        var pieces: ArraySlice<Data>
        let breaksOff: Bool

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            while let piece = pieces.popFirst() {
                if !piece.isEmpty { return Array(piece) }
            }
            if breaksOff { throw SocketError.disconnected }
            return nil
        }

        /// Not used: the library reads bodies by `nextBuffer`.
        mutating func next() async throws -> UInt8? { throw SocketError.disconnected }
    }
}
