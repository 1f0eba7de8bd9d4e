import Foundation
import TestSupport
import Testing

@Suite("Commands for scripts", .ownThread)
struct ScriptCommandTests {
    /// Runs a shell script with the mock's address and cookie; `$T` is the console. Standard error is part of the output.
    private func run(_ script: String, mock options: [String] = []) async throws -> (status: Int32, lines: [String]) {
        let mock = try #require(Program.built("masker-mock")), console = try #require(Program.built("masker-tui"))
        let state = NSTemporaryDirectory() + "masker-script-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: state) }
        var environment = ProcessInfo.processInfo.environment
        environment["XDG_STATE_HOME"] = state
        environment["T"] = console
        let result = try await Program.run(
            mock, ["exec", "--traffic", "0"] + options + ["--", "/bin/bash", "-c", "exec 2>&1; " + script],
            environment: environment)
        return (result.status, result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
    }

    @Test("agents and sessions: one in each line, tab-separated, as many as requested")
    func lists() async throws {
        let agents = try await run("$T agents --limit 3").lines
        #expect(agents.count == 3 && agents[0].split(separator: "\t")[1] == "appointment-bot-prod")
        #expect(try await run("$T agents list --name REFILL").lines.count == 2)
        #expect(try await run("$T sessions --since 30d --limit all | wc -l", mock: ["--sessions", "730"]).lines == ["730"])
        let errors = try await run("$T sessions --since 30d --status error --min-redactions 2 --limit 20").lines
        #expect(!errors.isEmpty)
        for line in errors {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            #expect(fields[4] == "error" && Int(fields[6]).map { $0 >= 2 } == true)
        }
    }

    @Test("a window of time: --until passes newer sessions over; a time that cannot be used is 2, and nothing is requested")
    func window() async throws {
        let mock = ["--sessions", "2000", "--days", "20"]
        let until = "$T sessions --until yesterday --limit"
        let lines = try await run("$T sessions --limit all; echo END; \(until) all; echo END; \(until) 3", mock: mock).lines
        let parts = lines.split(separator: "END")
        try #require(parts.count == 3)
        let listed = parts[0], older = parts[1]
        // The list of a person and that of a script begin at the same time.
        #expect(listed.count > 1_900 && older.count > 1_500 && older.count < listed.count)
        #expect(older.elementsEqual(listed.suffix(older.count)) && parts[2].elementsEqual(older.prefix(3)))
        for option in ["--since 0h", "--since soon", "--since 2199-01-01", "--until tomorrow", "--since today --until yesterday"] {
            let refused = try await run("$T sessions --url http://127.0.0.1:1 \(option)")
            #expect(refused.status == 2 && refused.lines.count == 1)
        }
        let sentence = try await run("$T sessions --since soon").lines
        #expect(sentence == ["masker-tui: --since: “soon” is not a time. Try 2h or \"yesterday 14:05\""])
    }

    @Test("the overview counts the listed sessions, in words and as JSON; a refusal has its exit status")
    func overview() async throws {
        let words = try await run("$T overview; $T sessions --since 24h --limit all | wc -l", mock: ["--sessions", "20000"]).lines
        let count = try #require(words.last.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) })
        #expect(count > 600 && words.first == "Last 24 h, from \(count) sessions")
        #expect(words.contains { $0.hasPrefix("slowest stage: upstream, ") && $0.hasSuffix("(from 20 sessions)") })
        #expect(words.contains { $0.hasPrefix("appointment-bot-prod: ") })
        let text = try await run("$T overview --since 1h --json", mock: ["--sessions", "20000"]).lines.joined(separator: "\n")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let agents = try #require(object["agents"] as? [[String: Any]])
        #expect(object["sessions"] as? Int == agents.reduce(0) { $0 + ($1["sessions"] as? Int ?? 0) })
        #expect((object["columns"] as? [Any])?.count == 12 && object["complete"] as? Bool == true)
        #expect(try await run("$T overview", mock: ["--fault", #"{"path":"/api/v1/sessions","status":403,"code":"forbidden"}"#]).status == 5)
        #expect(try await run("$T overview --since 2h").status == 2)
    }

    @Test("JSON has the API's values and names")
    func json() async throws {
        let text = try await run("$T agents --json").lines.joined(separator: "\n")
        let agents = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        #expect(agents.count == 12 && agents[0]["session_count_24h"] is Int)
        let lines = try await run("$T sessions --jsonl --limit 120 --since 30d").lines
        #expect(lines.count == 120)
        for line in lines {
            let session = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect((session?["id"] as? String)?.hasPrefix("sess_") == true)
        }
        #expect(try await run("$T agents --json --name nobody").lines == ["[]"])
    }

    @Test("promise 4: no text from a server controls a terminal, in any format", arguments: ["", "--json", "--jsonl"])
    func hostile(format: String) async throws {
        let result = try await run("$T agents \(format)", mock: ["--hostile"])
        #expect(result.status == 0 && result.lines.count >= 12)
        for line in result.lines {
            for scalar in line.unicodeScalars {
                let isTab = scalar == "\t" && format.isEmpty
                #expect(isTab || scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && !(0x2028...0x202E).contains(scalar.value))
            }
        }
    }

    @Test("promise 4: no text pasted on the command line controls a terminal", arguments: [
        "config --theme", "--theme", "agents list --limit",
    ])
    func hostileArguments(before: String) async throws {
        let result = try await run("$T \(before) $'a\\e]0;b\\a\\e[31mc\\u202Ed\\u009Be'")
        #expect(result.status == 2)
        #expect(result.lines.contains { $0.contains("]0;b") }, "\(result.lines)")
        for scalar in result.lines.joined().unicodeScalars {
            #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && scalar.value != 0x202E)
        }
    }

    @Test("promise 8: libcurl does not read proxies from the environment", arguments: ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
    func proxyInTheEnvironment(variable: String) async throws {
        let proxy = try ScriptedServer([.send(ScriptedServer.answer("{}"))])
        let result = try await run("export \(variable)=\(proxy.origin); $T agents --limit 3")
        #expect(result.status == 0 && result.lines.count == 3)
        #expect(proxy.connections == 0)
    }

    @Test("payloads are printed only with --payloads")
    func payloads() async throws {
        let session = "S=$($T sessions --since 30d --limit 1 | cut -f1); "
        let plain = try await run(session + "$T sessions show $S --json", mock: ["--payloads", "1"]).lines.joined()
        let asked = try await run(session + "$T sessions show $S --json --payloads", mock: ["--payloads", "1"]).lines.joined()
        #expect(plain.contains("merkle_root_hex") && plain.contains(#""payloads" : null"#))
        #expect(asked.contains(#""payloads" : {"#))
    }

    @Test("a deletion needs the name; each result has its own exit status")
    func deletion() async throws {
        let id = "ID=$($T agents --limit 1 | cut -f1); "
        let wrong = try await run(id + "$T agents delete $ID --yes-delete intake-test")
        #expect(wrong.status == 2 && wrong.lines.last?.contains("nothing was deleted") == true)
        let done = try await run(id + "$T agents delete $ID --yes-delete appointment-bot-prod && cat ${XDG_STATE_HOME}/masker-tui/deleted-agents/$ID.json && $T agents | wc -l")
        #expect(done.status == 0 && done.lines.last == "11" && done.lines.contains { $0.contains(#""policy_yaml""#) })
        let again = try await run(id + "$T agents delete $ID --yes-delete appointment-bot-prod; $T agents delete $ID --yes-delete appointment-bot-prod")
        #expect(again.status == 3)
        let member = try await run(id + "$T agents delete $ID --yes-delete appointment-bot-prod", mock: ["--as", "grace"])
        #expect(member.status == 5 && member.lines.last?.contains("req_") == true)
    }

    @Test("exit status 6 for a limit of the server, 3 for something unknown, 4 without a sign-in")
    func statuses() async throws {
        let limited = try await run("$T agents", mock: ["--fault", #"{"path":"/api/v1/agents","status":429}"#])
        #expect(limited.status == 6)
        #expect(try await run("$T sessions show sess_none").status == 3)
        #expect(try await run("$T agents", mock: ["--no-cookie"]).status == 4)
        #expect(try await run("$T agents --limit 0").status == 2)
        #expect(try await run("$T agents --json --jsonl").status == 2)
    }

    @Test("login reads the cookie from standard input, checks and stores it; logout ends the login session")
    func login() async throws {
        let script = "C=$MASKER_SESSION; unset MASKER_SESSION; echo $C | $T login; $T whoami; $T logout; $T whoami; echo $?; echo $C | $T login; echo $?"
        let lines = try await run(script).lines
        #expect(Array(lines.prefix(3)) == ["signed in as ada", "ada\tunknown", "logged out"])
        #expect(lines[3].contains("sign-in needed") && lines[4] == "4")
        #expect(lines.last == "4", "what was logged out is invalid for good")
        let bad = try await run("echo 's3cret value' | $T login")
        #expect(bad.status == 2 && !bad.lines.joined().contains("s3cret"))
    }

    @Test("create prints the new agent; a taken name and an unknown upstream are reported")
    func create() async throws {
        let lines = try await run("$T agents create night-line --upstream stub --tokenization reversible-aead; $T agents create night-line --upstream stub; $T agents create z --upstream nope").lines
        #expect(lines.contains("name\tnight-line") && lines.contains("tokenization\treversible-aead"))
        #expect(lines.suffix(2).allSatisfy { $0.hasPrefix("masker-tui: ") && $0.contains("req_") })
    }

    @Test("a reader that closes the pipe ends the command without a message")
    func pipe() async throws {
        let result = try await run("set -o pipefail; $T sessions --since 30d --limit all | head -n 1 | wc -l; echo ${PIPESTATUS[0]}", mock: ["--sessions", "20000"])
        #expect(result.lines == ["1", "141"])
    }

    @Test("health works without a sign-in")
    func health() async throws {
        #expect(try await run("$T health", mock: ["--no-cookie"]).lines.first == "status\tok")
    }

    @Test("report prints the path of a complete file; exit status 3 for an unknown session; no file for a report that fails")
    func report() async throws {
        let session = "cd $(mktemp -d); S=$($T sessions --since 30d --limit 1 | cut -f1); "
        let saved = try await run(session + "for f in pdf json; do head -c 5 $($T report $S --format $f -o .); echo; done; ls -A | wc -l; rm -r $PWD")
        #expect(saved.lines.first == "%PDF-" && saved.lines[1].hasPrefix("{") && saved.lines.last == "2")
        #expect(try await run("cd $(mktemp -d); $T report sess_none; s=$?; rm -r $PWD; exit $s").status == 3)
        let failed = try await run(
            session + "$T report $S; s=$?; ls -A | wc -l; rm -r $PWD; exit $s", mock: ["--fault", #"{"path":"/api/v1/sessions/{id}/report","truncate_at":300}"#])
        #expect(failed.status == 1 && failed.lines.last == "0")
    }

    @Test("promise 40: report: a signal leaves no file")
    func reportInterrupted() async throws {
        let result = try await run("""
            cd $(mktemp -d); S=$($T sessions --since 30d --limit 1 | cut -f1); $T report $S -o . & P=$!
            for i in $(seq 300); do [ -n "$(ls -A)" ] && break; sleep 0.1; done
            ls -A; kill -TERM $P; wait $P; s=$?; ls -A | wc -l; rm -r $PWD; exit $s
            """, mock: ["--fault", #"{"path":"/api/v1/sessions/{id}/report","latency_ms":60000}"#])
        #expect(result.status == 143 && result.lines.first?.hasPrefix(".masker-") == true && result.lines.last == "0", "\(result)")
    }

    /// `$1` to `$3` are sessions; the working directory is new.
    private static let sessions = "cd $(mktemp -d); trap 'rm -r $PWD' EXIT; set -- $($T sessions --since 30d --limit 3 | cut -f1); "

    @Test("report: several sessions in both formats, with a list of correct checksums and roots")
    func reports() async throws {
        let check = #"""
            $T report $1 $2 $3 $2 --format both --manifest -o . > ../$$.paths; echo "status $?"
            wc -l < ../$$.paths; tail -n 1 ../$$.paths | xargs basename; rm ../$$.paths; ls | wc -l; stat -c %a manifest.json
            grep -c '"roots_agree" : true' manifest.json
            grep -o '"file" : "[^"]*"' manifest.json | cut -d'"' -f4 | xargs sha256sum | cut -d' ' -f1 | sort > sums
            grep -o '"sha256" : "[^"]*"' manifest.json | cut -d'"' -f4 | sort | diff - sums && echo same
            for f in *.pdf; do grep -c "$(pdftotext $f - | grep -oE '[0-9a-f]{64}')" manifest.json; done
            """#
        let result = try await run(Self.sessions + check)
        #expect(result.lines == ["status 0", "7", "manifest.json", "7", "600", "6", "same", "2", "2", "2"])
    }

    @Test("report: a file name of the user's choice, whose extension sets the format; never an existing file, never for several sessions")
    func reportFile() async throws {
        let check = #"""
            $T report $1 -o mine.json; echo $?; head -c 1 mine.json; echo
            $T report $1 -o mine.json; echo $?
            $T report $1 $2 -o none; echo $?; $T report $1 --format both -o none; echo $?; $T report $1 --format json -o x.pdf; echo $?
            $T report $1 -o none/; echo $?; $T report $1 --manifest -o y.pdf; echo $?; ls
            """#
        let lines = try await run(Self.sessions + check).lines
        #expect(lines.first?.hasSuffix("/mine.json") == true && lines.suffix(1) == ["mine.json"])
        #expect(lines.filter { $0.allSatisfy(\.isNumber) } == ["0", "1", "2", "2", "2", "1", "2"] && lines.contains("{"))
        #expect(lines.contains { $0.contains("already exists; nothing is overwritten") })
    }

    @Test("report: a failure is reported with its session, the others are saved, and the exit status is that of the first failure")
    func someReports() async throws {
        let result = try await run(Self.sessions + "$T report $1 sess_none $2 --format json --manifest -o .; s=$?; ls | wc -l; exit $s")
        #expect(result.status == 3 && result.lines.last == "3" && result.lines.contains { $0.contains("sess_none: ") && $0.contains("req_") })
        let limited = try await run(
            Self.sessions + "$T report $1 $2 $3 --format json; s=$?; ls | wc -l; exit $s",
            mock: ["--fault", #"{"path":"/api/v1/sessions/{id}/report","status":429,"retry_after":"7200"}"#])
        #expect(limited.status == 6 && limited.lines.last == "0" && limited.lines.contains { $0.hasSuffix("2 more were not requested") })
    }

    @Test("promise 40: report -o - writes one complete report to standard output, byte for byte, or nothing")
    func reportOutput() async throws {
        let check = #"""
            $T report $1 --format json -o - > ../$$.json; echo $?; $T report $1 --format json -o same.json > /dev/null; grep -c session_id ../$$.json; head -c 1 ../$$.json; echo; rm ../$$.json
            $T report $1 -o - | head -c 5; echo; $T report $1 -o- --format pdf | tail -c 7 | grep -c EOF; $T report $1 --output=- --format json | wc -l
            $T report $1 $2 -o -; echo $?; $T report $1 --format both -o -; echo $?; $T report $1 --manifest -o -; echo $?
            $T report sess_none -o -; echo $?; $T report $1 -o - > /dev/full; echo $?; $T report $1 -o - >&-; echo $?; $T report $1 -o ./- > /dev/null; ls
            """#
        let lines = try await run(Self.sessions + check).lines
        #expect(lines.filter { $0.allSatisfy(\.isNumber) && $0.count == 1 }.prefix(2) == ["0", "1"] && lines.contains("{") && lines.contains("%PDF-"), "\(lines)")
        for sentence in ["several reports need a directory after -o", "--format is pdf or json, not both", "--manifest needs a directory after -o, not standard output",
            "standard output: No space left on device", "standard output is closed"] {
            #expect(lines.contains { $0.contains(sentence) }, "\(sentence): \(lines)")
        }
        #expect(lines.suffix(2) == ["-", "same.json"] && lines.contains("3"))
        let cut = try await run(Self.sessions + "$T report $1 -o - > out; echo $?; wc -c < out", mock: ["--fault", #"{"path":"/api/v1/sessions/{id}/report","truncate_at":300}"#])
        #expect(cut.lines.suffix(2) == ["1", "0"])
    }

    @Test("report -o - on a terminal: JSON is printed, and a PDF is refused before the server makes it")
    func reportOnTerminal() async throws {
        let script = "S=$($T sessions --since 30d --limit 1 | cut -f1); { script -qec \"$T report $S -o -\" /dev/null; echo $?; script -qec \"$T report $S --format json -o -\" /dev/null | grep -c session_id; } | tr -d '\\r'"
        let lines = try await run(script).lines
        #expect(lines.first?.contains("a PDF is not written to a terminal; redirect it") == true && lines.suffix(2) == ["2", "1"], "\(lines)")
    }

    @Test("promise 39: report: in restricted mode, only in the directory that the administrator has set")
    func restrictedReport() async throws {
        let result = try await run(Self.sessions + "$T report --restricted --url $MASKER_URL $1; echo $?; $T report --restricted --url $MASKER_URL $1 -o .; echo $?; ls | wc -l")
        #expect(result.lines.filter { $0.allSatisfy(\.isNumber) } == ["1", "2", "0"])
    }
}
