import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("From start to end", .ownThread)
struct LifeCycleTests {
    @Test("promise 22: SIGHUP, SIGTERM, SIGINT and SIGQUIT at any moment restore the attributes and the main screen", arguments: [
        SIGTERM, SIGHUP, SIGINT, SIGQUIT,
    ])
    func signals(number: Int32) async throws {
        let seed = SeededGenerator.newSeed() &+ UInt64(number)
        var random = SeededGenerator(seed)
        for _ in 0..<Soak.count(6, soak: 50) {
            let delay = Int.random(in: 0...400, using: &random)
            var setup = RawTerminal.Setup()
            // Before `main`, the toolchain's crash helper, which is not part of the product, would swallow a SIGQUIT.
            setup.environment = ["SWIFT_BACKTRACE": "enable=no"]
            try await RawTerminal.with(setup) { raw in
                raw.terminal.send("2j")
                try await Task.sleep(for: .milliseconds(delay))
                kill(raw.terminal.process, number)
                #expect(try await raw.terminal.expectEnd() == 128 + number, "MASKER_SEED=\(seed), after \(delay) ms")
                #expect(raw.terminal.attributes == raw.terminal.attributesBefore, "MASKER_SEED=\(seed), after \(delay) ms")
                let text = raw.terminal.text
                let entered = text.components(separatedBy: "\u{1B}[?1049h").count, left = text.components(separatedBy: "\u{1B}[?1049l").count
                #expect(entered == left, "MASKER_SEED=\(seed), after \(delay) ms")
                let modes = TerminalOutput.modesLeft(in: raw.terminal.output)
                #expect(modes.isEmpty, "\(modes), MASKER_SEED=\(seed), after \(delay) ms")
                let afterwards = text.components(separatedBy: "\u{1B}[?1049l").dropFirst().last
                #expect(afterwards?.contains("?2026h") != true, "no frame is begun that never ends")
            }
        }
    }

    @Test("promise 22: every other signal that ends a process by default leaves the terminal as it was", arguments: [
        SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGIO, SIGPWR, SIGSTKFLT, 34, 50, 64,
    ])
    func otherSignals(number: Int32) async throws {
        try await RawTerminal.with { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            kill(raw.terminal.process, number)
            #expect(try await raw.terminal.expectEnd() == 128 + number)
            #expect(raw.terminal.attributes == raw.terminal.attributesBefore)
            #expect(raw.terminal.text.contains("\u{1B}[?1049l"), "main screen again")
        }
    }

    @Test("promise 23: a crash with a read-only standard input restores attributes and screen")
    func crashWithReadOnlyInput() async throws {
        var setup = RawTerminal.Setup()
        setup.command = ["/bin/sh", "-c", "exec \"$0\" \"$@\" </dev/tty", try #require(Program.built("masker-tui"))]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            await raw.terminal.rest()
            kill(raw.terminal.process, SIGSEGV)
            #expect(try await raw.terminal.expectEnd() == 128 + SIGSEGV)
            #expect(raw.terminal.attributes == raw.terminal.attributesBefore)
            let after = raw.terminal.text.components(separatedBy: "\u{1B}[?1049l")
            #expect(after.count == 2 && after[1].contains("crashed because of a bug"))
        }
    }

