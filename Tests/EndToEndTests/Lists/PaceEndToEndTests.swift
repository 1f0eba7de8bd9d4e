import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("Commands and a server that answers 429", .ownThread)
struct PaceEndToEndTests {
    /// Runs a shell script with the server's address and a cookie; `$T` is the console, `$D` a directory that is removed
    /// afterwards. Standard error is part of the output.
    private func run(_ script: String, on origin: String, in directory: String) async throws -> (status: Int32, lines: [String]) {
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory, "D": directory, "XDG_STATE_HOME": directory + "/state", "MASKER_URL": origin,
            "MASKER_SESSION": "scripted-cookie", "T": try #require(Program.built("masker-tui")),
        ]
        let result = try await Program.run("/bin/bash", ["-c", "exec 2>&1; cd $D; " + script], environment: environment)
        return (result.status, result.output.split(separator: "\n").map(String.init))
    }

    private static func page(_ id: String, _ next: String) -> ScriptedServer.Step {
        .sendAndClose(ScriptedServer.answer(#"{"data":[{"id":"\#(id)"}],"next_cursor":\#(next)}"#))
    }

    private static func refusal(_ seconds: Int) -> ScriptedServer.Step {
        let body = #"{"error":{"code":"rate_limited","message":"slow down","request_id":"req_9"}}"#
        return .sendAndClose(ScriptedServer.answer(body, status: "429 Too Many Requests", headers: ["Retry-After: \(seconds)"]))
    }

    private func isWaiting(_ line: String) -> Bool {
        line.wholeMatch(of: /masker-tui: waiting until \d\d:\d\d:\d\d UTC, too many requests/) != nil
    }

    private func state(_ directory: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory + "/state/masker-tui")) ?? []).filter { $0.hasPrefix("pace-") }
    }

    @Test("promise 41: sessions --limit all waits for a Retry-After, says so, and prints every session once")
    func goesOn() async throws {
        try await withDirectory { directory in
            let server = try ScriptedServer([Self.page("sess_1", #""a""#), Self.refusal(2), Self.page("sess_2", #""b""#), Self.page("sess_3", "null")])
            let result = try await run("$T sessions --limit all | cut -f1", on: server.origin, in: directory)
            #expect(result.status == 0 && result.lines.filter { $0.hasPrefix("sess_") } == ["sess_1", "sess_2", "sess_3"], "\(result)")
            #expect(result.lines.filter(isWaiting).count == 1 && result.lines.count == 4, "\(result)")
            #expect(server.requests.count == 4)
            let file = try #require(state(directory).first)
            let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/state/masker-tui/" + file)
            #expect(state(directory).count == 1 && attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("promise 41: a Retry-After of hours ends the command with the time to try again, exit status 6", arguments: ["all", "500"])
    func ends(limit: String) async throws {
        try await withDirectory { directory in
            let server = try ScriptedServer([Self.page("sess_1", #""a""#), Self.refusal(7_200)])
            let result = try await run("$T sessions --limit \(limit)", on: server.origin, in: directory)
            #expect(result.status == 6 && server.requests.count == 2, "\(result)")
            #expect(result.lines.filter { $0.hasPrefix("sess_1") }.count == 1 && !result.lines.contains { $0.contains("waiting") })
            let end = try #require(result.lines.last)
            #expect(end.wholeMatch(of: /masker-tui: too many requests; try again at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC · req_9/) != nil, "\(end)")
        }
    }

    @Test("with --no-store no file is kept, and the command waits all the same")
    func noStore() async throws {
        try await withDirectory { directory in
            let server = try ScriptedServer([Self.refusal(1), Self.page("sess_1", "null")])
            let result = try await run("$T sessions --limit all --no-store | cut -f1; ls -A $D | wc -l", on: server.origin, in: directory)
            #expect(result.lines.count == 3 && result.lines.first.map(isWaiting) == true && result.lines.dropFirst() == ["sess_1", "0"], "\(result)")
        }
    }

    @Test("promise 41: while one command waits, another command with many requests waits too, and one with a single request does not")
    func others() async throws {
        try await withDirectory { directory in
            let server = try ScriptedServer([
                Self.refusal(590), .sendAndClose(ScriptedServer.answer(#"{"session":{"id":"sess_7"}}"#)), Self.page("sess_1", "null"),
            ])
            let script = """
                until_waiting() { for n in $(seq 6000); do grep -qs waiting $1 && break; sleep 0.1; done; }
                $T sessions --limit all > one 2>&1 & one=$!
                until_waiting one
                $T overview > two 2>&1 & two=$!
                until_waiting two
                $T sessions show sess_7 | head -1
                kill $one $two; wait $one; echo $?; wait $two; echo $?; cat one two
                """
            let result = try await run(script, on: server.origin, in: directory)
            // The shell itself reports that they were ended.
            let lines = result.lines.filter { !$0.contains("Terminated") }
            #expect(lines.first == "id\tsess_7" && lines.dropFirst().prefix(2) == ["143", "143"], "\(result)")
            #expect(lines.count == 5 && lines.suffix(2).allSatisfy(isWaiting), "\(result)")
            #expect(server.requests.count == 2)
        }
    }

    @Test("reports of several sessions: refused requests are repeated, and each report is saved once")
    func reports() async throws {
        try await withDirectory { directory in
            let root = String(repeating: "9f3a", count: 16)
            func report(_ id: String) -> ScriptedServer.Step {
                .sendAndClose(ScriptedServer.answer(#"{"report":{"id":"rep_1","scope":"session","session_id":"\#(id)","merkle_root_hex":"\#(root)"}}"#))
            }
            func detail(_ id: String) -> ScriptedServer.Step {
                .sendAndClose(ScriptedServer.answer(#"{"session":{"id":"\#(id)","merkle_root_hex":"\#(root)"}}"#))
            }
            let server = try ScriptedServer([detail("sess_1"), report("sess_1"), detail("sess_2"), Self.refusal(1), report("sess_2")])
            let result = try await run("$T report sess_1 sess_2 --format json; echo $?; ls | grep -c json", on: server.origin, in: directory)
            #expect(result.lines.filter(isWaiting).count == 1 && result.lines.suffix(2) == ["0", "2"], "\(result)")
            #expect(server.requests.count == 5)
        }
    }

    @Test("pace: the value in the configuration holds for commands; config prints its source")
    func configured() async throws {
        try await withDirectory { directory in
            let server = try ScriptedServer([Self.page("sess_1", #""a""#), Self.page("sess_2", "null")])
            let script = """
                mkdir -p .config/masker-tui; echo 'pace: 200' > .config/masker-tui/config.yaml
                $T config | grep ^pace; $T sessions --limit all | cut -f1
                echo 'pace: fast' > .config/masker-tui/config.yaml; $T health; echo $?
                """
            let result = try await run(script, on: server.origin, in: directory)
            #expect(result.lines.first == "pace\t200\t\(directory)/.config/masker-tui/config.yaml:1", "\(result)")
            #expect(result.lines.dropFirst().prefix(2) == ["sess_1", "sess_2"] && result.lines.last == "2" && state(directory).count == 1, "\(result)")
            #expect(result.lines.contains { $0.hasSuffix("pace takes auto, none, or 1 to 1000 requests a second, not “fast”") }, "\(result)")
        }
    }

    @Test("promise 41: in the console the list says until when it waits; a screen opened meanwhile is read at once, and q quits")
    func console() async throws {
        var setup = RawTerminal.Setup()
        setup.arguments = ["--refresh", "0"]
        try await RawTerminal.with(setup) { raw in
            raw.terminal.send("2")
            try await raw.terminal.expect("STARTED")
            await raw.rest()
            raw.mock.setFaults([MockFault(path: "/api/v1/sessions", times: 1, status: 429, retryAfter: "590")])
            raw.terminal.send("G")
            try await raw.terminal.expect("UTC, too many requests")
            raw.mock.clearRequests()
            raw.terminal.send("\r")
            // The session is read at once; only the page waits.
            #expect(await raw.terminal.eventually { _ in raw.mock.requests.contains { $0.status == 200 } })
            await raw.rest()
            #expect(raw.mock.requests.count == 1 && raw.mock.requests.first?.path.contains("/sessions/sess_") == true)
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }
}
