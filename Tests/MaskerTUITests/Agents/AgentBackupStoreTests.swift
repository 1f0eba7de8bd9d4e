import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("The backups of deleted agents", .ownThread)
struct AgentBackupStoreTests {
    /// Runs `body` with a store in a directory that does not exist yet.
    private func withArchive(_ body: (AgentBackupStore, String) throws -> Void) throws {
        let directory = NSTemporaryDirectory() + "masker-archive-\(UUID().uuidString)/deleted-agents"
        defer { try? FileManager.default.removeItem(atPath: (directory as NSString).deletingLastPathComponent) }
        try body(AgentBackupStore(directory: directory, host: "masker.example.org"), directory)
    }

    private func detail(_ number: Int) -> AgentDetail {
        AgentDetail(agent: Sample.agent(number, "agent-\(number)"), policyYAML: Sample.policyYAML)
    }

    @Test("a backup is read unchanged, with user, time and server; only the user can read its file")
    func roundTrip() throws {
        try withArchive { archive, directory in
            let kept = try archive.keep(Sample.agentDetail, by: "ada", at: Sample.now)
            #expect(kept == .file("\(Sample.agentID(1)).json"))
            let path = "\(directory)/\(Sample.agentID(1)).json"
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
            #expect(try FileManager.default.attributesOfItem(atPath: directory)[.posixPermissions] as? Int == 0o700)
            let record = DeletionRecord(outcome: .unknown, host: "masker.example.org", by: "ada", at: Sample.now)
            #expect(try archive.all().map(\.content) == [.success(AgentBackup(detail: Sample.agentDetail, deletion: record))])
            archive.record(Sample.agentID(1), .deleted)
            #expect(try archive.all().first?.content.get().deletion?.outcome == .deleted)
            #expect(try archive.all().first?.content.get().detail == Sample.agentDetail)
        }
    }

    @Test("the exact text of the file: the agent's fields and the added record of the deletion")
    func literal() throws {
        try withArchive { archive, directory in
            _ = try archive.keep(detail(7), by: nil, at: Sample.now)
            archive.record(Sample.agentID(7), .notDeleted)
            let data = try #require(FileManager.default.contents(atPath: "\(directory)/\(Sample.agentID(7)).json"))
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(object["name"] as? String == "agent-7" && object["policy_yaml"] as? String == Sample.policyYAML)
            let deletion = try #require(object["deletion"] as? [String: String])
            #expect(deletion == ["outcome": "not deleted", "host": "masker.example.org", "at": "2026-05-04T13:06:40Z"])
        }
    }

    @Test("the latest deletion is first; backups of another server are not listed; backups without a record are last")
    func order() throws {
        try withArchive { archive, directory in
            _ = try archive.keep(detail(1), by: "ada", at: Sample.now)
            _ = try archive.keep(detail(2), by: "ada", at: Sample.now + 60)
            _ = try AgentBackupStore(directory: directory, host: "elsewhere.example").keep(detail(3), by: "ada", at: Sample.now + 90)
            try PrivateFile.replace("\(directory)/agt_old.json", with: Array(#"{"id":"agt_old","name":"from an earlier version"}"#.utf8))
            try PrivateFile.replace("\(directory)/notes.txt", with: [])
            #expect(try archive.all().map { try $0.content.get().detail.agent.name } == ["agent-2", "agent-1", "from an earlier version"])
        }
    }

    @Test("an unreadable file is named with the reason, and the others are listed", arguments: [
        ("", "not valid JSON"), (#"{"id":"agt_1","na"#, "not valid JSON"), ("[]", "contains no agent"), (#"{"name":"no id"}"#, "contains no agent"),
        (String(repeating: "[", count: 100_000), "not valid JSON"),
    ])
    func broken(text: String, reason: String) throws {
        try withArchive { archive, directory in
            _ = try archive.keep(detail(1), by: "ada", at: Sample.now)
            try PrivateFile.replace("\(directory)/agt_broken.json", with: Array(text.utf8))
            let all = try archive.all()
            #expect(all.count == 2 && (try? all[0].content.get()) != nil && all[1].file == "agt_broken.json")
            guard case .failure(let problem) = all[1].content else { return #expect(Bool(false)) }
            #expect(problem.sentence.contains(reason))
        }
    }

    @Test("a file that others can read, a link and a directory are not used")
    func notOurs() throws {
        try withArchive { archive, directory in
            _ = try archive.keep(detail(1), by: "ada", at: Sample.now)
            chmod("\(directory)/\(Sample.agentID(1)).json", 0o644)
            symlink("/etc/passwd", "\(directory)/agt_link.json")
            mkdir("\(directory)/agt_directory.json", 0o700)
            let reasons = try archive.all().map { agent -> String in
                guard case .failure(let problem) = agent.content else { return "readable" }
                return problem.sentence
            }
            #expect(reasons.count == 3 && reasons.contains { $0.contains("can be read by other users") })
            #expect(reasons.contains { $0.contains("symbolic link") } && reasons.contains { $0.contains("not a plain file") })
        }
    }

    @Test("an id that cannot be a file name, or a directory that cannot be created, prevents the deletion", arguments: [
        "../agt_1", "agt_1/../../x", "", "agt 1", "a\u{0}b", String(repeating: "x", count: 101), "ägt",
    ])
    func noFileName(id: String) throws {
        try withArchive { archive, directory in
            let odd = AgentDetail(agent: Agent(id: Identifier(id), name: "odd"))
            #expect(throws: AgentBackupStore.Problem(sentence: "its id cannot be a file name")) { try archive.keep(odd, by: nil, at: Sample.now) }
            #expect(!FileManager.default.fileExists(atPath: directory))
        }
        #expect(throws: AgentBackupStore.Problem.self) {
            try AgentBackupStore(directory: "/dev/null/deleted-agents", host: "x").keep(detail(1), by: nil, at: Sample.now)
        }
    }

    @Test("without a directory nothing is written and nothing is listed")
    func off() throws {
        let archive = AgentBackupStore(directory: nil, host: "masker.example.org")
        #expect(try archive.keep(detail(1), by: "ada", at: Sample.now) == .nowhere(reason: "nothing is written to disk"))
        #expect(try archive.all().isEmpty)
        #expect(try AgentBackupStore(directory: "/proc/none/x", host: "x").all().isEmpty)
    }
}
