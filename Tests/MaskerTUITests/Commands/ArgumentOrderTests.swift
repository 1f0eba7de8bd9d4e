import ArgumentParser
import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
@testable import masker_tui

@Suite("Options before and after the words of a command", .ownThread)
struct ArgumentOrderTests {
    private static let order = ArgumentOrder(
        commands: [.init(name: "whoami"), .init(name: "agents", subcommands: [.init(name: "list"), .init(name: "show")]), .init(name: "help")],
        valued: ["--url", "--name", "--output", "-o"], flags: ["--json", "--restricted", "-h"])

    @Test("the words of the command come first, the options keep their order, and values stay with their options", arguments: [
        (["--url", "X", "whoami"], ["whoami", "--url", "X"]),
        (["--url=X", "agents", "--json", "show", "ID"], ["agents", "show", "--url=X", "--json", "ID"]),
        (["--json", "--url", "X", "agents"], ["agents", "--json", "--url", "X"]),
        (["whoami", "--url", "X"], ["whoami", "--url", "X"]),
        (["-o", "whoami", "agents", "show"], ["agents", "show", "-o", "whoami"]),
        // A value that is called like a command.
        (["--url", "whoami", "agents"], ["agents", "--url", "whoami"]),
        (["agents", "--name", "show"], ["agents", "--name", "show"]),
        (["agents", "--name", "list", "show", "ID"], ["agents", "show", "--name", "list", "ID"]),
        // What follows the command belongs to it.
        (["agents", "show", "list"], ["agents", "show", "list"]),
        (["whoami", "agents"], ["whoami", "agents"]),
        // A separator ends the options, also where an option needs a value.
        (["--", "whoami"], ["--", "whoami"]), (["agents", "--", "--url="], ["agents", "--", "--url="]),
        (["--url", "--", "whoami"], ["--url", "--", "whoami"]), (["--json", "whoami", "--url", "--", "agents"], ["whoami", "--json", "--url", "--", "agents"]),
        // The parser refuses these itself.
        (["--url"], ["--url"]), (["--nonsense", "whoami"], ["whoami", "--nonsense"]),
        ([], []), (["-h"], ["-h"]), (["--help", "agents"], ["agents", "--help"]), (["help", "agents", "show"], ["help", "agents", "show"]),
    ] as [([String], [String])])
    func order(given: [String], expected: [String]) throws { #expect(try Self.order.normalised(given) == expected) }

    @Test("--option= has the empty value, wherever it stands; the argument after it is not its value", arguments: [
        (["agents", "show", "--url=", "ID"], ["agents", "show", "--url", "", "ID"]),
        (["--url=", "whoami"], ["whoami", "--url", ""]), (["whoami", "-o="], ["whoami", "-o", ""]),
        (["--name=", "--url=", "agents"], ["agents", "--name", "", "--url", ""]),
        (["--name=a=", "agents"], ["agents", "--name=a="]), (["--name==", "agents"], ["agents", "--name=="]), (["--unknown=", "whoami"], ["whoami", "--unknown="]),
    ] as [([String], [String])])
    func empty(given: [String], expected: [String]) throws { #expect(try Self.order.normalised(given) == expected) }

    @Test("an empty value of an option without values is refused", arguments: [["--json=", "whoami"], ["whoami", "--restricted="], ["agents", "show", "-h=", "ID"]])
    func flags(given: [String]) { #expect(throws: ArgumentOrder.Problem.self) { try Self.order.normalised(given) } }

    @Test("a word that is no command is refused, and the commands are named", arguments: [
        (["whomai"], "there is no command “whomai”; did you mean “whoami”?"),
        (["--json", "--url", "X", "zzz"], "there is no command “zzz”; the commands are whoami, agents, help"),
        (["agents", "--json", "shwo", "ID"], "there is no command “agents shwo”; did you mean “show”?"), (["-"], "there is no command “-”"), ([""], "there is no command “”"),
    ] as [([String], String)])
    func unknown(given: [String], sentence: String) {
        #expect { try Self.order.normalised(given) } throws: { ($0 as? ArgumentOrder.Problem)?.sentence.hasPrefix(sentence) == true }
    }

    // MARK: With the real command line

    private static func whole() throws -> ArgumentOrder { ArgumentOrder(try CommandDescription.current()) }

    private static func words(_ command: ParsableCommand.Type) -> [ArgumentOrder.Command] {
        command.configuration.subcommands.map { ArgumentOrder.Command(name: $0.configuration.commandName ?? "", subcommands: words($0)) }
    }

    @Test("the same command is read whether its options stand before its words, among them or after them", arguments: [
        (["--url", "http://h", "whoami"], ["whoami", "--url", "http://h"]),
        (["--url=http://h", "--no-store", "agents", "--limit", "3", "list"], ["agents", "list", "--url=http://h", "--no-store", "--limit", "3"]),
        (["agents", "--json", "show", "ID"], ["agents", "show", "ID", "--json"]),
        (["--format", "pdf", "-o", "x", "report", "sess_1"], ["report", "sess_1", "--format", "pdf", "-o", "x"]),
        (["--status", "error", "--ca-file", "f", "sessions"], ["sessions", "--status", "error", "--ca-file", "f"]),
        (["--restricted", "--theme", "monochrome", "console"], ["console", "--restricted", "--theme", "monochrome"]),
        (["--since", "1h", "overview"], ["overview", "--since", "1h"]),
        (["--name=", "agents"], ["agents", "--name", ""]),
    ] as [([String], [String])])
    func both(before: [String], after: [String]) throws {
        #expect("\(try MaskerCommand.command(for: before))" == "\(try MaskerCommand.command(for: after))")
    }

    @Test("an option of another command is refused before the words, as it is after them", arguments: [
        ["--theme", "monochrome", "whoami"], ["--read-only", "agents", "delete", "x", "--yes-delete", "x"], ["--payloads", "sessions"], ["--manifest", "health"],
    ])
    func foreign(arguments: [String]) { #expect(throws: (any Error).self) { try MaskerCommand.command(for: arguments) } }

    /// Words of which command lines are made, with options of every kind, commands, values and what a user might try.
    private static let vocabulary = [
        "--url", "--url=", "--url=x", "--json", "--json=", "--restricted", "--restricted=", "--restricted=false", "--no-restricted", "--restrict", "-restricted",
        "--", "-", "", "-o", "-o=", "-oh", "--log", "--log=", "--profile", "whoami", "agents", "list", "show", "delete", "sessions", "console", "help", "report", "config", "--name",
        "--name=--restricted", "--name=", "--yes-delete", "ID", "-c", "--version", "--theme", "--limit", "3",
    ]

    @Test("where the order needs no look, it is the right one; nothing is lost, and nothing behind “--” moves")
    func random() throws {
        let order = try Self.whole(), words = Self.words(MaskerCommand.self) + [ArgumentOrder.Command(name: "help")]
        let seed = SeededGenerator.newSeed()
        var random = SeededGenerator(seed)
        for _ in 0..<Soak.count(3_000, soak: 100_000) {
            let given = (0..<Int.random(in: 0...7, using: &random)).map { _ in Self.vocabulary.randomElement(using: &random) ?? "" }
            guard let ordered = try? order.normalised(given) else {
                #expect(ArgumentOrder.isNeeded(for: given, words) || given.contains { $0.hasPrefix("-") }, "seed \(seed): \(given)")
                continue
            }
            if !ArgumentOrder.isNeeded(for: given, words) { #expect(ordered == given, "seed \(seed): \(given)") }
            func letters(_ arguments: [String]) -> [Character] { arguments.joined().filter { $0 != "=" }.sorted() }
            #expect(letters(ordered) == letters(given), "seed \(seed): \(given)")
            if let end = given.firstIndex(of: "--") { #expect(Array(ordered.suffix(given.count - end)) == Array(given[end...]), "seed \(seed): \(given)") }
        }
    }

    @Test("promise 39: whatever stands around --restricted, a command is restricted or refused")
    func restricted() throws {
        let seed = SeededGenerator.newSeed()
        let order = try Self.whole()
        var random = SeededGenerator(seed)
        for _ in 0..<Soak.count(200, soak: 20_000) {
            var given = (0..<Int.random(in: 0...5, using: &random)).map { _ in Self.vocabulary.randomElement(using: &random) ?? "" }
            given.insert("--restricted", at: Int.random(in: 0...given.count, using: &random))
            guard let command = try? MaskerCommand.command(for: given, order) else { continue }
            #expect((command as? any ConnectingCommand)?.connection.restricted == true, "seed \(seed): \(given)")
        }
        for given in [
            ["--restricted", "whoami"], ["whoami", "--restricted"], ["agents", "--restricted", "show", "ID"], ["--restricted", "report", "sess_1", "-o", "x"], ["--restricted"],
        ] {
            #expect((try MaskerCommand.command(for: given) as? any ConnectingCommand)?.connection.restricted == true)
        }
        for given in [
            ["agents", "show", "--", "--restricted"], ["report", "sess_1", "--", "--restricted"], ["--restricted=", "whoami"], ["whoami", "--restricted=off"], ["--restrict", "whoami"],
            ["whoami", "--log", "--restricted"], ["-restricted", "whoami"], ["--no-restricted", "whoami"], ["--restricted", "--no-restricted", "whoami"],
        ] {
            #expect(throws: (any Error).self, "\(given)") { try MaskerCommand.command(for: given) }
        }
    }

    @Test("what the order takes for granted: default commands have options only, no option is a flag elsewhere, and every command has its name")
    func assumptions() throws {
        var valued: Set<String> = [], flags: Set<String> = []
        func check(_ command: CommandDescription.Command) {
            for argument in command.arguments ?? [] {
                let names = (argument.names ?? []).map(\.text)
                if argument.kind == "option" { valued.formUnion(names) } else { flags.formUnion(names) }
            }
            if let name = command.defaultSubcommand {
                let whole = command.subcommands?.first { $0.commandName == name }
                #expect(whole?.ownArguments.allSatisfy { $0.kind != "positional" } == true, "\(name)")
            }
            command.subcommands?.forEach(check)
        }
        let root = try CommandDescription.current()
        check(root)
        #expect(valued.intersection(flags) == [] && valued.count > 15)
        #expect(Self.words(MaskerCommand.self).map(\.name) + ["help"] == (root.subcommands ?? []).map(\.commandName))
    }
}

@Suite("Values of options, and help", .ownThread)
struct OptionValueTests {
    private static func refusal(_ arguments: [String]) -> String? {
        do {
            _ = try MaskerCommand.command(for: arguments)
            return nil
        } catch let failure as CommandFailure {
            return failure.sentence
        } catch {
            return MaskerCommand.exitCode(for: error).isSuccess ? nil : MaskerCommand.fullMessage(for: error)
        }
    }

    @Test("a bad value is refused before anything is sent, and what is taken is named", arguments: [
        (["sessions", "--status", "bad"], "it takes ok, error or partial"), (["sessions", "--status", "OK"], "it takes ok, error or partial"),
        (["sessions", "--status="], "it takes ok, error or partial"),
        (["sessions", "--since", "-1d"], "--since"),
        (["sessions", "--min-redactions", "x"], "a whole number from 0"), (["sessions", "--min-redactions=-3"], "a whole number from 0"),
        (["sessions", "--min-redactions", "1.5"], "a whole number from 0"),
        (["sessions", "--limit", "0"], "a whole number from 1, or all"), (["agents", "--limit", "-5"], "--limit"), (["agents", "--limit=-5"], "a whole number from 1, or all"),
        (["agents", "--limit", "ALL"], "a whole number from 1, or all"), (["agents", "--limit", "99999999999999999999"], "a whole number from 1, or all"),
        (["sessions", "--agent="], "the id of an agent, its name, or a part of its name"), (["agents", "show", ""], "the id of an agent"),
        (["agents", "delete", "", "--yes-delete", "x"], "its whole name"), (["agents", "delete", "x", "--yes-delete="], "it takes a name"),
        (["overview", "--since", "2h"], "'1h', '24h' or '7d'"), (["overview", "--since="], "'1h', '24h' or '7d'"),
        (["report", "sess_1", "--format", "x"], "'pdf', 'json' or 'both'"), (["report", "sess_1", "-o", ""], "it takes a path"), (["sessions", "show", ""], "such as sess_"),
        (["agents", "create", "x", "--upstream="], "openai:gpt-4o-mini, openai:gpt-4o or stub"),
        (["agents", "create", "x", "--upstream", "stub", "--policy="], "it takes a name"), (["agents", "create", "x", "--upstream", "stub", "--policy-file="], "it takes a path"),
    ] as [([String], String)])
    func bad(arguments: [String], taken: String) {
        let refusal = Self.refusal(arguments)
        #expect(refusal?.contains(taken) == true, "\(refusal ?? "accepted")")
    }

    @Test("good values are taken as they are")
    func good() throws {
        let list = try #require(try MaskerCommand.command(for: ["sessions", "--status", "partial", "--min-redactions", "0"]) as? SessionsCommand.List)
        #expect(list.status == .partial && list.minRedactions == 0)
    }

    /// Options whose values are checked when the settings are read, and one for which the empty text is a value.
    private static let checkedLater: Set<String> = ["--url", "--profile", "--ca-file", "--connect-timeout", "--log", "--name", "--tokenization"]

    @Test("every option of every command refuses the empty value, or is checked later")
    func empty() throws {
        func check(_ command: CommandDescription.Command, _ path: [String]) {
            guard command.ownSubcommands.isEmpty else { return command.ownSubcommands.forEach { check($0, path + [$0.commandName]) } }
            guard path != ["console"], path != ["config"] else { return }
            for argument in command.ownArguments where argument.kind == "option" {
                guard let name = argument.preferredName?.text, !Self.checkedLater.contains(name) else { continue }
                let refusal = Self.refusal(path + ["\(name)="])
                #expect(refusal?.contains("it takes ") == true || refusal?.contains("Please provide one of") == true, "\(path) \(name): \(refusal ?? "accepted")")
            }
        }
        check(try CommandDescription.current(), [])
    }

    @Test("the help of a command lists the options of its default command", arguments: [
        (["sessions", "--help"], ["--status", "--since", "--agent", "--min-redactions", "--limit"]), (["help", "sessions"], ["--status", "--limit"]), (["--help", "agents"], ["--name", "--limit"]),
        (["--help"], ["--theme", "--refresh", "--url"]), (["-h"], ["--theme"]), (["sessions", "list", "--help"], ["--status"]),
    ] as [([String], [String])])
    func help(arguments: [String], options: [String]) {
        for columns in [80, 200, 100_000] {
            do {
                // The parser gives the help of “help agents” when that command is run.
                var command = try MaskerCommand.command(for: arguments)
                try command.run()
                Issue.record("no help for \(arguments)")
            } catch {
                let text = MaskerCommand.help(MaskerCommand.fullMessage(for: error, columns: columns), columns: columns)
                for option in options { #expect(text.contains("\n  \(option) "), "\(arguments) \(columns): \(text)") }
                #expect(text.components(separatedBy: "\n  --url ").count <= 2)
            }
        }
        #expect(MaskerCommand.help("something else", columns: 80) == "something else")
    }
}
