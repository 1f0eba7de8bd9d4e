import Foundation
import MaskerMock
import TestSupport
import Testing

/// Talks to the mock through the `curl` program and reads its JSON literally, without the models of MaskerAPI, so that the
/// tests find mistakes in these.
struct PlainHTTP {
    let server: MockProcess
    let origin: String

    struct Answer {
        var status: Int
        /// The headers; names are in lower case.
        var headers: [String: String]
        var body: String

        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
        }
        func object(_ key: String) -> [String: Any] { json[key] as? [String: Any] ?? [:] }
        var data: [[String: Any]] { json["data"] as? [[String: Any]] ?? [] }
        var errorCode: String? { object("error")["code"] as? String }
    }

    static func with(
        _ change: (inout MockOptions) -> Void = { _ in }, _ body: (PlainHTTP) async throws -> Void
    ) async throws {
        var options = MockOptions()
        options.sessions = 300
        options.users = [
            MockUser(login: "ada", role: "admin", cookie: "admin-1"), MockUser(login: "grace", role: "member", cookie: "member-1"),
        ]
        change(&options)
        let server = MockProcess(options)
        let http = PlainHTTP(server: server, origin: try await server.start())
        do { try await body(http) } catch {
            server.stop()
            throw error
        }
        server.stop()
    }

    /// Sends a request. The cookie is the admin's by default; nil sends none.
    func send(
        _ method: String = "GET", _ target: String, cookie: String? = "admin-1", body: String? = nil, headers: [String] = []
    ) async throws -> Answer {
        var arguments = ["-sS", "-i", "-X", method, origin + target, "--max-time", "600"]
        if let cookie { arguments += ["-H", "Cookie: masker_session=\(cookie)"] }
        for header in headers { arguments += ["-H", header] }
        if let body { arguments += ["-H", "Content-Type: application/json", "--data-binary", body] }
        return Self.parse(try await Program.run("curl", arguments).output)
    }

    func api(_ target: String, cookie: String? = "admin-1") async throws -> Answer {
        try await send("GET", "/api/v1" + target, cookie: cookie)
    }

    private static func parse(_ text: String) -> Answer {
        let parts = text.components(separatedBy: "\r\n\r\n")
        let lines = parts[0].components(separatedBy: "\r\n")
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let headers = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.range(of: ": ") else { return nil }
            return (line[..<colon.lowerBound].lowercased(), String(line[colon.upperBound...]))
        }
        return Answer(
            status: status, headers: Dictionary(headers, uniquingKeysWith: { $1 }),
            body: parts.dropFirst().joined(separator: "\r\n\r\n"))
    }
}
