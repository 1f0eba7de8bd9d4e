import Foundation
import TestSupport
import Testing

@Suite("docs/promises.md", .ownThread)
struct PromisesTests {
    private static let tests = Repository.tests

    /// The promises' numbers, each with the files of tests and the guards that its row names.
    private func rows() throws -> [(number: String, files: [String], guards: [String])] {
        let text = try String(contentsOf: Self.tests.appendingPathComponent("../docs/promises.md"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 5, Int(cells[0]) != nil else { return nil }
            let names = [cells[2], cells[4]].map { $0.matches(of: /`([^`]+)`/).map { String($0.output.1) } }
            return (cells[0], names[0].filter { $0.hasSuffix("Tests") }, names[1])
        }
    }

    @Test("41 rows, and each file that a row names has a test with the promise's number")
    func named() throws {
        let all = try #require(FileManager.default.enumerator(at: Self.tests, includingPropertiesForKeys: nil))
        let files = all.compactMap { $0 as? URL }
        let rows = try rows()
        #expect(rows.map(\.number) == (1...41).map(String.init))
        for row in rows {
            #expect(!row.files.isEmpty, "promise \(row.number)")
            for file in row.files {
                let source = files.first { $0.lastPathComponent == "\(file).swift" }
                let text = try source.map { try String(contentsOf: $0, encoding: .utf8) } ?? ""
                let numbers = text.matches(of: /"promise ([0-9, ]+):/).flatMap { $0.output.1.split(separator: ", ") }
                #expect(numbers.contains { $0 == row.number }, "promise \(row.number) in \(file)")
            }
        }
    }

    @Test("each guard is a patch of its promise that says what it guards and which tests must fail, and each patch is in its promise's row")
    func guards() throws {
        let folder = Self.tests.appendingPathComponent("Guards"), rows = try rows()
        for row in rows { #expect(!row.guards.isEmpty, "promise \(row.number)") }
        let patches = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(patches.sorted() == rows.flatMap(\.guards).map { $0 + ".patch" }.sorted())
        for row in rows {
            for name in row.guards {
                let text = try? String(contentsOf: folder.appendingPathComponent(name + ".patch"), encoding: .utf8)
                let lines = (text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
                let head = lines.prefix { !$0.isEmpty }, added = lines.filter { $0.hasPrefix("+") }
                #expect(head.first == "promise: \(row.number)" && name.hasPrefix(row.number.count == 1 ? "0\(row.number)-" : "\(row.number)-"), "\(name)")
                #expect(head.count { $0.hasPrefix("guard: ") && $0.hasSuffix(".") } == 1 && head.contains { $0.hasPrefix("fails: ") }, "\(name)")
                // Another name would take nothing away.
                #expect(added.contains { $0.contains("(\"\(name)\")") }, "\(name)")
            }
        }
    }
}
