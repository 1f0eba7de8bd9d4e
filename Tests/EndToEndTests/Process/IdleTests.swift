import Foundation
import MaskerMock
import TestSupport
import Testing

/// The shortest lock time is a minute, so these tests wait for a minute.
@Suite("Without keys", .ownThreadWaiting)
struct IdleTests {
    @Test("promise 37: without a key it locks although it refreshes; a key returns to the same place")
    func lock() async throws {
        var setup = RawTerminal.Setup()
        setup.arguments = ["--idle-lock", "1", "--refresh", "2"]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            raw.terminal.send("jj")
            try await raw.terminal.expect("intake-test")
            #expect(await raw.terminal.eventually { $0.text.contains("Locked after 1 min") })
            raw.terminal.forgetOutput()
            // The last request is one that was running when it locked.
            #expect(await raw.terminal.eventually { _ in raw.mock.requestsUnderWay.isEmpty })
            let asked = raw.mock.requests.count
            // While it is locked, it sends no requests.
            try await Task.sleep(for: .seconds(3))
            #expect(raw.mock.requests.count == asked)
            #expect(!raw.terminal.text.contains("appointment-bot-prod"))
            raw.terminal.send("x")
            try await raw.terminal.expect("appointment-bot-prod")
            #expect(raw.mock.requests.dropFirst(asked).first?.path == "/api/v1/me")
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }

    @Test("promise 25: a terminal that accepts no output costs no processor time, and the console ends when it should lock")
    func stalled() async throws {
        var setup = RawTerminal.Setup()
        setup.arguments = ["--idle-lock", "1", "--refresh", "2"]
        setup.columns = 200
        setup.rows = 60
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            try await raw.terminal.withStalledOutput {
                let before = try await Self.fill(raw.terminal)
                try await Task.sleep(for: .seconds(20))
                #expect(try Self.ticks(raw.terminal.process) - before <= 20, "at most 1 % of 20 s, in hundredths")
                #expect(await raw.terminal.eventually { $0.status == 128 + SIGHUP })
            }
        }
    }

    @Test("promise 25: a terminal that accepts no output: a signal or a crash still ends the console, and prints nothing secret", arguments: [
        SIGTERM, SIGHUP, SIGINT, SIGUSR1, SIGSEGV,
    ], [true, false])
    func stalledSignals(number: Int32, hangs: Bool) async throws {
        var setup = RawTerminal.Setup()
        // The lock time, which also ends the console, is longer than the test.
        setup.arguments = ["--idle-lock", "60", "--refresh", "0"]
        setup.columns = 200
        setup.rows = 60
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            await raw.rest()
            try await raw.terminal.withStalledOutput {
                // Either it hangs in a write, or it waits for keys and notices this when it quits.
                if hangs { _ = try await Self.fill(raw.terminal) } else { raw.terminal.stopOutput() }
                kill(raw.terminal.process, number)
                #expect(await raw.terminal.eventually { $0.status != nil })
            }
            #expect(try await raw.terminal.expectEnd() == 128 + number)
            #expect(raw.terminal.attributes == raw.terminal.attributesBefore)
            #expect(!raw.terminal.text.contains("defect"))
        }
    }

    /// Presses keys until they use no more processor time: then the terminal's buffer is full, and the console hangs in a write.
    /// Returns the time used so far.
    private static func fill(_ terminal: PseudoTerminal) async throws -> Int {
        var before = -1, quiet = 0
        for _ in 0..<100 where quiet < 3 && terminal.status == nil {
            for _ in 0..<20 {
                terminal.send("2\u{0C}1\u{0C}")
                try await Task.sleep(for: .milliseconds(5))
            }
            try await Task.sleep(for: .milliseconds(500))
            let ticks = try Self.ticks(terminal.process)
            quiet = ticks == before ? quiet + 1 : 0
            before = ticks
        }
        try #require(quiet == 3, "it hangs")
        return before
    }

    @Test("promise 29: at rest no thread wakes, also after a pause between two tries and after saving a report")
    func rest() async throws {
        var setup = RawTerminal.Setup()
        let reports = NSTemporaryDirectory() + "masker-rest-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: reports, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: reports) }
        setup.arguments = ["--refresh", "0", "--reports", reports]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("100+")
            try await raw.terminal.expect("ada")
            raw.mock.setFaults([MockFault(path: "/api/v1/agents", times: 1, status: 503)])
            raw.terminal.send("r")
            // Refused at first, then answered after the pause.
            #expect(await raw.terminal.eventually { _ in raw.mock.requests.compactMap { $0.path.hasSuffix("/agents") ? $0.status : nil } == [200, 503, 200] })
            raw.terminal.send("2S")
            try await raw.terminal.expect("It will be saved to")
            raw.terminal.send("j\r")
            try await raw.terminal.expect("the audit roots agree")
            // The minute in the header may wake it, and the last work may not be finished: the quietest period counts. Idle
            // threads of pools end after 5 s.
            try await Task.sleep(for: .seconds(6))
            var wakes: [Int] = []
            for _ in 0..<20 where !wakes.contains(0) {
                let before = try Self.wakes(raw.terminal.process)
                try await Task.sleep(for: .seconds(3))
                wakes.append(try Self.wakes(raw.terminal.process) - before)
            }
            #expect(wakes.contains(0), "in each 3 s: \(wakes)")
        }
    }

    @Test("promise 29: when the clock is set back by hours, it continues to refresh")
    func clockSetBack() async throws {
        let library = try #require(
            ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketimeMT.so.1" }.first(where: FileManager.default.fileExists))
        let time = NSTemporaryDirectory() + "masker-time-\(UUID().uuidString)"
        try Data("+0\n".utf8).write(to: URL(fileURLWithPath: time))
        defer { unlink(time) }
        var setup = RawTerminal.Setup()
        setup.arguments = ["--refresh", "2", "--no-store"]
        setup.environment = [
            "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": time, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        ]
        try await RawTerminal.with(setup) { raw in
            try await raw.terminal.expect("appointment-bot-prod")
            #expect(await raw.terminal.eventually { _ in raw.mock.requests.count >= 6 }, "it refreshes")
            try Data("-7200\n".utf8).write(to: URL(fileURLWithPath: time))
            // Requests that were already decided do not count.
            await raw.rest()
            raw.mock.clearRequests()
            #expect(await raw.terminal.eventually { _ in raw.mock.requests.count >= 9 }, "it refreshes on")
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }

    /// How often a thread has waited so far, which is how often it was woken.
    private static func wakes(_ process: pid_t) throws -> Int {
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
        return try threads.reduce(0) { sum, thread in
            let status = try String(contentsOfFile: "/proc/\(process)/task/\(thread)/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches:") }
            return sum + (try #require(line?.split(whereSeparator: \.isWhitespace).last.flatMap { Int($0) }))
        }
    }

    /// The processor time used so far, in hundredths of a second.
    private static func ticks(_ process: pid_t) throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        return try #require(Int(fields[11])) + #require(Int(fields[12]))
    }
}
