import Foundation
import TestSupport
import Testing

@Suite(.ownThread) struct ImportTests {
    /// Foundation brings its tables of all languages, 45 MB of them, and is loaded at every start.
    @Test("the console imports FoundationEssentials and never Foundation", arguments: ["TerminalKit", "MaskerTUI", "masker-tui", "MaskerAPI"])
    func noFoundation(target: String) throws {
        let sources = Repository.root.appendingPathComponent("Sources/\(target)")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var lines = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            let imports = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { $0.contains("import ") }
            lines += imports.count
            #expect(!imports.contains { $0.hasSuffix("import Foundation") }, "\(file.lastPathComponent)")
        }
        #expect(lines > 0)
    }
}
