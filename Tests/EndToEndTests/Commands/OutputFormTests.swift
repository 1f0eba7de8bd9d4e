import Foundation
import TerminalKit
import TestSupport
import Testing

@Suite("The form of what commands print", .ownThread)
struct OutputFormTests {
    /// Runs a shell script with a mock and a cookie; `$T` is the console, `$D` a directory that is removed afterwards.
    private func run(_ script: String, mock options: [String] = []) async throws -> (status: Int32, output: String) {
        let mock = try #require(Program.built("masker-mock"))
        var result: (status: Int32, output: String) = (0, "")
        try await withDirectory { directory in
            let environment = [
                "PATH": "/usr/bin:/bin", "HOME": directory, "D": directory, "XDG_STATE_HOME": directory + "/state", "LC_ALL": "C.UTF-8",
                "T": try #require(Program.built("masker-tui")),
            ]
            let arguments = ["exec", "--traffic", "0"] + options + ["--", "/bin/bash", "-c", "cd $D; " + script]
            result = try await Program.run(mock, arguments, environment: environment)
        }
        return result
    }

    // MARK: JSON

    /// The rows of the table in docs/scripting.md: a command, and whether its JSON is an array.
    static let forms: [(command: String, isArray: Bool)] = {
        let text = (try? String(contentsOf: Repository.root.appendingPathComponent("docs/scripting.md"), encoding: .utf8)) ?? ""
        return text.matches(of: /\| `([a-z ]+)` \| an (object|array) \|/).map { (String($0.1), $0.2 == "array") }
    }()

    /// What the commands are given; `$1` to `$3` are an agent, its name and a session.
    private static let arguments = [
        "agents show": "$1", "agents create": "new-$RANDOM --upstream stub", "agents delete": "$1 --yes-delete $2", "sessions show": "$3", "report": "$3",
        "login": "< cookie",
    ]

