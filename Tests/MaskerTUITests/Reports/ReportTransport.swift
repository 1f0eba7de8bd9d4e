import Foundation
import MaskerAPI
import Synchronization
import TestSupport

@testable import MaskerTUI

/// One answer of a server, complete or cut off.
struct OneAnswer: Sendable {
    var status = 200
    var body: [UInt8]
    var pieceSize = 100
    var headers: [(name: String, value: String)] = []
    /// The error after the body; nil ends the answer as complete.
    var failure: TransportError?
    /// Whether the connection stays open after the body until it is cancelled.
    var isSilent = false

    static func json(_ text: String) -> OneAnswer { OneAnswer(body: Array(text.utf8)) }

    static func refusal(_ status: Int, _ code: String) -> OneAnswer {
        OneAnswer(status: status, body: Array(#"{"error": {"code": "\#(code)", "message": "no", "request_id": "req_7"}}"#.utf8))
    }
}

/// A server without a network. The answer depends on the path. Keeps the requests, and how many were pending at once.
final class ReportTransport: HTTPTransport {
    private let answer: @Sendable (String) -> OneAnswer
    private let state = Mutex(State())

    private struct State {
        var targets: [String] = []
        /// The numbers, from 1, of the requests that are neither answered nor cancelled.
        var open: Set<Int> = []
        var mostOpen = 0
    }

    init(_ answer: @escaping @Sendable (String) -> OneAnswer) { self.answer = answer }

    /// The path without the prefix that every path has.
    var targets: [String] { state.withLock { $0.targets.map { String($0.dropFirst(Endpoint.apiPrefix.count)) } } }
    var mostOpen: Int { state.withLock { $0.mostOpen } }

    func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let number = state.withLock { state in
            state.targets.append(request.target)
            state.open.insert(state.targets.count)
            state.mostOpen = max(state.mostOpen, state.open.count)
            return state.targets.count
        }
        defer { close(number) }
        let answer = answer(request.target)
        // A request ends when its task is cancelled, not when the task notices it.
        let result = await withTaskCancellationHandler { () async -> Result<HTTPResponse, TransportError> in
            do throws(TransportError) { return .success(try await self.send(answer, onHead, onBody)) } catch { return .failure(error) }
        } onCancel: {
            close(number)
        }
        return try result.get()
    }

    private func send(
        _ answer: OneAnswer, _ onHead: (@Sendable (HTTPResponseHead) -> Void)?, _ onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let head = HTTPResponseHead(status: answer.status, headers: answer.headers)
        onHead?(head)
        guard answer.status == 200, let onBody else {
            if let failure = answer.failure { throw failure }
            return HTTPResponse(head: head, body: answer.body)
        }
        for start in stride(from: 0, to: answer.body.count, by: answer.pieceSize) {
            onBody(Array(answer.body[start..<min(start + answer.pieceSize, answer.body.count)]))
        }
        // The connection stays open until it is cancelled.
        if answer.isSilent, (try? await Task.sleep(for: Patience.hang)) == nil { throw TransportError(.cancelled, detail: "cancelled") }
        if let failure = answer.failure { throw failure }
        return HTTPResponse(head: head, body: [])
    }

    private func close(_ number: Int) { state.withLock { _ = $0.open.remove(number) } }

    func saver(_ directory: String?, executor: WorkThread = WorkThread()) throws -> ReportSaver {
        let host = try APIHost("http://127.0.0.1:9")
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "cookie"))
        let client = MaskerClient(host: host, transport: self, login: login, retry: .none)
        return ReportSaver(client: client, directory: directory, executor: executor)
    }
}

/// All answers of a report job.
struct SavedOrder: Sendable {
    var progress: [ReportProgress] = []
    var sessions: [SessionReports] = []
    var manifest: ManifestOutcome?
}

extension ReportSaver {
    /// Runs a report job and waits for its end; `watch` gets each answer.
    func saveAll(_ job: ReportJob, watch: (ReportsFeature.Answer) -> Void = { _ in }) async -> SavedOrder {
        let (answers, continuation) = AsyncStream<ReportsFeature.Answer>.makeStream()
        save(job) { continuation.yield($0) }
        var saved = SavedOrder()
        for await answer in answers {
            watch(answer)
            switch answer {
            case .progress(job.serial, let progress): saved.progress.append(progress)
            case .saved(job.serial, let reports): saved.sessions.append(reports)
            case .ended(job.serial, let manifest):
                saved.manifest = manifest
                return saved
            default: break
            }
        }
        return saved
    }
}

/// Reports of sessions for the tests.
enum SampleReport {
    static let root = String(repeating: "9f3a", count: 16)

    static func pdf(_ root: String = root) -> [UInt8] {
        let id = String(repeating: "ab", count: 32)
        return Array("%PDF-1.4\n1 0 obj\n<< /ID <\(id)> >>\nendobj\n2 0 obj\n<< >>\nstream\n(\(root)) Tj\nendstream\nendobj\n%%EOF\n".utf8)
    }

    static func json(_ session: String, _ root: String = root) -> [UInt8] {
        Array(#"{"report": {"id": "rep_1", "scope": "session", "session_id": "\#(session)", "merkle_root_hex": "\#(root)"}}"#.utf8)
    }

    /// A server that has every session and its reports.
    static func answer(_ target: String) -> OneAnswer {
        let parts = target.dropFirst(Endpoint.apiPrefix.count).split(whereSeparator: { "/?".contains($0) }).map(String.init)
        let session = parts.count > 1 ? parts[1] : ""
        if target.hasSuffix("format=pdf") { return OneAnswer(body: pdf()) }
        if target.hasSuffix("format=json") { return OneAnswer(body: json(session)) }
        return .json(#"{"session": {"id": "\#(session)", "merkle_root_hex": "\#(root)"}}"#)
    }
}

/// The names in a directory, hidden ones included.
func fileNames(_ directory: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
}
