import Foundation
import TestSupport
import Testing

/// The commands with gateways and servers that differ from the mock.
@Suite("Commands report only what is certain", .ownThread)
struct TruthfulCommandsTests {
    /// Runs a shell script with the server's address and a cookie; `$T` is the console, `$D` a directory that is removed
    /// afterwards. Standard error is part of the output.
    private func run(_ script: String, on origin: String) async throws -> (status: Int32, output: String) {
        let directory = NSTemporaryDirectory() + "masker-truth-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory, "D": directory, "XDG_STATE_HOME": directory + "/state", "MASKER_URL": origin,
            "MASKER_SESSION": "scripted-cookie", "T": try #require(Program.built("masker-tui")),
        ]
        return try await Program.run("/bin/bash", ["-c", "exec 2>&1; " + script], environment: environment)
    }

    private static func answer(_ body: String, _ status: String = "200 OK") -> ScriptedServer.Step { .sendAndClose(ScriptedServer.answer(body, status: status)) }
    private static let user = answer(#"{"user":{"id":"usr_1","github_login":"ada"}}"#)
    private static let agent = answer(#"{"agent":{"id":"agt_1","name":"one","policy_yaml":"version: 1"}}"#)
    private static let page404 = answer("<html>404 Not Found</html>", "404 Not Found")
    private static let none = answer(#"{"data":[],"next_cursor":null}"#)
    private static let list = answer(#"{"data":[{"id":"agt_1","name":"one"}],"next_cursor":null}"#)

    // MARK: Deleting

    @Test("promise 15: agents delete behind a gateway whose 404s are its own: never called deleted", arguments: [
        ([user, page404, list], 1, "not deleted, because the agent could not be read first"),
        ([user, page404, none], 3, "is gone, or not visible to you; nothing was sent"),
        ([user, agent, page404, agent], 1, "still there: the deletion was not carried out"),
        ([user, agent, page404, page404, none], 1, "gone, or not visible to you; no answer confirmed the deletion"),
        ([user, agent, page404], 1, "unknown: no answer confirmed the deletion"),
    ] as [([ScriptedServer.Step], Int32, String)])
    func deletion(steps: [ScriptedServer.Step], status: Int32, sentence: String) async throws {
        let server = try ScriptedServer(steps)
        let result = try await run("$T agents delete agt_1 --yes-delete one; s=$?; cat $D/state/masker-tui/deleted-agents/* 2>/dev/null; exit $s", on: server.origin)
        #expect(result.status == status && result.output.contains(sentence), "\(result)")
        #expect(!result.output.contains(#""outcome" : "deleted""#) && server.requests.filter { $0.hasPrefix("DELETE") }.count <= 1)
    }

    @Test("agents delete says which permission is missing, and sends the request all the same: the server decides")
    func foretold() async throws {
        let user = Self.answer(#"{"user":{"id":"usr_1"},"permissions":["agents:read"]}"#), forbidden = Self.answer("{}", "403 Forbidden")
        let server = try ScriptedServer([user, Self.agent, forbidden])
        let result = try await run("$T agents delete agt_1 --yes-delete one", on: server.origin)
        #expect(result.status == 5 && result.output.contains("No agents:write: the server will most likely refuse."), "\(result)")
        #expect(server.requests.last?.hasPrefix("DELETE") == true)
    }

    // MARK: Reaching the server

    @Test("when nothing was sent, every command ends with 7; a request without an answer does not", arguments: [
        "whoami", "agents", "agents show agt_1", "agents create x --upstream stub", "agents delete agt_1 --yes-delete x", "sessions", "sessions show sess_1",
        "report sess_1", "overview", "health", "login <<< masker_session=x", "logout",
    ])
    func unreached(command: String) async throws {
        let server = try ScriptedServer([.close])
        let silent = try await run("cd $D; $T \(command)", on: server.origin)
        #expect(silent.status == 1 && !server.requests.isEmpty, "\(silent)")
        server.stop()
        let gone = try await run("cd $D; $T \(command)", on: "http://127.0.0.1:1")
        #expect(gone.status == 7 && gone.output.contains("no connection"), "\(gone)")
    }

    @Test("overview says on standard error that the server's clock differs, but not below a minute or without a Date", arguments: [
        (-259_200.0, "3 d behind"), (7_200, "2 h ahead of"), (300, "m ahead of"), (50, nil), (nil, nil),
    ] as [(Double?, String?)])
    func clocks(offset: Double?, words: String?) async throws {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let dates = offset.map { ["Date: " + formatter.string(from: Date() + $0)] } ?? []
        let server = try ScriptedServer([.send(ScriptedServer.answer(#"{"data":[],"next_cursor":null}"#, headers: dates))])
        for option in ["", " --json"] {
            let said = try await run("$T overview\(option) 2>&1 >/dev/null", on: server.origin)
            #expect(said.status == 0 && said.output.isEmpty == (words == nil), "\(said)")
            guard let words else { continue }
            #expect(said.output.hasPrefix("masker-tui: the server's clock is ") && said.output.hasSuffix("\(words) this machine's; ages follow it\n"))
        }
    }

    @Test("whoami keeps its two columns when the server names no role")
    func noRole() async throws {
        #expect(try await run("$T whoami", on: ScriptedServer([Self.user]).origin).output == "ada\tunknown\n")
    }

    @Test("health: a degraded service is exit status 1 with the failed parts, in words and as JSON; a gateway's 503 is not degraded", arguments: ["", " --json"])
    func health(option: String) async throws {
        let body = #"{"status":"degraded","version":"1.4","components":{"db":"ok","ner_model":"loading"},"uptime_seconds":5}"#
        let degraded = try await run("$T health\(option)", on: ScriptedServer([Self.answer(body, "503 Service Unavailable")]).origin)
        #expect(degraded.status == 1 && degraded.output.contains("the service is degraded: ner_model is loading"), "\(degraded)")
        #expect(degraded.output.contains(option.isEmpty ? "status\tdegraded\nversion\t1.4\nner_model\tloading\n" : #""db" : "ok""#))
        let ok = try await run("$T health\(option)", on: ScriptedServer([Self.answer(#"{"status":"ok","db":"ok"}"#)]).origin)
        #expect(ok.status == 0 && ok.output.contains(option.isEmpty ? "status\tok\n" : #""db" : "ok""#), "\(ok)")
        let gateway = try await run("$T health\(option)", on: ScriptedServer([Self.answer("<html>", "503 Service Unavailable")]).origin)
        #expect(gateway.status == 1 && !gateway.output.contains("degraded"))
    }

    @Test("promise 6: MASKER_SERVER binds the login session and the token as MASKER_URL does", arguments: ["MASKER_SESSION", "MASKER_TOKEN"])
    func boundServer(variable: String) async throws {
        let own = try ScriptedServer([Self.user]), other = try ScriptedServer([Self.user])
        let script = """
            unset MASKER_URL MASKER_SESSION; mkdir -p $D/.config/masker-tui
            printf 'profiles:\\n  other:\\n    url: \(other.origin)\\n' > $D/.config/masker-tui/config.yaml
            export MASKER_SERVER=\(own.origin) \(variable)=s3cret-value
            $T whoami; $T whoami --profile other; echo $?
            """
        let output = try await run(script, on: "").output
        #expect(output.hasPrefix("ada\tunknown\n") && output.hasSuffix("\n4\n"), "\(output)")
        #expect(own.received.contains("s3cret-value") && other.requests.isEmpty)
    }

    // MARK: Logging out

    @Test("logout: a 200 confirms nothing, whatever its body", arguments: ["<html>welcome</html>", "", "{}"])
    func logout(body: String) async throws {
        let result = try await run("$T logout", on: ScriptedServer([Self.answer(body)]).origin)
        #expect(result.status == 1 && result.output.contains("the server did not confirm the log-out") && result.output.contains("may still be valid on the server"))
    }

    // MARK: Creating

    /// What may arrive instead of an answer to the creation.
    private static let senseless: [ScriptedServer.Step] = [
        .close, .sendAndClose("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"agent\": {\"id\""), answer("", "502 Bad Gateway"),
        answer("<html></html>"), answer("{}", "202 Accepted"), .sendAndClose("HTTP/1.1 204 No Content\r\n\r\n"),
        .sendAndClose("HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"), answer("{}", "201 Created"), page404,
    ]

    @Test("agents create: after a lost or invalid answer it looks, and says created with the id, not created, or unknown", arguments: senseless.indices)
    func creation(place: Int) async throws {
        let command = "$T agents create new-one --upstream stub"
        let there = try ScriptedServer([Self.senseless[place], Self.answer(#"{"data":[{"id":"agt_7","name":"new-one"}]}"#)])
        let created = try await run(command, on: there.origin)
        #expect(created.status == 0 && created.output.contains("id\tagt_7") && created.output.contains("no answer confirmed the creation, but the agent exists now: agt_7"))
        let absent = try await run(command, on: ScriptedServer([Self.senseless[place], Self.none]).origin)
        #expect(absent.status == 1 && absent.output.contains("not created: no agent has this name"))
        let lost = try ScriptedServer([Self.senseless[place], Self.page404])
        let unknown = try await run(command, on: lost.origin)
        #expect(unknown.status == 1 && unknown.output.contains("unknown whether the agent was created"))
        for server in [there, lost] { #expect(server.requests.filter { $0.hasPrefix("POST") }.count == 1) }
    }

    @Test("agents create: an agent that had the name before is not taken for the new one")
    func createdBefore() async throws {
        let old = Self.answer(#"{"data":[{"id":"agt_7","name":"new-one","created_at":"2020-01-01T00:00:00Z"}]}"#)
        let result = try await run("$T agents create new-one --upstream stub", on: ScriptedServer([.close, old]).origin)
        #expect(result.status == 1 && result.output.contains("an agent with this name existed before, agt_7"))
    }

    // MARK: Lists

    @Test("promise 33: sessions --limit all prints no session twice, whatever the pages repeat")
    func repeated() async throws {
        func page(_ ids: [Int], _ next: String) -> ScriptedServer.Step {
            Self.answer(#"{"data":[\#(ids.map { #"{"id":"sess_\#($0)"}"# }.joined(separator: ","))],"next_cursor":\#(next)}"#)
        }
        let server = try ScriptedServer([page([1, 2, 2], #""a""#), page([2, 3, 1], #""b""#), page([4, 1], "null")])
        let result = try await run("$T sessions --limit all | cut -f1", on: server.origin)
        #expect(result.output == "sess_1\nsess_2\nsess_3\nsess_4\n", "\(result)")
        let endless = try ScriptedServer([page([1], #""a""#), page([1], #""b""#), page([1], #""c""#), page([1], #""d""#), page([1], #""e""#)])
        let stopped = try await run("$T sessions --limit all", on: endless.origin)
        #expect(stopped.status == 1 && stopped.output.contains("may be incomplete"))
    }

    @Test("promise 33: a next_cursor that is not a text is an error and not the end of the list", arguments: ["5", "true", "{}", "[\"a\"]"], ["all", "7"])
    func cursor(value: String, limit: String) async throws {
        let server = try ScriptedServer([Self.answer(#"{"data":[{"id":"sess_1"}],"next_cursor":\#(value)}"#)])
        let result = try await run("$T sessions --limit \(limit)", on: server.origin)
        #expect(result.status == 1 && result.output.contains("sess_1") && result.output.contains("next_cursor is not a string"))
    }

    @Test("promise 33: a list that stops at the default limit says so; a list with a requested limit and a complete list do not")
    func usualLimit() async throws {
        let rows = (0..<100).map { #"{"id":"sess_\#($0)"}"# }.joined(separator: ",")
        let more = try ScriptedServer([Self.answer(#"{"data":[\#(rows)],"next_cursor":"a"}"#)])
        #expect(try await run("$T sessions > /dev/null", on: more.origin).output.contains("stopped after 100 rows, the default limit; for more,"))
        #expect(try await run("$T sessions --limit 100 > /dev/null", on: more.origin).output.isEmpty)
        let whole = try ScriptedServer([Self.answer(#"{"data":[\#(rows)],"next_cursor":null}"#)])
        #expect(try await run("$T sessions > /dev/null", on: whole.origin).output.isEmpty)
    }

    // MARK: Output and store

    @Test("a failed write to standard output is a failure", arguments: ["whoami", "--help", "--version", "agents --help", "health", "logout"])
    func fullOutput(command: String) async throws {
        let answers = ["logout": ScriptedServer.Step.sendAndClose("HTTP/1.1 204 No Content\r\n\r\n"), "health": Self.answer(#"{"status":"ok"}"#)]
        let server = try ScriptedServer([answers[command] ?? Self.user])
        let result = try await run("$T \(command) > /dev/full", on: server.origin)
        #expect(result.status == 1 && result.output.contains("standard output: No space left on device"), "\(result)")
    }

    private static let login = "unset MASKER_SESSION; echo pasted-value | $T login"

    @Test("login reports success only after it has stored the value", arguments: [
        ("ulimit -f 0; ", "File too large"), ("export XDG_STATE_HOME=/proc/none; ", "/proc/none"), ("unset XDG_STATE_HOME; export HOME=/dev/null/x; ", "/dev/null/x"),
        ("mkdir -p $D/state/masker-tui; chmod 777 $D/state/masker-tui; ", "can be written by other users"),
        ("touch $D/state; ", "Not a directory"),
    ])
    func unstored(before: String, reason: String) async throws {
        let server = try ScriptedServer([Self.user])
        let result = try await run(before + Self.login, on: server.origin)
        #expect(result.status == 1 && result.output.contains(reason) && result.output.contains("it could not be stored"), "\(result)")
        #expect(!result.output.contains("signed in as ada") && !result.output.contains("pasted-value"))
        let stored = try await run(Self.login, on: server.origin)
        #expect(stored.status == 0 && stored.output == "signed in as ada\n")
    }

    @Test("a command that cannot store a new value of the login session says so; one whose value is already stored does not")
    func unstoredRenewal() async throws {
        let renewed = ScriptedServer.answer(#"{"user":{"id":"usr_1","github_login":"ada"}}"#, headers: ["Set-Cookie: masker_session=renewed-value; Path=/"])
        let server = try ScriptedServer([Self.user, .sendAndClose(renewed)])
        let result = try await run(Self.login + "; ulimit -f 0; $T whoami | cat; exit ${PIPESTATUS[0]}", on: server.origin)
        #expect(result.status == 1 && result.output.contains("ada\t") && result.output.contains("the new one could not be stored"), "\(result)")
        #expect(!result.output.contains("renewed-value"))
        let same = try ScriptedServer([Self.user])
        #expect(try await run(Self.login + "; ulimit -f 0; $T whoami | cat; exit ${PIPESTATUS[0]}", on: same.origin).status == 0)
    }

    @Test("a stored login session that is not used is told with the reason and the cure, not only as missing", arguments: [
        ("chmod 644 $F", "run chmod 600 on it"), ("mv $F $F.real; ln -s $F.real $F", "is a symbolic link"), (": > $F", "it is empty; sign in again to replace it"),
        ("echo later > $F", "it is not JSON; sign in again to replace it"), ("rm $F; mkdir $F", "is not a plain file; remove it"),
    ])
    func unusedFile(change: String, sentence: String) async throws {
        let server = try ScriptedServer([Self.user])
        let script = "\(Self.login) > /dev/null; F=$(echo $D/state/masker-tui/session-*.json); \(change); for c in whoami 'sessions --json' logout; do $T $c; echo $?; done"
        let lines = try await run(script, on: server.origin).output.split(separator: "\n")
        #expect(lines.count == 6 && lines.enumerated().allSatisfy { $0 % 2 == 0 ? $1.contains(sentence) : $1 == ($0 < 4 ? "4" : "1") }, "\(lines)")
        #expect(lines.first?.hasPrefix("masker-tui: sign-in needed: ") == true && server.requests.count == 1)
    }

    @Test("promise 19: in a home of another user nothing is created, login fails, and other commands work and say it")
    func foreignHome() async throws {
        guard geteuid() == 0 else { return print("left out: only root can give a directory to another user") }
        let server = try ScriptedServer([Self.user])
        let script = """
            unset XDG_STATE_HOME; mkdir $D/home; export HOME=$D/home; chown 65534 $HOME
            $T whoami; echo $?; export -n MASKER_SESSION; echo value | $T login; echo $?; $T whoami; echo $?; find $D/home | wc -l
            mkdir -p $HOME/.config/masker-tui; : > $HOME/.config/masker-tui/config.yaml; chown -R 65534 $HOME/.config; $T whoami; echo $?
            """
        let lines = try await run(script, on: server.origin).output.split(separator: "\n").map(String.init)
        let told = lines.filter { $0.contains("belongs to another user (uid 65534); run masker-tui without sudo, or with sudo -H") }
        #expect(lines.filter { $0.allSatisfy(\.isNumber) } == ["0", "1", "4", "1", "2"], "\(lines)")
        #expect(told.count == 3 && told[1].contains("you are not signed in here: nothing is stored or read in") && lines.contains("ada\tunknown"))
        #expect(server.requests.count == 1)
    }

    @Test("a new value of MASKER_SESSION that a home of another user cannot keep is told")
    func foreignHomeRenewal() async throws {
        guard geteuid() == 0 else { return print("left out: only root can give a directory to another user") }
        let renewed = ScriptedServer.answer(#"{"user":{"id":"usr_1","github_login":"ada"}}"#, headers: ["Set-Cookie: masker_session=renewed-value; Path=/"])
        let server = try ScriptedServer([.sendAndClose(renewed)])
        let result = try await run("unset XDG_STATE_HOME; mkdir $D/home; export HOME=$D/home; chown 65534 $HOME; $T whoami; s=$?; find $HOME | wc -l; exit $s", on: server.origin)
        #expect(result.status == 1 && result.output.contains("the new one could not be stored; sign in again: nothing is stored or read in"), "\(result)")
        #expect(result.output.hasSuffix("\n1\n") && !result.output.contains("renewed-value"))
    }
}
