import Foundation
import TestSupport
import Testing

@Suite("docs/promises.md", .ownThread)
struct PromisesTests {
    private static let tests = Repository.tests

    /// The promises' numbers, each with the files of tests that its row names.
    private func rows() throws -> [(number: String, files: [String])] {
        let text = try String(contentsOf: Self.tests.appendingPathComponent("../docs/promises.md"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 5, Int(cells[0]) != nil else { return nil }
            return (cells[0], cells[2].split(separator: "`").map(String.init).filter { $0.hasSuffix("Tests") })
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
}
