import Foundation
import Synchronization
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Reports over a connection that is lost", .ownThread)
struct ReportStreamTests {
    private static let root = String(repeating: "9f3a", count: 16)
    private static let bodies: [Endpoint.ReportFormat: String] = [
        .pdf: "%PDF-1.4\n<< >>\nstream\n(\(root)) Tj\nendstream\n%%EOF",
        .json: #"{"report":{"id":"rep_1","session_id":"sess_1","merkle_root_hex":"\#(root)"}}"#,
    ]

    enum Framing: CaseIterable { case length, chunked, close }

    private static func answer(_ body: String, _ framing: Framing) -> String {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
        switch framing {
        case .length: return head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
        case .close: return head + "Connection: close\r\n\r\n" + body
        case .chunked:
            let middle = body.index(body.startIndex, offsetBy: body.count / 2)
            let chunks = [body[..<middle], body[middle...]].map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }
            return head + "Transfer-Encoding: chunked\r\n\r\n" + chunks.joined() + "0\r\n\r\n"
        }
    }

    /// The audit roots of a report that is complete; throws for any other.
    private static func roots(_ client: MaskerClient, _ format: Endpoint.ReportFormat) async throws -> [String]? {
        var roots: [String]?
        for try await piece in client.report(Identifier("sess_1"), as: format) {
            if case .complete(let whole) = piece { roots = whole.merkleRoots }
        }
        return roots
    }

    @Test("promise 40: a report that is cut at any byte never counts as complete, however its length is sent",
        arguments: Framing.allCases, Endpoint.ReportFormat.allCases)
    func cut(framing: Framing, format: Endpoint.ReportFormat) async throws {
        let answer = Self.answer(try #require(Self.bodies[format]), framing)
        // The end of the last chunk may be missing, because libcurl has read the chunk of length 0 then.
        let whole = framing == .chunked ? answer.utf8.count - 2 : answer.utf8.count
        for length in stride(from: 0, to: whole, by: Soak.count(5, soak: 1)) {
            let server = try ScriptedServer([.sendAndClose(String(decoding: answer.utf8.prefix(length), as: UTF8.self))])
            defer { server.stop() }
            let client = try server.client()
            await #expect(throws: APIError.self, "cut at \(length)") { try await Self.roots(client, format) }
        }
        let server = try ScriptedServer([.sendAndClose(answer)])
        // Without a length, it is unknown whether a PDF is complete.
        if framing == .close, format == .pdf {
            let client = try server.client()
            #expect(await failure { try await Self.roots(client, format) }?.message.contains("the PDF's length") == true)
            return server.stop()
        }
        #expect(try await Self.roots(try server.client(), format) == [Self.root])
        server.stop()
    }

    @Test("the length is reported first, when the server sends it; for an error it is not", arguments: Framing.allCases)
    func length(framing: Framing) async throws {
        let body = try #require(Self.bodies[.pdf])
        let server = try ScriptedServer([
            .sendAndClose(Self.answer(body, framing)), .sendAndClose(ScriptedServer.answer("{}", status: "403 Forbidden")),
        ])
        defer { server.stop() }
        let client = try server.client()
        var pieces: [ReportPiece] = []
        do {
            for try await piece in client.report(Identifier("sess_1"), as: .pdf) { pieces.append(piece) }
        } catch where framing == .close {
            // Without a length, it does not count as complete.
        }
        #expect(pieces.first == .start(expected: framing == .length ? body.utf8.count : nil))
        #expect(pieces.count { if case .start = $0 { true } else { false } } == 1)
        pieces = []
        let error = await failure { for try await piece in client.report(Identifier("sess_1"), as: .pdf) { pieces.append(piece) } }
        #expect(error?.kind == .forbidden && pieces == [])
    }

    @Test("promise 40: a cancelled report does not end with complete")
    func cancelled() async throws {
        let server = try ScriptedServer([.endless("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", "%%EOF\n")])
        defer { server.stop() }
        let client = try server.client()
        let pieces = Atomic(0)
        let task = Task { () -> Bool in
            for try await piece in client.report(Identifier("sess_1"), as: .pdf) {
                if case .complete = piece { return true }
                pieces.add(1, ordering: .relaxed)
                try? await Task.sleep(for: .milliseconds(1))
            }
            return false
        }
        #expect(await Patience.wait { pieces.load(ordering: .relaxed) > 2 })
        task.cancel()
        #expect(await (try? task.value) != true)
    }
}
