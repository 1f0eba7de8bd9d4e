import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("The pace that consoles and commands share", .ownThread)
struct SharedPaceTests {
    private let host = APIHost.hosted

    private func mode(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }

    @Test("promise 41: two consoles share one pace, and interactive requests of either count for both")
    func two() async throws {
        try await withDirectory { directory in
            let clock = PaceTestClock(), shared = SharedPace(directory: directory, host: host)
            let pacers = [RequestPacer.on(clock, .automatic, shared: shared, isHosted: true), .on(clock, .automatic, shared: shared, isHosted: true)]
            var times: [Int] = []
            for number in 0..<40 {
                try await pacers[number % 2].waitForTurn(.bulk)
                times.append(clock.now)
            }
            #expect(zip(times.dropFirst(), times).allSatisfy { $0 - $1 == 100_000 })
            for _ in 0..<3 { try await pacers[0].waitForTurn(.interactive) }
            try await pacers[1].waitForTurn(.bulk)
            #expect(clock.now - times[39] == 400_000)
            #expect(mode(shared.path) == 0o600 && shared.path == directory + "/pace-masker-voice.fly.dev.json")
        }
    }

    @Test("a pause that one console was asked for holds for the others; so does the pace after a 429")
    func limits() async throws {
        try await withDirectory { directory in
            let clock = PaceTestClock(), shared = SharedPace(directory: directory, host: host)
            let first = RequestPacer.on(clock, .automatic, shared: shared), second = RequestPacer.on(clock, .automatic, shared: shared)
            for pacer in [first, second] { for _ in 0..<3 { try await pacer.waitForTurn(.bulk) } }
            #expect(clock.pauses == [] && fileNames(directory) == [], "no pace, no file")
            let start = clock.now
            await first.refused(retryAfter: .seconds(40))
            try await second.waitForTurn(.bulk)
            #expect(clock.now - start == 40_000_000)
            try await second.waitForTurn(.bulk)
            #expect(clock.now - start == 40_100_000)
        }
    }

    @Test("other consoles remember a 429 for a day, by the machine's clock, also when it is set", arguments: [
        (3_600.0, 100_000), (90_000, 0), (-3_600, 100_000), (-90_000, 0),
    ])
    func memory(seconds: Double, distance: Int) async throws {
        try await withDirectory { directory in
            let clock = PaceTestClock(), shared = SharedPace(directory: directory, host: host, boot: "one")
            await RequestPacer.on(clock, .automatic, shared: shared).refused(retryAfter: nil)
            clock.setWall(clock.wall + seconds)
            // The machine was restarted in the meantime.
            clock.set(1)
            let later = RequestPacer.on(clock, .automatic, shared: SharedPace(directory: directory, host: host, boot: "two"))
            try await later.waitForTurn(.bulk)
            let first = clock.now
            try await later.waitForTurn(.bulk)
            #expect(clock.now - first == distance)
        }
    }

    @Test("after a restart of the machine, or when its clock was set back, earlier times delay no request", arguments: ["one", "two", ""])
    func restarted(boot: String) async throws {
        try await withDirectory { directory in
            let clock = PaceTestClock(at: 900_000_000_000), shared = SharedPace(directory: directory, host: host, boot: "one")
            let pacer = RequestPacer.on(clock, shared: shared)
            await pacer.refused(retryAfter: .seconds(600))
            for _ in 0..<50 { try await pacer.waitForTurn(.interactive) }
            clock.set(3_000_000)
            for other in [pacer, .on(clock, shared: SharedPace(directory: directory, host: host, boot: boot))] {
                let start = clock.now
                try await other.waitForTurn(.bulk)
                #expect(clock.now - start <= 100_000)
            }
        }
    }

    @Test("promise 41: times of another start of the machine delay no request, also when they could be of this one")
    func otherStart() async throws {
        try await withDirectory { directory in
            let clock = PaceTestClock(), start = clock.now
            await RequestPacer.on(clock, shared: SharedPace(directory: directory, host: host, boot: "one")).refused(retryAfter: .seconds(600))
            try await RequestPacer.on(clock, shared: SharedPace(directory: directory, host: host, boot: "two")).waitForTurn(.bulk)
            #expect(clock.now == start)
        }
    }

