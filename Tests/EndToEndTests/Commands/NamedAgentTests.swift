import Foundation
import TestSupport
import Testing

@Suite("Options and agents of commands, in the real program", .ownThread)
struct NamedAgentTests {
    /// Runs each line of a script with a mock and a cookie; returns its last line of output, and its exit status.
    private func run(_ lines: [String], mock options: [String] = []) async throws -> [(output: String, status: String)] {
        let mock = try #require(Program.built("masker-mock")), console = try #require(Program.built("masker-tui"))
        let directory = NSTemporaryDirectory() + "masker-names-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let script = lines.map { "(\($0)) > out 2>&1; echo \"$?|$(tail -n 1 out)\"" }.joined(separator: "\n")
        let environment = ["PATH": "/usr/bin:/bin", "HOME": directory, "XDG_STATE_HOME": directory + "/state", "T": console, "LC_ALL": "C.UTF-8"]
        let result = try await Program.run(
            mock, ["exec", "--traffic", "0"] + options + ["--", "/bin/bash", "-c", "cd \(directory)\n" + script], environment: environment)
        return result.output.split(separator: "\n").map { line in
            let parts = line.split(separator: "|", maxSplits: 1).map(String.init)
            return (parts.count > 1 ? parts[1] : "", parts.first ?? "")
        }
    }

    @Test("promise 39: options are taken before the command; an empty value is refused; restricted mode opens no policy file, wherever its option stands")
    func options() async throws {
        let results = try await run([
            "U=$MASKER_URL; unset MASKER_URL; $T --url $U whoami", "$T --no-store agents --limit 1 list", "$T sessions show --url= sess_1", "$T agents show -- --restricted",
            "$T --restricted --url $MASKER_URL whoami", "$T --restricted --url $MASKER_URL agents create x --upstream stub --policy-file /etc/hostname",
            "$T nosuch",
        ])
        #expect(results.map(\.status) == ["0", "0", "2", "2", "4", "2", "2"], "\(results)")
        #expect(results[0].output.hasPrefix("ada") && results[1].output.hasPrefix("agt_"))
        #expect(results[2].output.contains("--url: an empty address") && results[5].output.contains("restricted mode opens no files"))
    }

    @Test("names, parts of names and ids of agents; 3 for an unknown agent, 2 for several; values that the server refuses are 2")
    func names() async throws {
        let results = try await run([
            "$T agents show prior-auth | grep ^name", "$T sessions --agent PRIOR-AUTH-primary --since 30d --limit 1 | cut -f4", "$T sessions --agent refill --since 30d",
            "$T sessions --agent intake-tset", "$T sessions --agent agt_01HZNOBODY", "$T sessions --json --agent agt_01HZNOBODY",
            "$T agents delete intake --yes-delete intake-test", "$T agents delete intake-test --yes-delete intake",
            "ID=$($T agents --name intake-test | cut -f1); $T agents delete intake-test --yes-delete intake-test && $T sessions --agent $ID --since 30d --limit 1 | cut -f3 | grep -c $ID",
            "$T agents create x --upstream nope", "$T agents create x --upstream stub --tokenization nope", "$T agents create x --upstream stub --policy nope",
            "$T agents create refill-line-west --upstream stub",
        ], mock: ["--sessions", "730"])
        #expect(results.map(\.status) == ["0", "0", "2", "3", "3", "3", "3", "2", "0", "2", "2", "2", "1"], "\(results)")
        #expect(results[0].output == "name\tprior-auth-primary" && results[1].output == "prior-auth-primary")
        #expect(results[2].output.contains("refill-line-west (agt_") && results[3].output.contains("did you mean “intake-test”?"))
        #expect(results[6].output.contains("did you mean “intake-test”?") && results[8].output == "1", "\(results)")
        #expect(results[9].output.contains("openai:gpt-4o-mini, openai:gpt-4o or stub") && results[9].output.contains("req_"))
    }
}
