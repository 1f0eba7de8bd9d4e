import Foundation
import ArgumentParser
import TestSupport
import Testing

@testable import MaskerTUI
@testable import masker_tui

/// Files that are written from the declarations in the code, and kept beside it so that `make install` needs no build
/// of its own for them. `make docs` writes them anew.
@Suite("Generated files are what the declarations say", .ownThread)
struct GeneratedFileTests {
    static let root = Repository.root

    @Test("docs/keys.md")
    func keys() { expect("docs/keys.md", KeysDocument.text) }

    @Test("masker-tui(1)")
    func manual() throws { expect("docs/man/masker-tui.1", try ManualPage.text()) }

    @Test("masker-tui(5)")
    func configuration() { expect("docs/man/masker-tui.5", ConfigurationPage.text) }

    @Test("shell completions", arguments: [
        ("bash", "masker-tui.bash"), ("zsh", "_masker-tui"), ("fish", "masker-tui.fish"),
    ])
    func completions(shell: String, file: String) throws {
        let shell = try #require(CompletionShell(rawValue: shell))
        expect("docs/completions/\(file)", try Completions.script(for: shell))
    }

    @Test("the manual pages have their sections, every variable that the program reads, and a text of its own for each option")
    func manualSections() throws {
        let page = try ManualPage.text()
        let titles = page.split(separator: "\n").filter { $0.hasPrefix(".SH ") }.map { String($0.dropFirst(4)) }
        #expect(titles == [
            "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "KEYS", "COMMANDS IN THE CONSOLE", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO",
        ])
        #expect(page.contains(".SH DESCRIPTION\nMasker is a privacy layer"))
        for section in ["DESCRIPTION", "ENVIRONMENT", "FILES", "EXAMPLES"] { #expect(ConfigurationPage.text.contains(".SH \(section)\n")) }
        let environment = Set(ManualSections.environment.flatMap { $0.name.split(separator: ", ").map(String.init) })
        #expect(try Self.variables().subtracting(environment) == [])
        for name in ["read-only", "mouse"] {
            let arguments = try CommandDescription.current().ownSubcommands.flatMap(\.ownArguments)
            let texts = ["", "no-"].compactMap { prefix in arguments.first { $0.preferredName?.name == prefix + name }?.abstract }
            #expect(texts.count == 2 && texts[0] != texts[1])
        }
    }

    @Test("mandoc has nothing to say about the manual pages, but that they have no date", arguments: ["masker-tui.1", "masker-tui.5"])
    func lint(page: String) async throws {
        let result = try await Program.run("/usr/bin/mandoc", ["-Tlint", Self.root.appendingPathComponent("docs/man/" + page).path])
        #expect(result.output.split(separator: "\n").filter { !$0.contains("missing date") } == [])
    }

    /// The variables of the environment that the sources name.
    private static func variables() throws -> Set<String> {
        var names = Set(ConfigurationKey.all.flatMap(\.variables) + EnvironmentSecrets.names)
        let files = try #require(FileManager.default.enumerator(at: root.appendingPathComponent("Sources"), includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            guard !file.path.contains("Mock") else { continue }
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: /(?:environment\[|getenv\()"(\w+)"/) { names.insert(String(match.1)) }
        }
        return names
    }

    @Test("docs/scripting.md says of every command which form its JSON has, and lists the exit statuses")
    func jsonForms() throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("docs/scripting.md"), encoding: .utf8)
        let listed = text.matches(of: /\| `([a-z ]+)` \| an (?:object|array) \|/).map { String($0.1) }
        func commands(_ command: CommandDescription.Command, _ path: [String]) -> [String] {
            command.ownSubcommands.isEmpty ? [path.joined(separator: " ")] : command.ownSubcommands.flatMap { commands($0, path + [$0.commandName]) }
        }
        #expect(Set(listed) == Set(commands(try CommandDescription.current(), [])).subtracting(["console"]))
        for (status, _) in ExitStatus.meanings { #expect(text.contains("\n| \(status) | ")) }
    }

    @Test("every screen's keys are in the tables")
    func complete() throws {
        let folder = Self.root.appendingPathComponent("Sources/MaskerTUI")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var declared: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: /struct (\w+): (?:\w*Screen|DocumentDialog) \{/) { declared.insert(String(match.1)) }
        }
        #expect(declared.count > 10)
        #expect(declared.subtracting(KeyTables.all.reduce(into: []) { $0.formUnion($1.screens) }) == [])
    }

    @Test("a key has one meaning at a time; a page takes none that works everywhere but r, to refresh in its own way")
    func unambiguous() {
        for table in KeyTables.all {
            #expect(!table.keys.isEmpty, "\(table.title)")
            for state in table.states {
                let keys = state.flatMap(\.keys)
                #expect(keys.count == Set(keys).count, "\(table.title): \(keys.map(\.name).sorted())")
                let taken = Set(keys).intersection(KeyTables.everywhere.keys.flatMap(\.keys)).subtracting([.character("r")])
                #expect(!table.isPage || taken.isEmpty, "\(table.title): \(taken.map(\.name))")
            }
        }
    }

    private func expect(_ path: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        StoredText.expect(
            text.hasSuffix("\n") ? text : text + "\n", in: Self.root.appendingPathComponent(path), recordedBy: "RECORD_DOCS",
            missing: "there is no \(path): make docs", differs: "\(path) is not up to date: make docs", sourceLocation: sourceLocation)
    }
}
