import Foundation
import TestSupport
import Testing

@Suite("How the release is built", .ownThread)
struct ReleaseBuildTests {
    @Test("promise 39: no library beside the program is loaded: every build of a release is without a run path, and packages are looked at")
    func runPath() throws {
        func text(_ name: String) throws -> String { try String(contentsOf: Repository.root.appendingPathComponent(name), encoding: .utf8) }
        let builds = try ["Makefile", "Benchmarks/quick/measuring.py"].map(text)
        for build in builds {
            let lines = build.split(separator: "\n").filter { $0.contains("static-swift-stdlib") }
            #expect(!lines.isEmpty && lines.allSatisfy { $0.contains("--disable-local-rpath") })
        }
        for script in try ["scripts/make-deb", "scripts/check-deb"].map(text) { #expect(script.contains("readelf -d") && script.contains("R(UN)?PATH")) }
    }
}
