import Foundation
import MaskerAPI
import Synchronization
import TestSupport
import Testing

@testable import MaskerTUI

/// A server that is one answer, whole or cut.
private struct OneAnswer: HTTPTransport {
    var status = 200
    var body: [UInt8]
    var pieceSize = 100
    /// After the body; nil ends the answer as if it were whole.
    var failure: TransportError?
    /// Says nothing more after the body until it is cancelled.
    var isSilent = false

    func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let head = HTTPResponseHead(status: status, headers: [])
        onHead?(head)
        guard status == 200 else { return HTTPResponse(head: head, body: body) }
        for start in stride(from: 0, to: body.count, by: pieceSize) { onBody?(Array(body[start..<min(start + pieceSize, body.count)])) }
        if isSilent, (try? await Task.sleep(for: .seconds(600))) == nil { throw TransportError(.cancelled, detail: "cancelled") }
        if let failure { throw failure }
        return HTTPResponse(head: head, body: [])
    }
}

@Suite("Saving a report")
struct ReportSaverTests {
    private static let root = String(repeating: "9f3a", count: 16)
    private static let pdf = Array("%PDF-1.4\n1 0 obj\n<< /ID <\(String(repeating: "ab", count: 32))> >>\n(\(root)) Tj\nendobj\n%%EOF\n".utf8)
    private static let json = Array("""
        {"report": {"id": "rep_1", "scope": "session", "session_id": "sess_01HZ4T", "merkle_root_hex": "\(root)"}}
        """.utf8)
    private static let lost = TransportError(.connectionLost, detail: "the connection was lost")

    private func order(_ format: Endpoint.ReportFormat, root: String? = Self.root) -> ReportOrder {
        ReportOrder(session: Identifier("sess_01HZ4T"), format: format, name: "masker-sess_01HZ4T-2026-11-24", merkleRoot: root)
    }

