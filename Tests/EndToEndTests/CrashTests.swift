import Foundation
import TestSupport
import Testing

@Suite("Crashes", .ownThread)
struct CrashTests {
    @Test("promise 23: whatever crashes, on whatever thread: the terminal is as it was, and nothing is told",
        arguments: ["fatalError", "bounds", "nil", "overflow", "abort", "segv", "stack"], ["main", "other"])
    func traps(kind: String, thread: String) async throws {
        let probe = try #require(Program.built("crash-probe"))
        // Swift's own helper would print what is in memory, and wait for a key; a hostile one would run.
        let hostile = ["SWIFT_BACKTRACE": "enable=yes,interactive=yes,swift-backtrace=/bin/echo"]
        let terminal = try PseudoTerminal([probe, kind, thread], environment: ["PATH": "/usr/bin:/bin"].merging(hostile) { $1 })
        defer { terminal.stop() }
        let status = try await terminal.expectEnd()
        #expect([SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS].map { 128 + $0 }.contains(status), "ended by its signal, not \(status)")
        #expect(terminal.attributes == terminal.attributesBefore)
        let after = terminal.text.components(separatedBy: "PHI-MARKER")
        #expect(after.count == 2, "shown once, on the screen that is gone; nowhere else")
        #expect(after.last?.contains("\u{1B}[?1049l") == true && after.last?.contains("stopped because of a defect") == true)
        #expect(after.last?.contains("Fatal error") == false && after.last?.contains("Backtrace") == false)
    }
}
