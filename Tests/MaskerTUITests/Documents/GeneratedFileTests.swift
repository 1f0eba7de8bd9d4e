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