    private func saver(_ transport: OneAnswer, _ directory: String?) throws -> ReportSaver {
        let host = try APIHost("http://127.0.0.1:9")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "cookie"))
        return ReportSaver(client: MaskerClient(host: host, transport: transport, login: login, retry: .none), directory: directory)
    }

    /// What came of it, with the progress on the way.
    private func save(_ transport: OneAnswer, _ order: ReportOrder, in directory: String?) async throws -> (outcome: ReportOutcome?, progress: [Int]) {
        let saver = try saver(transport, directory)
        let (answers, continuation) = AsyncStream<Answer>.makeStream()
        saver.save(order) { answer in
            continuation.yield(answer)
            if case .report = answer { continuation.finish() }
        }
        var progress: [Int] = []
        for await answer in answers {
            switch answer {
            case .reportProgress(order.session, let received): progress.append(received)
            case .report(order, let outcome): return (outcome, progress)
            default: break
            }
        }
        return (nil, progress)
    }

    private func names(_ directory: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    }

    @Test("promise 40: whole, it is there with its exact bytes, and its root is compared", arguments: Endpoint.ReportFormat.allCases)
    func whole(format: Endpoint.ReportFormat) async throws {
        try await withDirectory { directory in
            let body = format == .pdf ? Self.pdf : Self.json
            let name = "masker-sess_01HZ4T-2026-11-24.\(format.rawValue)"
            let (outcome, progress) = try await save(OneAnswer(body: body), order(format), in: directory)
            #expect(outcome == .saved(SavedReport(name: name, size: body.count, root: .matches)))
            #expect(progress.first == 100)
            #expect(FileManager.default.contents(atPath: directory + "/" + name).map(Array.init) == body)
            #expect(names(directory) == [name])
            let other = try await save(OneAnswer(body: body), order(format, root: String(repeating: "00", count: 32)), in: directory)
            #expect(other.outcome == .saved(SavedReport(
                name: "masker-sess_01HZ4T-2026-11-24-2.\(format.rawValue)", size: body.count, root: .differs(found: Self.root))))
        }
    }

    @Test("promise 40: cut at every byte, with a sign of it or without, nothing is kept", arguments: Endpoint.ReportFormat.allCases)
    func cut(format: Endpoint.ReportFormat) async throws {
        try await withDirectory { directory in
            let body = format == .pdf ? Self.pdf : Self.json
            // A PDF is whole without the line's end after its last mark.
            let shortest = format == .pdf ? body.count - 1 : body.count
            for length in 0..<shortest {
                for failure in [nil, Self.lost] {
                    let cut = OneAnswer(body: Array(body.prefix(length)), pieceSize: 7, failure: failure)
                    let outcome = try await save(cut, order(format), in: directory).outcome
                    guard case .failed? = outcome else {
                        Issue.record("cut at \(length): \(String(describing: outcome))")
                        continue
                    }
                    #expect(names(directory) == [], "cut at \(length)")
                }
            }
        }
    }

    @Test("promise 40: JSON of another session, or of none, is not kept", arguments: [
        #"{"report": {"id": "rep_1", "session_id": "sess_other"}}"#, #"{"report": {"id": "rep_1"}}"#, #"{"report": null}"#, "[]",
        "<html>It works!</html>", #"{"report": {"id": "rep_1", "session_id": "sess_01HZ4T"}} x"#,
    ])
    func notThisSession(text: String) async throws {
        try await withDirectory { directory in
            let outcome = try await save(OneAnswer(body: Array(text.utf8)), order(.json), in: directory).outcome
            guard case .failed(let error)? = outcome else {
                Issue.record("\(String(describing: outcome))")
                return
            }
            #expect(error.kind == .unexpectedResponse && names(directory) == [])
        }
    }

    @Test("promise 40: refusals come with their request id and leave nothing", arguments: [
        (403, "forbidden"), (404, "session_not_found"), (429, "rate_limited"), (500, "report_generation_failed"),
    ])
    func refused(status: Int, code: String) async throws {
        try await withDirectory { directory in
            let body = #"{"error": {"code": "\#(code)", "message": "no", "request_id": "req_7"}}"#
            let outcome = try await save(OneAnswer(status: status, body: Array(body.utf8)), order(.pdf), in: directory).outcome
            guard case .failed(let error)? = outcome else {
                Issue.record("\(String(describing: outcome))")
                return
            }
            #expect(error.code == code && error.requestID == "req_7" && names(directory) == [])
        }
    }

    @Test("promise 40: without a directory the server is not even asked")
    func noDirectory() async throws {
        try await withDirectory { directory in
            let transport = OneAnswer(body: Self.pdf)
            for path in [nil, directory + "/none"] {
                let (outcome, progress) = try await save(transport, order(.pdf), in: path)
                guard case .notWritten? = outcome else {
                Issue.record("\(String(describing: outcome))")
                return
            }
                #expect(progress == [])
            }
        }
    }

    @Test("promise 40: cancelled in the middle, it says so and leaves nothing")
    func cancelled() async throws {
        try await withDirectory { directory in
            let saver = try saver(OneAnswer(body: Self.pdf, isSilent: true), directory)
            let (answers, continuation) = AsyncStream<Answer>.makeStream()
            saver.save(order(.pdf)) { continuation.yield($0) }
            var seen: [Answer] = []
            for await answer in answers {
                seen.append(answer)
                if case .report = answer { break }
                #expect(names(directory).count == 1)
                saver.cancel(order(.pdf).session)
            }
            guard case .report(_, .cancelled)? = seen.last else {
                Issue.record("\(seen)")
                return
            }
            #expect(names(directory) == [])
        }
    }

    @Test("promise 40: the console ends in the middle: its file goes at once, and no other is begun")
    func stopped() async throws {
        try await withDirectory { directory in
            let saver = try saver(OneAnswer(body: Self.pdf, isSilent: true), directory)
            let (answers, continuation) = AsyncStream<Answer>.makeStream()
            saver.save(order(.pdf)) { continuation.yield($0) }
            for await _ in answers { break }
            #expect(names(directory).count == 1)
            saver.stop()
            #expect(names(directory) == [])
            saver.save(order(.json)) { _ in }
            try await Task.sleep(for: .milliseconds(50))
            #expect(names(directory) == [])
        }
    }

    @Test("a root is compared where both are known; a file's id in a PDF is none")
    func verdicts() {
        #expect(RootVerdict([Self.root], expected: Self.root.uppercased()) == .matches)
        #expect(RootVerdict([], expected: Self.root) == .notReadable)
        #expect(RootVerdict([Self.root], expected: nil) == .notCompared)
        #expect(RootVerdict(["aa", Self.root], expected: Self.root) == .matches)
    }
}