    @Test("promise 22: signals that were blocked at the start still arrive", arguments: [
        SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH,
    ])
    func blockedSignals(number: Int32) async throws {
        var setup = RawTerminal.Setup()
        setup.blockedSignals = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            if number == SIGWINCH {
                raw.terminal.resize(columns: 120, rows: 30)
                // The rule above the hint line fills the width, so the narrower window before had no rule of this length.
                try await raw.terminal.expect(String(repeating: "─", count: 118))
                raw.terminal.send("q")
            } else {
                kill(raw.terminal.process, number)
            }
            #expect(try await raw.terminal.expectEnd() == (number == SIGWINCH ? 0 : 128 + number))
            #expect(raw.terminal.attributes == raw.terminal.attributesBefore)
            #expect(raw.terminal.text.contains("\u{1B}[?1049l"), "main screen again")
        }
    }

    @Test("promise 24: when the terminal goes away the console ends, with SIGHUP and without", arguments: [false, true])
    func hangUp(ignoresHangUp: Bool) async throws {
        var setup = RawTerminal.Setup()
        setup.ignoresHangUp = ignoresHangUp
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            raw.terminal.hangUp()
            #expect(try await raw.terminal.expectEnd() == 128 + SIGHUP)
        }
    }

    @Test("promise 24: the terminal goes away during a paste, without a SIGHUP")
    func hangUpInAPaste() async throws {
        var setup = RawTerminal.Setup()
        setup.ignoresHangUp = true
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            // More than a terminal buffers: once all of it is written, the console is in the middle of the paste.
            try await raw.terminal.sendPatiently("\u{1B}[200~" + String(repeating: "pasted ", count: 20_000))
            raw.terminal.hangUp()
            #expect(try await raw.terminal.expectEnd() == 128 + SIGHUP)
        }
    }

    @Test("promise 26: Ctrl-Z where no shell can continue the program: the screen comes back and the console continues")
    func orphaned() async throws {
        try await RawTerminal.with { raw in
            // The leader of a session has no shell above it that could continue it.
            try await raw.terminal.expect("appointment-bot-prod")
            for _ in 0..<3 {
                raw.terminal.forgetOutput()
                raw.terminal.send("\u{1A}")
                try await raw.terminal.expect("prior-auth-primary")
            }
            raw.terminal.send("2")
            try await raw.terminal.expect("STARTED")
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }

    @Test("promise 28: after many changes of the window's size during loading, the last size is shown")
    func resizeStorm() async throws {
        var setup = RawTerminal.Setup()
        setup.mock.latency = .milliseconds(200)
        try await RawTerminal.with(setup) { raw in
            for number in 0..<1_000 {
                raw.terminal.resize(columns: 60 + number * 7 % 90, rows: 15 + number * 3 % 40)
                try await Task.sleep(for: .milliseconds(3))
            }
            raw.terminal.resize(columns: 91, rows: 27)
            try await raw.terminal.expect("appointment-bot-prod")
            await raw.terminal.rest()
            raw.terminal.forgetOutput()
            raw.terminal.send("\u{0C}")
            // The hint line is in the last row, and the rule above it fills the width.
            try await raw.terminal.expect("quit")
            #expect(raw.terminal.text.contains(String(repeating: "─", count: 89)) && !raw.terminal.text.contains(String(repeating: "─", count: 90)))
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }

    /// Waits until the mock has answered this number of requests. Returns false when the console rests without having sent them.
    private static func hasAsked(_ raw: RawTerminal, requests: Int) async -> Bool {
        while raw.terminal.status == nil {
            if raw.mock.requests.count >= requests { return true }
            await raw.rest()
            if raw.mock.requests.count < requests { return false }
        }
        return false
    }

    @Test("promise 30: refreshing with many faults does not increase memory, descriptors or threads")
    func longLife() async throws {
        var setup = RawTerminal.Setup()
        setup.arguments = ["--refresh", "0"]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            let faults: [[MockFault]] = [
                [], [MockFault(path: "/api/v1/agents", status: 500)], [MockFault(path: "/api/v1/sessions", status: 403)],
            ]
            // These faults are repeated after a while and delay the next refresh. They occur rarely, but once before the
            // count begins, because the first pause creates the thread for all pauses.
            let slow: [Int: MockFault] = [
                9: MockFault(path: "/api/v1/sessions", truncateAt: 40), 39: MockFault(path: "/api/v1", drop: .before),
            ]
            /// Counts a refresh only when the server was asked.
            func refresh(times: Int) async throws {
                for number in 0..<times {
                    raw.mock.setFaults(slow[number % 60].map { [$0] } ?? faults[number % faults.count])
                    raw.mock.clearRequests()
                    raw.terminal.forgetOutput()
                    let isDone = await Patience.wait {
                        // While it pauses between two tries, a key sends no request.
                        raw.terminal.send(number % 5 == 0 ? "2\rr\u{1B}" : "r")
                        return await Self.hasAsked(raw, requests: 3)
                    } unless: { raw.terminal.status != nil }
                    #expect(isDone, "refresh \(number)")
                }
                raw.mock.setFaults([])
                await raw.rest()
            }
            func counts() throws -> (kib: Int, descriptors: Int, threads: Int) {
                let process = raw.terminal.process
                return (
                    try RawTerminal.memory(of: process, "VmRSS"),
                    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count,
                    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task").count
                )
            }
            try await refresh(times: Soak.count(30, soak: 500))
            let before = try counts()
            try await refresh(times: Soak.count(50, soak: 20_000))
            let after = try counts()
            #expect(after.kib - before.kib < 5 << 10, "KiB more")
            // libcurl keeps one to four connections open.
            #expect(after.descriptors <= before.descriptors + 3, "descriptors: \(before.descriptors) then \(after.descriptors)")
            #expect(after.threads <= before.threads + 2, "threads: \(before.threads) then \(after.threads)")
            raw.terminal.send("\u{1B}\u{1B}")
            await raw.rest()
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }
}
