import Foundation
import MaskerAPI
import Synchronization
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Saving a report", .ownThread)
struct ReportSaverTests {
    private static let id = "sess_01HZ4T", name = "masker-sess_01HZ4T-2026-11-24"
    private static let lost = TransportError(.connectionLost, detail: "the connection was lost")
    private static let other = String(repeating: "00", count: 32)

    private func job(_ choice: ReportChoice, root: MerkleRoots.Reading? = .root(SampleReport.root)) -> ReportJob {
        ReportJob(subjects: [.init(session: Identifier(Self.id), name: Self.name, detailRoot: root)], choice: choice, hasManifest: false)
    }

    private func body(_ choice: ReportChoice) -> [UInt8] { choice == .pdf ? SampleReport.pdf() : SampleReport.json(Self.id) }

    private func save(_ answer: OneAnswer, _ job: ReportJob, in directory: String?) async throws -> (reports: SessionReports?, progress: [ReportProgress]) {
        let saved = await (try ReportTransport { _ in answer }.saver(directory)).saveAll(job)
        return (saved.sessions.first, saved.progress)
    }

    /// Why nothing was saved.
    private func failure(_ reports: SessionReports?) -> APIError? {
        guard let reports, reports.files.isEmpty, case .failed(let error)? = reports.problems.first, reports.problems.count == 1 else { return nil }
        return error
    }

    @Test("promise 40: a complete report is saved with its exact bytes, and its root is compared", arguments: [ReportChoice.pdf, .json])
    func whole(choice: ReportChoice) async throws {
        try await withDirectory { directory in
            let body = body(choice), end = choice.rawValue
            var answer = OneAnswer(body: body)
            answer.headers = [("content-length", "\(body.count)")]
            let (reports, progress) = try await save(answer, job(choice), in: directory)
            let file = try #require(reports?.files.first)
            #expect(reports?.files.count == 1 && reports?.problems == [] && reports?.roots.agree == true)
            #expect(file.name == "\(Self.name).\(end)" && file.size == body.count && file.merkleRoot == SampleReport.root)
            #expect(progress.first?.expected == body.count && progress.first?.received == 0 && progress.contains { $0.received == 100 })
            #expect(FileManager.default.contents(atPath: directory + "/" + file.name).map(Array.init) == body)
            #expect(fileNames(directory) == [file.name])
            let sum = try await Program.run("sha256sum", [directory + "/" + file.name])
            #expect(sum.output.hasPrefix(file.sha256 + " "))
            let again = try await save(OneAnswer(body: body), job(choice, root: .root(Self.other)), in: directory).reports
            #expect(again?.files.first?.name == "\(Self.name)-2.\(end)" && again?.roots.agree == false)
        }
    }

