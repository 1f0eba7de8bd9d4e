import Foundation
import TestSupport
import Testing

@Suite("docs/architecture.md", .ownThread)
struct ArchitectureDocumentTests {
    @Test("every file that it names exists, in the folder that it names")
    func files() throws {
        let text = try String(contentsOf: Repository.root.appendingPathComponent("docs/architecture.md"), encoding: .utf8)
        let named = Set(text.matches(of: /`([\w+\/]+\.(?:swift|c))`/).map { String($0.1) })
        #expect(named.count > 50)
        var paths = ["/Package.swift"]
        for folder in ["Sources", "Tests"] {
            let files = FileManager.default.enumerator(at: Repository.root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
            for case let file as URL in try #require(files) { paths.append(file.path) }
        }
        for name in named.sorted() { #expect(paths.contains { $0.hasSuffix("/" + name) }, "there is no \(name)") }
    }
}
