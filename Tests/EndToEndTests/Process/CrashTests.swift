import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Crashes", .ownThread)
struct CrashTests {
    @Test("promise 23: after a crash on any thread the terminal is as before, and nothing secret is printed",
        arguments: ["fatalError", "bounds", "nil", "overflow", "abort", "segv", "stack"], ["main", "other"])
    func traps(kind: String, thread: String) async throws {
        let probe = try #require(Program.built("crash-probe"))
        // Swift's own helper would print memory contents and wait for a key; a hostile helper would be started.
        let hostile = ["SWIFT_BACKTRACE": "enable=yes,interactive=yes,swift-backtrace=/bin/echo"]
        let terminal = try PseudoTerminal([probe, kind, thread], environment: ["PATH": "/usr/bin:/bin"].merging(hostile) { $1 })
        defer { terminal.stop() }
        let status = try await terminal.expectEnd()
        #expect([SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS].map { 128 + $0 }.contains(status), "ended by its signal, not \(status)")
        #expect(terminal.attributes == terminal.attributesBefore)
        let after = terminal.text.components(separatedBy: "PHI-MARKER")
        #expect(after.count == 2, "shown once, on the screen that is gone; nowhere else")
        #expect(after.last?.contains("\u{1B}[?1049l") == true && after.last?.contains("crashed because of a bug") == true)
        #expect(after.last?.contains("Fatal error") == false && after.last?.contains("Backtrace") == false)
    }
    @Test("promise 23: each thread of the console has a separate stack for signals, for when its own is full")
    func signalStacks() async throws {
        // Starts like the console, but without a terminal. Nothing is sent.
        let url = ["url": ConfiguredValue(text: "http://127.0.0.1:9", origin: .standard), "no_store": ConfiguredValue(text: "on", origin: .standard)]
        let sources = ConfigurationSources(options: url)
        let start = ConnectionChoices.Start(
            environment: [:], sources: sources, logins: LoginSessionsByHost(nil, url: nil), fixed: AdministratorConfiguration())
        let visit = try ConsoleRun.ProfileRun(start, sources.configuration())
        let client = visit.parts.client, settings = ConsoleSettings(host: client.host.authority, signInURL: client.host.signInURL)
        let archive = AgentBackupStore(directory: nil, host: settings.host)
        let runner = EffectRunner(client: client, mailbox: Mailbox(), archive: archive, settings: settings, work: visit.work)
        defer {
            visit.watchdog.stop()
            visit.parts.transport.shutDown()
            runner.finish()
        }
        let network = try #require(visit.parts.transport.executor)
        let threads: [(String, any TaskExecutor)] = [
            ("network", network), ("work", visit.work), ("reports", runner.diskWork), ("copying", runner.copyWork),
        ]
        for (name, thread) in threads {
            let size = await Task(executorPreference: thread) { Self.signalStackSize }.value
            #expect(size >= 64 << 10, "\(name)")
        }
        let plain = WorkThread()
        #expect(await Task(executorPreference: plain) { Self.signalStackSize }.value == 0, "no thread has one by itself")
        plain.stop()
    }

    /// The signal stack's size of the calling thread; 0 without one.
    private static var signalStackSize: Int {
        var stack = stack_t()
        guard sigaltstack(nil, &stack) == 0, Int(stack.ss_flags) & Int(SS_DISABLE) == 0 else { return 0 }
        return stack.ss_size
    }
}
