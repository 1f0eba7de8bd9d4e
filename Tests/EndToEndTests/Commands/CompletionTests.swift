import Foundation
import TestSupport
import Testing

/// Asks the real shells what they offer behind a command line. `make set-up` and `make test` install them.
@Suite("Completion in bash, zsh and fish", .ownThread)
struct CompletionTests {
    /// A command line up to the cursor, what is offered (all of it when `isAll`), and what is not.
    private struct Case {
        var line: String
        var offered: [String]
        var isAll = false
        var not: [String] = []
    }

    private static func cases(_ directory: String) -> [Case] {
        [
            Case(line: "masker-tui ", offered: ["agents", "sessions", "report", "config", "help"], not: ["--url"]),
            Case(line: "masker-tui ag", offered: ["agents"], isAll: true),
            Case(line: "masker-tui --re", offered: ["--restricted", "--refresh", "--read-only", "--reports"], isAll: true),
            Case(line: "masker-tui --no-", offered: ["--no-store", "--no-read-only", "--no-mouse"], isAll: true),
            Case(line: "masker-tui --url https://h --re", offered: ["--refresh", "--read-only"], not: ["--url"]),
            Case(line: "masker-tui --url https://h:8080 ag", offered: ["agents"], isAll: true),
            Case(line: "masker-tui --plain --theme h", offered: ["high-contrast"], isAll: true),
            Case(line: "masker-tui sessions --st", offered: ["--status"], isAll: true),
            Case(line: "masker-tui sessions list --st", offered: ["--status"], isAll: true),
            Case(line: "masker-tui sessions --agent x --js", offered: ["--json", "--jsonl"], isAll: true),
            Case(line: "masker-tui sessions --json --url https://h --min", offered: ["--min-redactions"], isAll: true),
            Case(line: "masker-tui agents --na", offered: ["--name"], isAll: true),
            Case(line: "masker-tui agents show x --pay", offered: [], isAll: true),
            Case(line: "masker-tui --url https://h sessions show x --pay", offered: ["--payloads"], isAll: true),
            Case(line: "masker-tui agents ", offered: ["list", "show", "create", "delete"], not: ["whoami"]),
            Case(line: "masker-tui help agents ", offered: ["list", "show", "create", "delete"], isAll: true),
            Case(line: "masker-tui report x --form", offered: ["--format"], isAll: true),
            // Values.
            Case(line: "masker-tui --theme ", offered: ["default", "high-contrast", "monochrome", "color-blind"], isAll: true),
            Case(line: "masker-tui console --theme ", offered: ["default", "high-contrast", "monochrome", "color-blind"], isAll: true),
            Case(line: "masker-tui config --confirm ", offered: ["name", "id"], isAll: true),
            Case(line: "masker-tui sessions --status ", offered: ["ok", "error", "partial"], isAll: true),
            Case(line: "masker-tui --url https://h sessions list --limit 5 --status e", offered: ["error"], isAll: true),
            Case(line: "masker-tui sessions --since ", offered: ["1h", "24h", "7d", "30d", "today", "yesterday"], isAll: true),
            Case(line: "masker-tui overview --since ", offered: ["1h", "24h", "7d"], isAll: true),
            Case(line: "masker-tui report x --format ", offered: ["pdf", "json", "both"], isAll: true),
            Case(line: "masker-tui agents create n --upstream openai", offered: ["openai:gpt-4o-mini", "openai:gpt-4o"], isAll: true),
            Case(line: "masker-tui agents create n --tokenization r", offered: ["reversible-aead"], isAll: true),
            Case(line: "masker-tui --time-zone ", offered: ["utc", "local"], isAll: true),
            // What cannot be known is not offered: no files in place of a name.
            Case(line: "masker-tui --profile ", offered: [], isAll: true),
            Case(line: "masker-tui sessions --agent ", offered: [], isAll: true),
            // Files, and directories alone where a directory is wanted.
            Case(line: "masker-tui --ca-file \(directory)/a", offered: ["a.pem", "auth"], isAll: true),
            Case(line: "masker-tui agents --ca-file \(directory)/a", offered: ["a.pem", "auth"], isAll: true),
            Case(line: "masker-tui agents create n --policy-file \(directory)/p", offered: ["policy.yaml"], isAll: true),
            Case(line: "masker-tui report x -o \(directory)/a", offered: ["a.pem", "auth"], isAll: true),
            Case(line: "masker-tui report x --output \(directory)/p", offered: ["policy.yaml"], isAll: true),
            Case(line: "masker-tui --reports \(directory)/a", offered: ["auth"], isAll: true),
        ]
    }

