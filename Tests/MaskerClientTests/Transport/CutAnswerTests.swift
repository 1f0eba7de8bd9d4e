import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("A server that ends in the middle of an answer", .ownThread)
struct CutAnswerTests {
    /// A request, its whole answer, and the check that all of it has arrived.
    enum Kind: String, CaseIterable, Sendable {
        case list, detail, deletion, jsonReport, pdfReport

        var status: String { self == .deletion ? "204 No Content" : "200 OK" }

        var body: String {
            switch self {
            case .list: #"{"data":[{"id":"agt_1","name":"a"},{"id":"agt_2"}],"next_cursor":null}"#
            case .detail: #"{"agent":{"id":"agt_1","name":"a","policy_yaml":"version: 1\n","stats":{"p50_latency_ms":1}}}"#
            case .deletion: ""
            case .jsonReport: #"{"report":{"id":"rep_1","scope":"session","session_id":"sess_1","merkle_root_hex":"00"}}"#
            case .pdfReport: "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
            }
        }

        /// Sends the request; succeeds only when nothing is missing.
        func ask(_ client: MaskerClient) async throws {
            switch self {
            case .list: try #require(try await client.agents().data.count == 2)
            case .detail: try #require(try await client.agent(Identifier("agt_1")).policyYAML != nil)
            case .deletion: try await client.deleteAgent(Identifier("agt_1"))
            case .jsonReport: try #require(try await client.report(Identifier("sess_1")).auditRootHex == "00")
            case .pdfReport:
                var bytes: [UInt8] = []
                for try await case .bytes(let piece) in client.report(Identifier("sess_1"), as: .pdf) { bytes += piece }
                // A PDF ends with its end mark; the line break after it does not belong to it.
                try #require(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines) == body.trimmingCharacters(in: .newlines))
            }
        }
    }

    enum Framing: String, CaseIterable, Sendable { case length, chunked, close }

    private static func whole(_ kind: Kind, _ framing: Framing) -> String {
        let body = kind.body
        let type = kind == .pdfReport ? "application/pdf" : "application/json"
        let head = "HTTP/1.1 \(kind.status)\r\nDate: Tue, 24 Nov 2026 12:00:00 GMT\r\nContent-Type: \(type)\r\n"
        if kind == .deletion { return head + "\r\n" }
        switch framing {
        case .length: return head + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        case .chunked:
            return head + "Transfer-Encoding: chunked\r\n\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
        case .close: return head + "Connection: close\r\n\r\n\(body)"
        }
    }

    @Test("promise 10: an answer that is cut anywhere is never a success", arguments: Kind.allCases, Framing.allCases)
    func cuts(kind: Kind, framing: Framing) async throws {
        let whole = Array(Self.whole(kind, framing).utf8)
        let step = Soak.count(5, soak: 1)
        // Near its end an answer looks complete, so it is cut at every one of the last bytes.
        let places = Array(stride(from: 0, to: max(whole.count - 24, 0), by: step)) + Array(max(whole.count - 24, 0)..<whole.count)
        let steps = places.map { ScriptedServer.Step.sendAndClose(String(decoding: whole.prefix($0), as: UTF8.self)) }
        let server = try ScriptedServer(steps + [.sendAndClose(String(decoding: whole, as: UTF8.self))])
        let client = try server.client()
        let text = Array(kind.body.utf8)
        for place in places {
            do {
                try await kind.ask(client)
                // After the last byte of the body nothing important is missing.
                let isThere = place >= whole.count - (framing == .chunked ? 7 : 0) - (kind == .pdfReport || text.isEmpty ? 1 : 0)
                #expect(isThere && !text.isEmpty, "a false success at byte \(place) of \(whole.count)")
            } catch let error as APIError {
                #expect(!error.message.isEmpty, "an empty message at byte \(place)")
            }
        }
        // For a PDF it is unknown: it may have been changed afterwards, and is complete up to each of its end marks.
        guard kind != .pdfReport || framing != .close else {
            let error = await failure { try await kind.ask(client) }
            #expect(error?.message.contains("the PDF's length") == true)
            return
        }
        try await kind.ask(client)
    }

    @Test("promise 10: a PDF that is cut after the first of its end marks is not complete", arguments: [
        // Linearized: it has its length, or only a sign that its first table is not the last.
        ("%PDF-1.5\n1 0 obj\n<< /Linearized 1 /L 999 /H [ 1 2 ] /O 3 >>\nendobj\nstartxref\n116\n%%EOF\n", false),
        ("%PDF-1.5\n1 0 obj\n<</Linearized 1/L 999/H[1 2]/O 3>>\nendobj\nstartxref\n116\n%%EOF\n", false),
        ("%PDF-1.5\n1 0 obj\n<< >>\nendobj\nstartxref\r\n0\r\n%%EOF\r\n", false),
        // Complete, and changed afterwards.
        ("%PDF-1.5\n1 0 obj\n<< /Linearized 1 /L 60 /O 3 >>\nendobj\nstartxref\n0\n%%EOF\nstartxref\n9\n%%EOF\n", true),
        ("%PDF-1.5\n1 0 obj\n<< /Length 999 >>\nendobj\nstartxref\n9\n%%EOF\n", true),
    ])
    func endMarks(text: String, isWhole: Bool) {
        var check = ReportCheck(.pdf, of: Identifier("sess_1"))
        for byte in text.utf8 { check.take([byte]) }
        if isWhole { #expect(throws: Never.self) { try check.finish() } } else { #expect(throws: ReportCheck.Problem.self) { try check.finish() } }
        check.endsWithConnection = true
        #expect(throws: ReportCheck.Problem.self) { try check.finish() }
    }

    @Test("promise 40: a JSON report that is not UTF-8 is not a report", arguments: [[0xE4], [0xC3], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        let text = #"{"report":{"id":"rep_1","session_id":"sess_1","policy_snapshot":"x"}}"#
        func check(_ bytes: [UInt8]) -> Bool {
            var check = ReportCheck(.json, of: Identifier("sess_1"))
            check.take(bytes)
            return (try? check.finish()) != nil
        }
        let place = Array(text.utf8).count - 4
        #expect(check(Array(text.utf8)))
        #expect(!check(Array(text.utf8.prefix(place)) + bytes + Array(text.utf8.dropFirst(place))))
    }
}
