import Foundation
import MaskerMock
import TestSupport
import Testing

/// Talks to a mock over its own socket, byte by byte, without an HTTP library and without the models of MaskerAPI.
struct RawHTTP {
    let server: MockProcess
    let port: UInt16

    /// The cookies of the two users who exist from the start.
    static let admin = "raw-admin", member = "raw-member"

    /// Runs `body` with a mock, and stops the mock at the end in every case.
    static func with(
        _ change: (inout MockOptions) -> Void = { _ in }, _ body: (RawHTTP) async throws -> Void
    ) async throws {
        var options = MockOptions()
        options.sessions = 300
        options.users = [
            MockUser(login: "ada", role: "admin", cookie: admin),
            MockUser(login: "grace", role: "member", cookie: member)
        ]
        change(&options)
        let server = MockProcess(options)
        let origin = try await server.start()
        let port = try #require(origin.hasPrefix("http://127.0.0.1:") ? UInt16(origin.dropFirst(17)) : nil)
        do { try await body(RawHTTP(server: server, port: port)) } catch {
            server.stop()
            throw error
        }
        server.stop()
    }

    /// Sends one request and reads until the server closes. The cookie is the admin's by default.
    func send(
        _ method: String = "GET", _ target: String, cookie: String? = admin, body: String? = nil, headers: [String] = []
    ) async throws -> RawAnswer {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1", "Connection: close"] + headers
        if let cookie { lines.append("Cookie: other=1; masker_session=\(cookie)") }
        if let body { lines.append("Content-Length: \(body.utf8.count)") }
        return try RawAnswer(try await exchange(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")))
    }

    func api(_ target: String, cookie: String? = admin) async throws -> RawAnswer {
        try await send("GET", "/api/v1" + target, cookie: cookie)
    }

    /// Reads all rows of a list, page by page.
    func all(_ target: String, limit: Int) async throws -> [[String: Any]] {
        let separator = target.contains("?") ? "&" : "?"
        var rows: [[String: Any]] = [], cursor = ""
        while true {
            let page = try await api("\(target)\(separator)limit=\(limit)\(cursor)")
            #expect(page.status == 200 && page.data.count <= limit)
            rows += page.data
            guard let next = page.json["next_cursor"] as? String else { return rows }
            #expect(page.data.count == limit, "only the last page is short")
            cursor = "&cursor=" + Self.encoded(next)
        }
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// Writes a text to a new connection, and returns everything that arrives until the server closes it.
    func exchange(_ text: String) async throws -> Data {
        let port = port
        return try await withCheckedThrowingContinuation { continuation in
            // A separate thread: a test may send another request meanwhile.
            Thread { continuation.resume(with: Result { try SocketExchange.send(Data(text.utf8), port: port) }) }.start()
        }
    }
}

/// One answer, as the server has sent it.
struct RawAnswer {
    struct NoAnswer: Error {}

    var status: Int
    /// The headers in their order; names are in lower case.
    var headers: [(name: String, value: String)]
    /// The bytes after the blank line; chunks are joined.
    var body: Data
    /// The bytes after this answer.
    var rest = Data()

    /// Reads the first answer in the bytes; throws when there is none.
    init(_ bytes: Data) throws {
        guard let blank = bytes.range(of: Data("\r\n\r\n".utf8)) else { throw NoAnswer() }
        let lines = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let parts = lines[0].split(separator: " ", maxSplits: 2)
        guard parts.count == 3, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else { throw NoAnswer() }
        self.status = status
        headers = lines.dropFirst().compactMap { line in
            line.range(of: ": ").map { (line[..<$0.lowerBound].lowercased(), String(line[$0.upperBound...])) }
        }
        body = Data(bytes[blank.upperBound...])
        if self["transfer-encoding"] == "chunked" {
            body = Self.unchunked(body)
        } else if let length = self["content-length"].flatMap({ Int($0) }) {
            rest = Data(body.dropFirst(length))
            body = Data(body.prefix(length))
        }
    }

    private static func unchunked(_ bytes: Data) -> Data {
        var body = Data(), rest = bytes
        while let end = rest.range(of: Data("\r\n".utf8)) {
            let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16) ?? 0
            if size == 0 { break }
            body += rest[end.upperBound...].prefix(size)
            rest = Data(rest[end.upperBound...].dropFirst(size + 2))
        }
        return body
    }

    /// The only value of a header; nil when there is none, or more than one.
    subscript(name: String) -> String? {
        let values = headers.filter { $0.name == name }
        return values.count == 1 ? values[0].value : nil
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
    func object(_ key: String) -> [String: Any] { json[key] as? [String: Any] ?? [:] }
    var data: [[String: Any]] { json["data"] as? [[String: Any]] ?? [] }
    var errorCode: String? { object("error")["code"] as? String }
    var ids: [String] { data.compactMap { $0["id"] as? String } }

    /// The value of the short-lived cookie for the state of a sign-in; nil when an attribute is missing or wrong.
    var oauthState: String? {
        self["set-cookie"]?.wholeMatch(of: #/masker_oauth_state=([^;]+); HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=600/#)
            .map { String($0.1) }
    }

    /// The value in a `Set-Cookie` in the form of the contract; nil when an attribute is missing or wrong.
    var renewedCookie: String? {
        self["set-cookie"]?.wholeMatch(
            of: #/masker_session=([^;]+); HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=2592000/#
        )
        .map { String($0.1) }
    }
}