    @Test("a file that cannot be used stops no request: the process has a pace of its own; damaged content is replaced", arguments: [
        "", "{", "null", "[1]", #"{"boot":5,"free_us":"x"}"#, #"{"free_us":1e300,"paused_until_us":-5,"limited_at":"9999"}"#, "\u{0}\u{1}\u{2}",
        String(repeating: "9", count: 100_000),
    ])
    func rubbish(text: String) async throws {
        try await withDirectory { directory in
            let shared = SharedPace(directory: directory, host: host)
            try Data(text.utf8).write(to: URL(fileURLWithPath: shared.path))
            chmod(shared.path, 0o600)
            let clock = PaceTestClock(), pacer = RequestPacer.on(clock, .automatic, shared: shared, isHosted: true)
            let start = clock.now
            for _ in 0..<3 { try await pacer.waitForTurn(.bulk) }
            try await pacer.waitForTurn(.interactive)
            #expect(clock.now - start == 200_000)
            #expect(shared.read()?.budget.free == start + 400_000, "the file is valid again")
        }
    }

    @Test("a link, a file that others can read, or a directory in its place is not changed, and the pace is not shared")
    func unusable() async throws {
        try await withDirectory { directory in
            let target = directory + "/target"
            try Data("mine".utf8).write(to: URL(fileURLWithPath: target))
            func check(_ shared: SharedPace, _ comment: Comment) async throws {
                let clock = PaceTestClock(), pacer = RequestPacer.on(clock, .automatic, shared: shared, isHosted: true)
                let start = clock.now
                try await pacer.waitForTurn(.interactive)
                for _ in 0..<3 { try await pacer.waitForTurn(.bulk) }
                await pacer.refused(retryAfter: .seconds(2))
                try await pacer.waitForTurn(.bulk)
                #expect(clock.now - start == 2_300_000, comment)
            }
            for (name, make) in [
                ("link", { try FileManager.default.createSymbolicLink(atPath: $0, withDestinationPath: target) }),
                ("wide", { _ = FileManager.default.createFile(atPath: $0, contents: Data("wide".utf8), attributes: [.posixPermissions: 0o644]) }),
                ("directory", { try FileManager.default.createDirectory(atPath: $0, withIntermediateDirectories: false) }),
            ] as [(String, (String) throws -> Void)] {
                let own = directory + "/" + name
                try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
                let shared = SharedPace(directory: own, host: host)
                try make(shared.path)
                try await check(shared, Comment(rawValue: name))
                if name == "wide" { #expect(try String(contentsOfFile: shared.path, encoding: .utf8) == "wide") }
            }
            #expect(try String(contentsOfFile: target, encoding: .utf8) == "mine")
            try await check(SharedPace(directory: "/proc/none", host: host), "no directory")
        }
    }

    @Test("a file that 0.1.0 wrote is read; an unknown key is kept, and a missing one has its default")
    func outlivesAVersion() async throws {
        try await withDirectory { directory in
            let shared = SharedPace(directory: directory, host: host, boot: "8faa4564-5b99-4ca2-8c1d-d7a6facaacd3")
            try KeptFiles.place("pace.json", at: shared.path)
            #expect(shared.read() == SharedPace.Contents(budget: PaceBudget(free: 21_422_584_708, pausedUntil: 0)))
            try KeptFiles.place(text: #"{"boot":"8faa4564-5b99-4ca2-8c1d-d7a6facaacd3","lanes":{"reports":[2]},"limited_at":"2026-05-04T13:06:40Z","free_us":7}"#, at: shared.path)
            #expect(shared.read()?.budget == PaceBudget(free: 7, pausedUntil: 0))
            await shared.update(Patience.hang) { $0.limitedAt = nil }
            let object = try KeptFiles.object(shared.path)
            #expect(object["lanes"] as? NSDictionary == ["reports": [2]] && object["limited_at"] == nil && object["free_us"] as? Int == 7)
        }
    }

    @Test("a locked file delays no interactive request; the next request counts it in the file")
    func held() async throws {
        try await withDirectory { directory in
            let shared = SharedPace(directory: directory, host: host)
            let clock = PaceTestClock(), pacer = RequestPacer.on(clock, .automatic, shared: shared, isHosted: true)
            try await pacer.waitForTurn(.interactive)
            let start = clock.now
            let lock = try #require(FileLock.takeWaiting(shared.path, patience: Patience.hang))
            for _ in 0..<4 { try await pacer.waitForTurn(.interactive) }
            #expect(shared.read()?.budget.free == start + 100_000)
            lock.release()
            try await pacer.waitForTurn(.interactive)
            #expect(shared.read()?.budget.free == start + 600_000)
        }
    }

    private func fileNames(_ directory: String) -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted() }
}