    @Test("--json prints an object or an array as docs/scripting.md says, --jsonl an object on each line; both together are refused")
    func json() async throws {
        var script = "echo $MASKER_SESSION > cookie\n"
        for (command, _) in Self.forms {
            for option in ["--json", "--jsonl"] {
                script += """
                    set -- $($T agents --limit 1 | cut -f1,2) $($T sessions --limit 1 --since 30d | cut -f1)
                    echo "== \(command) \(option)"
                    $T \(command) \(Self.arguments[command] ?? "") \(option) 2> errors || cat errors

                    """
            }
            script += "$T \(command) \(Self.arguments[command] ?? "") --json --jsonl 2> errors; echo \"== refused $?\"\n"
        }
        let output = try await run(script, mock: ["--sessions", "300"]).output
        let parts = output.components(separatedBy: "== ").dropFirst().map { $0.split(separator: "\n", maxSplits: 1).map(String.init) }
        try #require(Self.forms.count == 13 && parts.count == 3 * Self.forms.count)
        for (place, form) in Self.forms.enumerated() {
            let json = parts[3 * place], lines = parts[3 * place + 1], refused = parts[3 * place + 2]
            let value = try? JSONSerialization.jsonObject(with: Data((json.last ?? "").utf8))
            #expect(form.isArray ? value is [[String: Any]] : value is [String: Any], "\(json)")
            let objects = (lines.last ?? "").split(separator: "\n").map { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
            #expect(!objects.isEmpty && objects.allSatisfy { $0 != nil } && (form.isArray || objects.count == 1), "\(lines)")
            #expect(refused == ["refused 2"])
        }
    }

    @Test("an empty list is an array, and one report as well")
    func lists() async throws {
        #expect(try await run("$T agents --name nobody --json; $T agents --name nobody --jsonl").output == "[]\n")
        let saved = try await run("$T report $($T sessions --limit 1 --since 30d | cut -f1) --format both --json 2> /dev/null")
        let files = try #require(try JSONSerialization.jsonObject(with: Data(saved.output.utf8)) as? [[String: Any]])
        #expect(files.map { $0["format"] as? String } == ["json", "pdf"] && files.allSatisfy { ($0["file"] as? String)?.hasPrefix("/") == true })
    }

    // MARK: Times

    @Test("times have one form in lines with tabs and in JSON, with and without fractions from the server", arguments: ["", "--json", "--jsonl"])
    func times(format: String) async throws {
        let ends = ["21:14:32Z", "21:14:32.5Z", "21:14:32.481Z", "21:14:32.123456Z", "23:14:32+02:00"]
        let sessions = ends.enumerated().map { #"{"id":"sess_\#($0)","started_at":"2026-05-03T\#($1)"}"# }.joined(separator: ",")
        let server = try ScriptedServer([.sendAndClose(ScriptedServer.answer(#"{"data":[\#(sessions)],"next_cursor":null}"#))])
        let console = try #require(Program.built("masker-tui"))
        try await withDirectory { directory in
            let environment = ["HOME": directory, "MASKER_URL": server.origin, "MASKER_SESSION": "scripted-cookie"]
            let output = try await Program.run(console, ["sessions"] + (format.isEmpty ? [] : [format]), environment: environment).output
            let times = output.matches(of: /2026-05-03T([^"\t\n]*)/).map { String($0.1) }
            #expect(times == ["21:14:32.000Z", "21:14:32.500Z", "21:14:32.481Z", "21:14:32.123Z", "21:14:32.000Z"])
        }
    }

    // MARK: Width

    @Test("--help: COLUMNS=0 and rubbish are 80; narrow help keeps its descriptions", arguments: [
        "--help", "agents create --help", "sessions list --help", "help report", "--version",
    ])
    func help(command: String) async throws {
        let console = try #require(Program.built("masker-tui"))
        func run(_ script: String) async throws -> String {
            try await Program.run("/bin/bash", ["-c", script], environment: ["PATH": "/usr/bin:/bin", "T": console]).output
        }
        let script = """
            for c in 80 0 -1 wide 99999999999999999999; do COLUMNS=$c $T \(command) | sha256sum; done | sort -u | wc -l
            env -u COLUMNS $T \(command) | diff - <(COLUMNS=80 $T \(command))
            """
        #expect(try await run(script) == "1\n")
        let narrow = try await run("COLUMNS=20 $T \(command)")
        #expect(narrow.split(separator: "\n").allSatisfy { $0.count <= 20 })
        let letters = try await run("COLUMNS=200 $T \(command)").filter { !$0.isWhitespace }
        #expect(narrow.filter { !$0.isWhitespace } == letters)
    }

    @Test("on a terminal tables fit, in cells, and what is missing is named once; in a pipe they are whole")
    func terminal() async throws {
        var setup = RawTerminal.Setup()
        setup.columns = 200
        setup.environment["T"] = Program.built("masker-tui")
        setup.command = ["/bin/bash", "-c", #"""
            cd $HOME; shopt -u checkwinsize
            run() {
                for command in agents "sessions --since 30d --limit 150" config overview; do
                    echo "== $1 $command"
                    $T $command 2>> errors
                    echo "-- $(wc -l < errors)"
                    rm errors
                done
            }
            for width in 20 40 60 80 200; do stty cols $width; run $width; done
            stty cols 200
            export COLUMNS=60; run 60
            export COLUMNS=0; run 80
            export COLUMNS=20
            echo "== 1000 pipe"; $T agents 2>&1 | cat; echo "-- 0"
            echo "== 1000 one"; $T agents show "$($T agents --limit 1 | cut -f1)"; echo "-- 0"
            echo FINISHED
            """#]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("FINISHED")
            let parts = raw.terminal.text.replacingOccurrences(of: "\r", with: "").components(separatedBy: "== ").dropFirst()
            #expect(parts.count == 30)
            for part in parts {
                let lines = part.split(separator: "\n").prefix { !$0.hasPrefix("-- ") }.map(String.init)
                let width = try #require(lines[0].split(separator: " ").first.flatMap { Int($0) })
                for line in lines.dropFirst() { #expect(PrintableText(line).width <= width, "\(lines[0])") }
                let said = part.contains("-- 1\n") ? 1 : part.contains("-- 0\n") ? 0 : 2
                // Whether something is missing from the others depends on the values.
                let isCertain = lines[0].hasSuffix(" agents") || width < 200 && lines[0].contains(" sessions ")
                #expect(isCertain ? said == (width < 200 ? 1 : 0) : said < 2, "\(lines[0]): \(said)")
            }
            #expect(parts.contains { $0.hasPrefix("60 agents\nID ") && $0.contains("NAME") && !$0.contains("UPSTREAM") })
            #expect(parts.contains { $0.hasPrefix("1000 pipe") && $0.contains("\topenai:gpt-4o-mini\t") && !$0.contains("left out") })
            #expect(parts.contains { $0.hasPrefix("1000 one") && $0.contains("\n  http") && !$0.contains("…") })
        }
    }
}
