import Foundation
import Synchronization
import TestSupport
import Testing

@testable import MaskerAPI

/// A server with the documented limits of an account, by the test's clock: 30 requests a second, 60 at once.
private final class LimitedServer: HTTPTransport {
    struct Counts: Sendable {
        var level = 60.0, filledAt = 0
        var pages = 0, interactive = 0, refused = 0
        /// The number of interactive requests that were delayed.
        var late = 0
        var generator: SeededGenerator
    }

    private let clock: Mutex<PaceTestClock?> = Mutex(nil)
    private let counts: Mutex<Counts>
    private let lastPage: Int

    init(pages: Int, seed: UInt64) {
        lastPage = pages
        counts = Mutex(Counts(generator: SeededGenerator(seed)))
    }

    func use(_ clock: PaceTestClock) { self.clock.withLock { $0 = clock } }
    var seen: Counts { counts.withLock { $0 } }
    func noteLate() { counts.withLock { $0.late += 1 } }
    func random(_ range: Range<Int>) -> Int { counts.withLock { Int.random(in: range, using: &$0.generator) } }

    /// Returns false when the request exceeds the limit.
    func take(at now: Int) -> Bool {
        counts.withLock { counts in
            counts.level = min(60, counts.level + Double(now - counts.filledAt) * 30 / 1_000_000)
            counts.filledAt = now
            guard counts.level >= 1 else {
                counts.refused += 1
                return false
            }
            counts.level -= 1
            return true
        }
    }

    func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponseHead) -> Void)?, onBody: (@Sendable ([UInt8]) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        guard let clock = clock.withLock({ $0 }) else { throw TransportError(.connect, detail: "no clock") }
        guard take(at: clock.now) else {
            return HTTPResponse(head: HTTPResponseHead(status: 429, headers: [("retry-after", "1")]), body: [])
        }
        let head = HTTPResponseHead(status: 200, headers: [])
        guard request.target.contains("/sessions?") else {
            counts.withLock { $0.interactive += 1 }
            return HTTPResponse(head: head, body: Array(#"{"data":[]}"#.utf8))
        }
        let page = counts.withLock { counts in
            counts.pages += 1
            return counts.pages
        }
        await clock.pass(random(1_000..<60_000))
        let next = page < lastPage ? "\"\(page)\"" : "null"
        return HTTPResponse(head: head, body: Array(#"{"data":[{"id":"sess_\#(page)"}],"next_cursor":\#(next)}"#.utf8))
    }
}

@Suite("The pace against the documented limits", .ownThread)
struct PaceLimitsTests {
    /// Reads a list of this many pages to its end, while another user of the account sends half of the allowed requests, at
    /// times in bursts, and this user sends interactive requests at random times.
    private func read(_ pages: Int, _ setting: PaceSetting, seed: UInt64) async throws -> (read: Int, server: LimitedServer.Counts, microseconds: Int) {
        let server = LimitedServer(pages: pages, seed: seed)
        let host = try APIHost("http://127.0.0.1:9")
        let client = Mutex<MaskerClient?>(nil)
        let next = Mutex((other: 5_000_000, own: 5_000_000))
        let clock = PaceTestClock { clock, end in
            while true {
                let (other, own) = next.withLock { $0 }
                let moment = min(other, own)
                guard moment < end else { return }
                clock.set(max(moment, clock.now))
                if other <= own {
                    // 15 a second: one after the other, or 30 at once every two seconds.
                    let isBurst = other / 20_000_000 % 2 == 1
                    next.withLock { $0.other += isBurst ? 2_000_000 : 66_667 }
                    for _ in 0..<(isBurst ? 30 : 1) { _ = server.take(at: clock.now) }
                } else {
                    next.withLock { $0.own += server.random(1_000..<2_000_000) }
                    for _ in 0..<server.random(1..<4) {
                        let asked = clock.now
                        await RequestPriority.$current.withValue(.interactive) { _ = try? await client.withLock { $0 }?.agents() }
                        if clock.now != asked { server.noteLate() }
                    }
                }
            }
        }
        server.use(clock)
        let pacer = RequestPacer.on(clock, setting)
        let login = LoginSession(host: host, token: try APIToken("token"))
        let reader = MaskerClient(host: host, transport: server, login: login, retry: .none, pacer: pacer)
        client.withLock { $0 = reader }
        defer { client.withLock { $0 = nil } }
        var ids: Set<String> = []
        let all = reader.sessionPages()
        while let page = try await all.next() { ids.formUnion(page.data.map(\.id.rawValue)) }
        return (ids.count, server.seen, clock.now - 5_000_000)
    }

    @Test("promise 41: 10,000 pages while another user spends half of the limits: 0 refused, and no interactive request waits")
    func limits() async throws {
        let seed = SeededGenerator.newSeed()
        let (read, server, microseconds) = try await read(Soak.count(10_000, soak: 100_000), .rate(10), seed: seed)
        #expect(read == server.pages && server.pages == Soak.count(10_000, soak: 100_000), "seed \(seed)")
        #expect(server.refused == 0 && server.late == 0, "seed \(seed)")
        #expect(server.interactive > 1_000, "seed \(seed)")
        // The budget limits bulk and interactive requests together.
        #expect(server.pages + server.interactive <= microseconds / 100_000 + 110, "seed \(seed)")
    }

    @Test("without a pace, the same reading is refused, waits for Retry-After, and still reaches the end")
    func unpaced() async throws {
        let (read, server, _) = try await read(1_000, .none, seed: 7)
        #expect(server.refused > 0 && read == 1_000 && server.late == 0)
    }
}
