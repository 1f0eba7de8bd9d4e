import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Saving the reports of several sessions", .ownThread)
struct ReportBatchTests {
    private static let ids = (1...5).map { "sess_\($0)" }

    private func job(_ choice: ReportChoice = .json) -> ReportJob {
        ReportJob(
            subjects: Self.ids.map { .init(session: Identifier($0), name: "masker-\($0)-2026-11-24") }, choice: choice, hasManifest: true)
    }

    private func manifest(_ directory: String, _ name: String = "manifest.json") throws -> [[String: Any]] {
        let data = try #require(FileManager.default.contents(atPath: directory + "/" + name))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    }

    @Test("one request at a time, each once; the manifest lists the files, and nothing is overwritten")
    func all() async throws {
        try await withDirectory { directory in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: directory + "/manifest.json"))
            let transport = ReportTransport(SampleReport.answer)
            let saved = await (try transport.saver(directory)).saveAll(job(.both))
            #expect(transport.mostOpen == 1)
            #expect(transport.targets == Self.ids.flatMap { ["/sessions/\($0)", "/sessions/\($0)/report?format=json", "/sessions/\($0)/report?format=pdf"] })
            #expect(saved.sessions.count == 5 && saved.sessions.allSatisfy(\.isComplete) && saved.manifest == .file(name: "manifest-2.json"))
            #expect(FileManager.default.contents(atPath: directory + "/manifest.json") == Data("mine".utf8))
            let entries = try manifest(directory, "manifest-2.json")
            #expect(entries.count == 10 && fileNames(directory).count == 12)
            for entry in entries {
                let id = try #require(entry["session_id"] as? String), file = try #require(entry["file"] as? String)
                #expect(Self.ids.contains(id) && file.contains(id) && entry["merkle_root_hex"] as? String == SampleReport.root)
                #expect(entry["roots_agree"] as? Bool == true && Timestamp.parse(entry["fetched_at"] as? String ?? "") != nil)
                let sum = try await Program.run("sha256sum", [directory + "/" + file])
                #expect(sum.output.hasPrefix((entry["sha256"] as? String ?? "-") + " "))
            }
            var status = stat()
            #expect(stat(directory + "/manifest-2.json", &status) == 0 && status.st_mode & 0o7777 == 0o600)
        }
    }

    @Test("a session that fails is reported, and the others go on", arguments: [403, 404, 500])
    func singles(status: Int) async throws {
        try await withDirectory { directory in
            let transport = ReportTransport { target in
                target.contains("/sess_2") ? .refusal(status, "no") : target.contains("/sess_4/report") ? .json("[]") : SampleReport.answer(target)
            }
            let saved = await (try transport.saver(directory)).saveAll(job())
            #expect(saved.sessions.map(\.isComplete) == [true, false, true, false, true])
            #expect(saved.sessions[1].apiError?.status == status && saved.sessions[3].apiError?.kind == .unexpectedResponse)
            #expect(try manifest(directory).map { $0["session_id"] as? String } == ["sess_1", "sess_3", "sess_5"])
            // A failed report is not requested again.
            #expect(Set(transport.targets).count == transport.targets.count)
        }
    }

    @Test("a problem that the next session would have, too, ends the job: nothing more is requested", arguments: [
        OneAnswer.refusal(401, "unauthenticated"), .refusal(429, "rate_limited"),
        OneAnswer(body: [], failure: TransportError(.connect, detail: "refused")),
    ])
    func ends(answer: OneAnswer) async throws {
        try await withDirectory { directory in
            let transport = ReportTransport { target in target.contains("/sess_3") ? answer : SampleReport.answer(target) }
            let saved = await (try transport.saver(directory)).saveAll(job())
            #expect(saved.sessions.map(\.isComplete) == [true, true, false])
            #expect(!transport.targets.contains { $0.contains("sess_4") } && saved.manifest == .file(name: "manifest.json"))
        }
    }

    @Test("the manifest says which roots differ, and has null where they could not be compared")
    func roots() async throws {
        try await withDirectory { directory in
            let other = String(repeating: "00", count: 32)
            let transport = ReportTransport { target in
                if target.hasSuffix("sess_2") { return .json(#"{"session": {"id": "sess_2", "merkle_root_hex": "\#(other)"}}"#) }
                if target.hasSuffix("sess_3") { return .json(#"{"session": {"id": "sess_3"}}"#) }
                return SampleReport.answer(target)
            }
            _ = await (try transport.saver(directory)).saveAll(job())
            #expect(try manifest(directory).map { $0["roots_agree"] as? Bool } == [true, false, nil, true, true])
            #expect(try manifest(directory).allSatisfy { $0.keys.contains("roots_agree") })
        }
    }

    /// Five sessions over real connections; the third report starts and does not end.
    private func stalledInThird(_ body: (ReportSaver, String, ScriptedServer) async throws -> Void) async throws {
        let steps = Self.ids.flatMap { id -> [ScriptedServer.Step] in
            let report = ScriptedServer.answer(String(decoding: SampleReport.json(id), as: UTF8.self))
            return [
                .sendAndClose(ScriptedServer.answer(#"{"session": {"id": "\#(id)", "merkle_root_hex": "\#(SampleReport.root)"}}"#)),
                id == "sess_3" ? .stall(String(report.dropLast(20))) : .sendAndClose(report),
            ]
        }
        let server = try ScriptedServer(steps)
        defer { server.stop() }
        let host = try APIHost(server.origin)
        let transport = PatientTransport(host: host)
        defer { transport.shutDown() }
        let login = LoginSession(host: host, store: nil, environmentValue: try CookieValue(pasted: "cookie"))
        try await withDirectory { directory in
            let client = MaskerClient(host: host, transport: transport, login: login, retry: .none)
            try await body(ReportSaver(client: client, directory: directory), directory, server)
        }
    }

    @Test("promise 40: cancelled in the middle of the third of five: two are saved and listed, and no more is requested")
    func cancelledInThird() async throws {
        try await stalledInThird { saver, directory, server in
            let saved = await saver.saveAll(job()) { answer in
                if case .progress(_, let progress) = answer, progress.session.rawValue == "sess_3" { saver.cancel() }
            }
            #expect(saved.sessions.map(\.problems) == [[], [], [.cancelled]] && saved.manifest == .file(name: "manifest.json"))
            #expect(fileNames(directory) == ["manifest.json", "masker-sess_1-2026-11-24.json", "masker-sess_2-2026-11-24.json"])
            let entries = try manifest(directory)
            #expect(entries.map { $0["file"] as? String } == ["masker-sess_1-2026-11-24.json", "masker-sess_2-2026-11-24.json"])
            #expect(server.requests.count == 6)
        }
    }

    @Test("promise 40: the console ends in the middle of the third: the complete files are listed, the incomplete one is removed")
    func stoppedInThird() async throws {
        try await stalledInThird { saver, directory, _ in
            let (answers, continuation) = AsyncStream<ReportsFeature.Answer>.makeStream()
            saver.save(job()) { continuation.yield($0) }
            for await answer in answers {
                if case .progress(_, let progress) = answer, progress.session.rawValue == "sess_3" { break }
            }
            saver.stop()
            #expect(fileNames(directory) == ["manifest.json", "masker-sess_1-2026-11-24.json", "masker-sess_2-2026-11-24.json"])
            let entries = try manifest(directory)
            #expect(entries.count == 2)
            // The job ends as well, and writes no second manifest.
            for await answer in answers {
                if case .ended = answer { break }
            }
            #expect(fileNames(directory).count == 3)
        }
    }

    @Test("a report job waits for the job before, as after another user has signed in")
    func waiting() async throws {
        try await withDirectory { directory in
            let transport = ReportTransport { target in
                var answer = SampleReport.answer(target)
                answer.isSilent = target.contains("/sess_1/report")
                return answer
            }
            let saver = try transport.saver(directory)
            let (answers, continuation) = AsyncStream<ReportsFeature.Answer>.makeStream()
            saver.save(job()) { continuation.yield($0) }
            for await answer in answers {
                if case .progress = answer { break }
            }
            saver.cancel()
            let only = ReportJob(serial: 1, subjects: [.init(session: Identifier("sess_9"), name: "nine")], choice: .json, hasManifest: false)
            #expect(await saver.saveAll(only).sessions.map(\.isComplete) == [true])
            #expect(fileNames(directory) == ["nine.json"] && transport.mostOpen == 1)
        }
    }

    @Test("nothing saved: no manifest")
    func nothing() async throws {
        try await withDirectory { directory in
            let saved = await (try ReportTransport { _ in .refusal(404, "session_not_found") }.saver(directory)).saveAll(job())
            #expect(saved.manifest == nil && fileNames(directory) == [] && saved.sessions.count == 5)
        }
    }
}