    @Test("options of default subcommands, values and files, before and behind a subcommand, with unset variables as errors", arguments: [
        ("bash", "set -u"), ("bash", "set -eu; set -o posix"), ("zsh", ""), ("fish", ""),
    ])
    func offers(shell: String, settings: String) async throws {
        try await withDirectory { directory in
            for name in ["a.pem", "policy.yaml"] { try Data().write(to: URL(fileURLWithPath: directory + "/" + name)) }
            try FileManager.default.createDirectory(atPath: directory + "/auth", withIntermediateDirectories: false)
            let cases = Self.cases(directory)
            let found = try await Self.ask(shell, settings, cases.map(\.line), directory)
            try #require(found.count == cases.count, "\(found)")
            for (asked, found) in zip(cases, found) {
                // bash offers the whole path, zsh its last part, fish a directory with its slash.
                let names = Set(found.map { ($0.hasSuffix("/") ? String($0.dropLast()) : $0).split(separator: "/").last.map(String.init) ?? $0 })
                let missing = asked.offered.filter { !names.contains($0) }
                let wrong = asked.isAll ? Array(names.subtracting(asked.offered)) : asked.not.filter(names.contains)
                #expect(missing.isEmpty && wrong.isEmpty, "\(asked.line): \(found)")
            }
        }
    }

    @Test("bash: the rest of a word behind = and :, with and without them as ends of words")
    func wordBreaks() async throws {
        let lines = ["--theme = hi", "--theme =", "agents create n --upstream openai : gpt-4o-", "--url https : //h : 80 sess"]
        let expected = [["high-contrast"], ["default", "high-contrast", "monochrome", "color-blind"], ["gpt-4o-mini"], ["sessions"]]
        #expect(try await Self.ask("bash", "set -u", lines.map { "masker-tui " + $0 }, "/") == expected)
        let whole = ["masker-tui --theme=hi", "masker-tui --upstream=openai:gpt-4o-"]
        #expect(try await Self.ask("bash", "set -u", whole, "/") == [["--theme=high-contrast"], ["--upstream=openai:gpt-4o-mini"]])
    }

    @Test("bash at a prompt: a file with a blank, in quotes and without, behind a blank and behind =")
    func prompt() async throws {
        try await withDirectory { directory in
            try Data().write(to: URL(fileURLWithPath: directory + "/x y.pem"))
            let environment = ["PATH": "/usr/bin:/bin", "TERM": "dumb", "HOME": directory]
            let terminal = try PseudoTerminal(["/bin/bash", "--norc", "-i"], environment: environment, columns: 200)
            defer { terminal.stop() }
            terminal.send("set -u; cd \(directory); source \(Self.file("masker-tui.bash").path)\n")
            terminal.send("masker-tui() { printf '<%s>' \"$@\"; }; printf 'READ''Y\\n'\n")
            try await terminal.expect("READY")
            for typed in ["--ca-file x", "--ca-file 'x", "--ca-file \"x y", "--ca-file=x", "--ca-file x\\ "] {
                terminal.forgetOutput()
                terminal.send("masker-tui \(typed)\t\n")
                try await terminal.expect(typed.contains("=") ? "<--ca-file=x y.pem>" : "<--ca-file><x y.pem>")
            }
            terminal.send("exit\n")
            try await terminal.expectEnd()
        }
    }

