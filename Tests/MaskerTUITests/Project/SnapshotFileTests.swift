import Foundation
import TestSupport
import Testing

@Suite("Stored snapshots", .ownThread)
struct SnapshotFileTests {
    @Test("each is compared with by some test")
    func used() throws {
        let stored = try FileManager.default.contentsOfDirectory(atPath: Snapshot.folder.path)
        var names: Set<String> = []
        let folder = Snapshot.folder.deletingLastPathComponent()
        let sources = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        for case let source as URL in sources where source.pathExtension == "swift" {
            names.formUnion(Self.names(in: try String(contentsOf: source, encoding: .utf8)))
        }
        #expect(names.count > 50)
        for file in stored.sorted() where !names.contains(file.replacing(".txt", with: "")) {
            Issue.record("no test compares anything with \(file)")
        }
    }

    @Test("the names of snapshots in a source, with the sizes and windows that it gives")
    func reading() {
        let source = #"""
            @Test("x", arguments: [(60, 15), (80, 24)])
            console.expectSnapshot("menu", of: .dialog)
            console.expectSnapshot("agents-\(columns)x\(rows)-end")
            console.expectSnapshot("overview-\(window.rawValue)")
            Snapshot.expect("headers", text)
            """#
        #expect(Self.names(in: source) == [
            "menu", "agents-60x15-end", "agents-80x24-end", "overview-1h", "overview-24h", "overview-7d", "headers",
        ])
    }

    private static func names(in source: String) -> Set<String> {
        let sizes = source.matches(of: /\((\d+), (\d+)\)/).map { "\($0.1)x\($0.2)" }
        let names = source.matches(of: /(?:expectSnapshot|Snapshot\.expect)\("([^"]+)"/).map { String($0.1) }
        return names.reduce(into: []) { all, name in
            if name.contains(#"\(columns)x\(rows)"#) {
                all.formUnion(sizes.map { name.replacing(#"\(columns)x\(rows)"#, with: $0) })
            } else {
                all.formUnion(["1h", "24h", "7d"].map { name.replacing(#"\(window.rawValue)"#, with: $0) })
            }
        }
    }
}
