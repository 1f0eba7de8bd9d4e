import TestSupport
import Testing

@testable import MaskerAPI

@Suite("What is known about kept connections", .ownThread)
struct KeptConnectionsTests {
    @Test("a read waits for the longer of 3 s and four connects of its connection", arguments: [
        (0, 3_000), (20, 3_000), (749, 3_000), (750, 3_000), (751, 3_004), (1_000, 4_000), (5_200, 20_800), (15_600, 62_400),
    ])
    func patience(connect: Int, milliseconds: Int) {
        var kept = KeptConnections()
        kept.note(port: 1, connectTime: .milliseconds(connect))
        #expect(kept.patience(port: 1, least: .seconds(3)) == .milliseconds(milliseconds))
    }

    @Test("each connection has its own time, and a port that is used again has the time of the new connection")
    func ports() {
        var kept = KeptConnections()
        kept.note(port: 1, connectTime: .seconds(5))
        kept.note(port: 2, connectTime: .seconds(1))
        #expect(kept.patience(port: 1, least: .seconds(3)) == .seconds(20))
        #expect(kept.patience(port: 2, least: .seconds(3)) == .seconds(4))
        kept.note(port: 1, connectTime: .seconds(2))
        #expect(kept.patience(port: 1, least: .seconds(3)) == .seconds(8))
    }

    @Test("for a connection that is not known, the slowest counts; without any, 3 s")
    func unknown() {
        var kept = KeptConnections()
        #expect(kept.patience(port: 9, least: .seconds(3)) == .seconds(3))
        kept.note(port: 1, connectTime: .seconds(5))
        kept.note(port: 2, connectTime: .seconds(1))
        #expect(kept.patience(port: 9, least: .seconds(3)) == .seconds(20))
        for port in 10..<1_000 { kept.note(port: port, connectTime: .seconds(1)) }
        #expect(kept.patience(port: 1, least: .seconds(3)) == .seconds(4), "old connections are forgotten")
    }

    @Test("after a silent connection, no connection that was opened before is used again, and every later one is")
    func retired() {
        var kept = KeptConnections()
        let found = ContinuousClock.now
        #expect(kept.longestAge(at: found) == nil)
        kept.retire(at: found)
        for milliseconds in stride(from: 0, to: 119_000, by: 370) {
            let now = found + .milliseconds(milliseconds)
            guard let longest = kept.longestAge(at: now) else {
                Issue.record("every connection may be used after \(milliseconds) ms")
                continue
            }
            // libcurl compares whole seconds.
            let older = Int((now - (found - .seconds(3))).components.seconds), newer = Int((now - found).components.seconds)
            #expect(older > longest && newer <= longest)
        }
        #expect(kept.longestAge(at: found + .seconds(121)) == nil, "libcurl has closed the older ones by then")
    }
}