    @Test("the program prints the same scripts", arguments: [("bash", "masker-tui.bash"), ("zsh", "_masker-tui"), ("fish", "masker-tui.fish")])
    func script(shell: String, file: String) async throws {
        let console = try #require(Program.built("masker-tui"))
        let stored = try String(contentsOf: Self.file(file), encoding: .utf8)
        for option in [["--generate-completion-script", shell], ["--generate-completion-script=" + shell]] {
            let printed = try await Program.run(console, option)
            #expect(printed.status == 0 && printed.output == stored)
        }
    }

    private static func file(_ name: String) -> URL { Repository.root.appendingPathComponent("docs/completions/" + name) }

    /// What the shell offers for each of the lines.
    private static func ask(_ shell: String, _ settings: String, _ lines: [String], _ directory: String) async throws -> [[String]] {
        let folder = directory == "/" ? NSTemporaryDirectory() + "masker-completion-\(UUID().uuidString)" : directory + "/.scripts"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["masker-tui.bash", "_masker-tui", "masker-tui.fish"] {
            try FileManager.default.copyItem(at: file(name), to: URL(fileURLWithPath: folder + "/" + name))
        }
        let script = folder + "/ask"
        try Data((shell == "bash" ? bash(settings) : shell == "zsh" ? zsh : fish).utf8).write(to: URL(fileURLWithPath: script))
        try Data(zshPrompt.utf8).write(to: URL(fileURLWithPath: folder + "/prompt.zsh"))
        let program = shell == "bash" ? "/bin/bash" : "/usr/bin/" + shell
        let options = ["bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]][shell] ?? []
        let result = try await Program.run(
            program, options + [script, folder] + lines, environment: ["PATH": "/usr/bin:/bin", "HOME": folder, "TERM": "dumb", "LC_ALL": "C.UTF-8"])
        try #require(result.status == 0, "\(result)")
        // A line “.” ends the candidates of a command line.
        let printed = result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return printed.split(separator: ".", omittingEmptySubsequences: false).dropLast()
            .map { candidates in candidates.map(String.init).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
    }

    /// The words of a line, as bash's line editor has split it, are in `COMP_WORDS`.
    private static func bash(_ settings: String) -> String {
        #"""
        \#(settings)
        source "$1/masker-tui.bash"
        shift
        for line; do
            read -r -a COMP_WORDS <<< "$line"
            case "$line" in *' ') COMP_WORDS+=('') ;; esac
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            COMPREPLY=()
            _masker_tui
            [ "${#COMPREPLY[@]}" -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
            echo .
        done
        """#
    }

    private static let fish = #"""
        source $argv[1]/masker-tui.fish
        for line in $argv[2..]
            complete -C"$line" | string replace -r '\t.*' ''
            echo .
        end
        """#

    /// Types each line in a shell of its own, at whose prompt Tab prints what is offered.
    private static let zsh = #"""
        zmodload zsh/zpty
        zpty inner zsh -f -i
        until_text() { local text; zpty -r inner text "*$1*"; print -r -- "${text//$'\r'/}" }
        zpty -w inner "folder=${(q)1}; source ${(q)1}/prompt.zsh"
        until_text READY > /dev/null
        shift
        for line; do
            zpty -w -n inner "$line"$'\t'
            until_text DONE | sed -n 's/^<\(.*\)>$/\1/p'
            print .
            zpty -w -n inner $'\C-u'
        done
        zpty -d inner
        """#

    private static let zshPrompt = #"""
        PS1=
        fpath=($folder $fpath)
        autoload -Uz compinit && compinit -u -D
        setopt nounset
        compadd() {
            # With these options nothing is offered.
            if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
            local -a found
            builtin compadd -A found "$@"
            builtin compadd "$@" || return
            print -r
            print -rl -- "<"${^found}">"
        }
        offer() {
            _main_complete
            compstate[insert]='' compstate[list]=''
            print -r -- $'\n'DONE
        }
        zle -C offer complete-word offer
        bindkey '^I' offer
        print READ"Y"
        """#
}
