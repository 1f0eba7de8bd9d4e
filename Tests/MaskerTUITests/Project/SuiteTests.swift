import Foundation
import TestSupport
import Testing

@Suite("How the suite is built", .ownThread)
struct SuiteTests {
    private static let tests = Repository.tests

    @Test("every suite runs its tests on threads of their own: one that computes holds up no other")
    func ownThreads() throws {
        var suites = 0
        let files = try #require(FileManager.default.enumerator(at: Self.tests, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            let heads = lines.filter { $0.hasPrefix("@Suite") }
            suites += heads.count
            #expect(heads.allSatisfy { $0.contains(".ownThread") }, "\(file.lastPathComponent)")
            if lines.contains(where: { $0.hasPrefix("    @Test") }) { #expect(!heads.isEmpty, "\(file.lastPathComponent) has tests outside of a suite") }
        }
        #expect(suites > 100)
    }

    @Test("each target of tests is in a layer of scripts/test")
    func layers() throws {
        let script = try String(contentsOf: Self.tests.appendingPathComponent("../scripts/test"), encoding: .utf8)
        let targets = try FileManager.default.contentsOfDirectory(atPath: Self.tests.path).filter { $0.hasSuffix("Tests") }
        #expect(targets.count == 6)
        for target in targets { #expect(script.contains(target), "\(target)") }
    }
}