    @Test("both forms: JSON, then the PDF, and all three roots")
    func both() async throws {
        try await withDirectory { directory in
            let transport = ReportTransport(SampleReport.answer)
            let saved = await (try transport.saver(directory)).saveAll(job(.both, root: nil))
            let reports = try #require(saved.sessions.first)
            #expect(reports.files.map(\.format) == [.json, .pdf] && reports.isComplete)
            for source in MerkleRoots.Source.allCases { #expect(reports.roots[source] == .root(SampleReport.root) && reports.roots.agrees(source) == true) }
            #expect(transport.targets == ["/sessions/\(Self.id)", "/sessions/\(Self.id)/report?format=json", "/sessions/\(Self.id)/report?format=pdf"])
            #expect(fileNames(directory) == ["\(Self.name).json", "\(Self.name).pdf"])
            #expect(saved.progress.first { $0.format == .pdf }?.total == reports.files[0].size && saved.manifest == nil)
        }
    }

    @Test("both forms: when the server cannot generate one, the other is saved; when it refuses one, it is not asked for the other", arguments: [
        (500, "report_generation_failed", 2, 1), (403, "forbidden", 1, 0), (404, "session_not_found", 1, 0), (429, "rate_limited", 1, 0),
    ])
    func halves(status: Int, code: String, asked: Int, saved: Int) async throws {
        try await withDirectory { directory in
            let transport = ReportTransport { target in
                target.hasSuffix("format=json") ? .refusal(status, code) : SampleReport.answer(target)
            }
            let reports = try #require(await (try transport.saver(directory)).saveAll(job(.both)).sessions.first)
            #expect(transport.targets.count == asked && reports.files.count == saved && reports.problems.count == 1)
            #expect(reports.apiError?.code == code && reports.roots[.json] == .notFetched)
            #expect(fileNames(directory).count == saved)
        }
    }

    @Test("promise 40: both forms, cancelled between the two: the finished file stays")
    func cancelledBetween() async throws {
        try await withDirectory { directory in
            let transport = ReportTransport { target in
                var answer = SampleReport.answer(target)
                answer.isSilent = target.hasSuffix("format=pdf")
                return answer
            }
            let saver = try transport.saver(directory)
            let saved = await saver.saveAll(job(.both)) { answer in
                if case .progress(_, let progress) = answer, progress.format == .pdf { saver.cancel() }
            }
            let reports = try #require(saved.sessions.first)
            #expect(reports.files.map(\.format) == [.json] && reports.problems == [.cancelled])
            #expect(fileNames(directory) == ["\(Self.name).json"])
        }
    }

    @Test("promise 40: cut off at any byte, with or without a transport error, nothing is kept", arguments: [ReportChoice.pdf, .json])
    func cut(choice: ReportChoice) async throws {
        try await withDirectory { directory in
            let body = body(choice)
            // A PDF is complete without the line break after its last marker.
            let shortest = choice == .pdf ? body.count - 1 : body.count
            for length in 0..<shortest {
                for failure in [nil, Self.lost] {
                    let cut = OneAnswer(body: Array(body.prefix(length)), pieceSize: 7, failure: failure)
                    let reports = try await save(cut, job(choice), in: directory).reports
                    #expect(self.failure(reports) != nil, "cut at \(length)")
                    #expect(fileNames(directory) == [], "cut at \(length)")
                }
            }
        }
    }

    @Test("promise 40: JSON of another session, or without a session, is not kept", arguments: [
        #"{"report": {"id": "rep_1", "session_id": "sess_other"}}"#, #"{"report": {"id": "rep_1"}}"#, #"{"report": null}"#, "[]",
        "<html>It works!</html>", #"{"report": {"id": "rep_1", "session_id": "sess_01HZ4T"}} x"#,
    ])
    func notThisSession(text: String) async throws {
        try await withDirectory { directory in
            let reports = try await save(.json(text), job(.json), in: directory).reports
            #expect(failure(reports)?.kind == .unexpectedResponse && fileNames(directory) == [])
        }
    }

    @Test("promise 40: refusals have their request id and leave no file", arguments: [
        (403, "forbidden"), (404, "session_not_found"), (429, "rate_limited"), (500, "report_generation_failed"),
    ])
    func refused(status: Int, code: String) async throws {
        try await withDirectory { directory in
            let error = failure(try await save(.refusal(status, code), job(.pdf), in: directory).reports)
            #expect(error?.code == code && error?.requestID == "req_7" && fileNames(directory) == [])
        }
    }

    @Test("promise 40: without a directory nothing is requested", arguments: [false, true])
    func noDirectory(isOff: Bool) async throws {
        try await withDirectory { directory in
            let transport = ReportTransport(SampleReport.answer)
            let saved = await (try transport.saver(isOff ? nil : directory + "/none")).saveAll(job(.pdf, root: nil))
            guard case .notWritten? = saved.sessions.first?.problems.first else {
                Issue.record("\(saved)")
                return
            }
            #expect(saved.progress == [] && transport.targets == [])
        }
    }

    @Test("promise 40: cancelled in the middle, the job reports it and leaves no file")
    func cancelled() async throws {
        try await withDirectory { directory in
            let saver = try ReportTransport { _ in OneAnswer(body: SampleReport.pdf(), isSilent: true) }.saver(directory)
            var seen = 0
            let saved = await saver.saveAll(job(.pdf)) { answer in
                guard case .progress = answer else { return }
                seen = max(seen, fileNames(directory).count)
                saver.cancel()
            }
            #expect(saved.sessions.first?.problems == [.cancelled] && seen == 1 && fileNames(directory) == [])
        }
    }

    @Test("promise 40: the console ends in the middle: the incomplete file is removed at once, and no other is begun")
    func stopped() async throws {
        try await withDirectory { directory in
            let work = WorkThread(), isBusy = Atomic(false), gate = DispatchSemaphore(value: 0)
            let saver = try ReportTransport { _ in OneAnswer(body: SampleReport.pdf(), isSilent: true) }.saver(directory, executor: work)
            let (answers, continuation) = AsyncStream<ReportsFeature.Answer>.makeStream()
            saver.save(job(.pdf)) { continuation.yield($0) }
            for await _ in answers { break }
            #expect(fileNames(directory).count == 1)
            // The thread that writes is busy: it cannot remove the file by itself.
            defer { gate.signal() }
            @Sendable func block() {
                isBusy.store(true, ordering: .relaxed)
                gate.wait()
            }
            Task(executorPreference: work) { block() }
            try #require(await Patience.wait { isBusy.load(ordering: .relaxed) })
            saver.stop()
            #expect(fileNames(directory) == [])
            saver.save(job(.json)) { _ in Issue.record("an order was begun") }
        }
    }

    @Test("existing names are returned with the numbered names that they would get")
    func taken() async throws {
        try await withDirectory { directory in
            for name in ["a.pdf", "a-2.pdf", "b.json"] { try Data().write(to: URL(fileURLWithPath: directory + "/" + name)) }
            let saver = try ReportTransport(SampleReport.answer).saver(directory)
            #expect(saver.taken(ReportFileNames(names: ["a", "b", "c"], choice: .both)) == ["a.pdf": "a-3.pdf", "b.json": "b-2.json"])
            #expect(saver.taken(ReportFileNames(names: ["b"], choice: .pdf)) == [:])
        }
    }
}
