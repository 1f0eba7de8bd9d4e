import Foundation
import MaskerAPI
import TerminalKit
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("The backups of deleted agents outlive a version", .ownThread)
struct ArchiveFileTests {
    private static let id = Identifier<Agent>("agt_01KM7V3274GY6A0QCZKYBXG4YB")

    private func withArchive(_ body: @escaping (AgentBackupStore, _ path: String) throws -> Void) async throws {
        try await withDirectory { directory in
            try body(AgentBackupStore(directory: directory, host: "127.0.0.1:8471"), "\(directory)/\(Self.id.rawValue).json")
        }
    }

    private var detail: AgentDetail { AgentDetail(agent: Agent(id: Self.id, name: "intake-test", upstream: "stub"), policyYAML: "a: 1\n") }

    private func sentence(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return (error as? AgentBackupStore.Problem)?.sentence ?? "\(error)" }
        return nil
    }

    @Test("backups of 0.1.0 are read, with a record of the deletion and without one")
    func old() async throws {
        try await withArchive { archive, path in
            try KeptFiles.place("deleted-agent.json", at: path)
            let saved = try #require(try archive.all().first?.content.get())
            #expect(saved.detail.agent.name == "intake-test" && saved.detail.agent.policyVersion == "1" && saved.malformedFields.isEmpty)
            #expect(saved.detail.stats?.p95LatencyMS == 1990 && saved.detail.policyYAML?.hasPrefix("# For test agents only") == true)
            #expect(saved.deletion == DeletionRecord(
                outcome: .deleted, host: "127.0.0.1:8471", by: "ada", at: Timestamp.parse("2026-11-28T09:37:52.038Z")))
            // This version records the outcome and changes nothing else.
            let before = try KeptFiles.text(path)
            archive.record(Self.id, .deleted)
            #expect(try KeptFiles.text(path) == before)
            try KeptFiles.place("deleted-agent-without-record.json", at: path)
            let first = try #require(try archive.all().first?.content.get())
            #expect(first.detail == saved.detail && first.deletion == nil)
            let text = try KeptFiles.text(path)
            archive.record(Self.id, .deleted)
            #expect(try KeptFiles.text(path) == text)
        }
    }

    @Test("unknown keys are kept when the outcome is recorded, and when the agent is deleted again")
    func unknownKeys() async throws {
        try await withArchive { archive, path in
            try KeptFiles.place(text: """
                {"id":"\(Self.id.rawValue)","name":"before","policy_version":"7","notes":[{"by":"ada"}],"stats":{"p50_latency_ms":1.5,"p99_latency_ms":9},
                "deletion":{"outcome":"unknown","host":"127.0.0.1:8471","by":"grace","ticket":12,"at":"2026-05-04T13:06:40Z"}}
                """, at: path)
            archive.record(Self.id, .notDeleted)
            var object = try KeptFiles.object(path)
            let record: NSDictionary = ["outcome": "not deleted", "host": "127.0.0.1:8471", "by": "grace", "ticket": 12, "at": "2026-05-04T13:06:40Z"]
            #expect(object["deletion"] as? NSDictionary == record)
            #expect(object["stats"] as? NSDictionary == ["p50_latency_ms": 1.5, "p99_latency_ms": 9] && object["name"] as? String == "before")
            var again = detail
            again.stats = AgentStats(p95LatencyMS: 3)
            _ = try archive.keep(again, by: nil, at: Sample.now)
            object = try KeptFiles.object(path)
            #expect(object["notes"] as? [NSDictionary] == [["by": "ada"]] && object["name"] as? String == "intake-test")
            // The keys that this version knows have the values of the agent now.
            #expect(object["policy_version"] == nil && object["stats"] as? NSDictionary == ["p95_latency_ms": 3, "p99_latency_ms": 9])
            #expect(object["deletion"] as? NSDictionary == [
                "outcome": "unknown", "host": "127.0.0.1:8471", "ticket": 12, "at": Timestamp.format(Sample.now),
            ])
        }
    }

    @Test("a key that is missing or null has its default", arguments: ["", #","deletion":null,"stats":null,"name":null"#, #","deletion":{}"#])
    func missing(members: String) async throws {
        try await withArchive { archive, path in
            try KeptFiles.place(text: #"{"id":"\#(Self.id.rawValue)"\#(members)}"#, at: path)
            let saved = try #require(try archive.all().first?.content.get())
            #expect(saved.detail.agent == Agent(id: Self.id) && saved.malformedFields.isEmpty)
            #expect(saved.deletion == (members.hasSuffix("{}") ? DeletionRecord(outcome: .unknown) : nil))
        }
    }

    @Test("a value of another type is named on the agent's screen, and the file is not overwritten", arguments: [
        (#""name":7"#, "name"), (#""policy_yaml":{}"#, "policy_yaml"), (#""deletion":"yesterday""#, "deletion"),
        (#""deletion":{"by":["ada"],"host":"127.0.0.1:8471"}"#, "deletion.by"),
    ])
    func wrongType(member: String, field: String) async throws {
        try await withArchive { archive, path in
            let text = #"{"id":"\#(Self.id.rawValue)",\#(member)}"#
            try KeptFiles.place(text: text, at: path)
            let archived = try #require(try archive.all().first)
            #expect(try archived.content.get().malformedFields == [field])
            #expect(sentence { _ = try archive.keep(detail, by: "ada", at: Sample.now) }
                == "\(Self.id.rawValue).json exists already and is not overwritten: “\(field)” in it has the wrong type")
            #expect(try KeptFiles.text(path) == text)
            var console = TestConsole()
            console.answerRefresh()
            console.run(":deleted")
            console.answer(.agents(.deleted(.success([archived]))))
            console.press(.enter)
            console.expect("⚠ unreadable    \(field)")
        }
    }

    @Test("a file that cannot be understood prevents a deletion and is not overwritten", arguments: [
        ("not JSON", "it is not valid JSON, or incomplete"), ("[]", "it contains no agent"),
    ])
    func notUnderstood(text: String, reason: String) async throws {
        try await withArchive { archive, path in
            try KeptFiles.place(text: text, at: path)
            #expect(sentence { _ = try archive.keep(detail, by: "ada", at: Sample.now) }
                == "\(Self.id.rawValue).json exists already and is not overwritten: \(reason)")
            archive.record(Self.id, .deleted)
            #expect(try KeptFiles.text(path) == text)
        }
    }
}
