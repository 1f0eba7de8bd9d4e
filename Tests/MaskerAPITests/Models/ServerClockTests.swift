import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("The server's clock", .ownThread)
struct ServerClockTests {
    /// This machine's clock: 2026-05-03 21:14:32.4 UTC.
    private static let now = Date(timeIntervalSince1970: 1_777_842_872.4)

    private static func head(_ date: Date?, _ more: [(name: String, value: String)] = []) -> HTTPResponseHead {
        HTTPResponseHead(status: 200, headers: (date.map { [(name: "date", value: text($0))] } ?? []) + more)
    }

    private static func text(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down)))
    }

    /// The clock after one answer.
    /// - Parameters:
    ///   - offset: seconds by which the server's clock is ahead.
    ///   - elapsed: seconds from the request to the head of the answer.
    ///   - before: seconds between `Date` and the head of the answer.
    private static func note(
        _ clock: inout ServerClock, offset: Double, elapsed: Double = 0.05, before: Double? = nil, at now: Date = now,
        _ more: [(name: String, value: String)] = []
    ) {
        clock.note(head(now + offset - (before ?? elapsed / 2), more), at: now, after: .milliseconds(Int(elapsed * 1_000)))
    }

    @Test("promise 21: a clock that is ahead or behind is told to the second, from the first answer on", arguments: [
        61.0, -61, 90, 7_200, -7_200, -259_200, 259_200, 3.2e8, -3.2e8,
    ])
    func ahead(offset: Double) {
        var clock = ServerClock()
        Self.note(&clock, offset: offset)
        #expect(abs(clock.offset - offset) <= 0.6)
        #expect((abs(clock.offset) > 60) == (abs(offset) > 60))
    }

    @Test("a difference below 2 s is none, since Date has whole seconds", arguments: [0.0, 0.3, -0.9, 1.2, -1.2])
    func equal(offset: Double) {
        var clock = ServerClock()
        Self.note(&clock, offset: offset)
        #expect(clock.offset == 0)
    }

    @Test("59 s and 61 s are on their sides of a minute, whatever part of a second Date leaves out", arguments: stride(from: 0.0, to: 1, by: 0.1).map { $0 })
    func minute(part: Double) {
        for offset in [59.0, 61, -59, -61] {
            var clock = ServerClock()
            Self.note(&clock, offset: offset, at: Self.now + part)
            #expect((abs(clock.offset) > 60) == (abs(offset) > 60))
        }
    }

    @Test("over a satellite, the middle between request and answer counts")
    func satellite() {
        var clock = ServerClock()
        Self.note(&clock, offset: 61, elapsed: 5.2)
        #expect(abs(clock.offset - 61) <= 0.6)
        var equal = ServerClock()
        Self.note(&equal, offset: 0, elapsed: 5.2)
        #expect(equal.offset == 0)
    }

    @Test("promise 21: an answer that took long is no wrong clock, whether Date is of its start or its end", arguments: [11.0, 70, 120, 300])
    func slow(elapsed: Double) {
        for before in [elapsed, elapsed / 2, 0] {
            var clock = ServerClock()
            Self.note(&clock, offset: 0, elapsed: elapsed, before: before)
            #expect(clock.offset == 0)
            // A fast answer before or after it decides.
            Self.note(&clock, offset: 90)
            Self.note(&clock, offset: 90, elapsed: elapsed, before: before)
            #expect(abs(clock.offset - 90) <= 0.6)
        }
    }

    @Test("a wrong clock is seen in a slow answer, too, up to the time that it took")
    func slowAndWrong() {
        var clock = ServerClock()
        Self.note(&clock, offset: -259_200, elapsed: 120, before: 120)
        #expect(abs(clock.offset + 259_200) <= 122)
        Self.note(&clock, offset: -259_200)
        #expect(abs(clock.offset + 259_200) <= 0.6)
    }

    @Test("an answer from a cache is as old as Age says")
    func cached() {
        var clock = ServerClock()
        Self.note(&clock, offset: 0, before: 600, [("age", "600")])
        #expect(clock.offset == 0)
        Self.note(&clock, offset: 0, before: 600, [("age", "rubbish")])
        #expect(clock.offset < -590)
    }

    @Test("without a Date that can be read, nothing changes", arguments: [
        nil, "", "now", "0", "Sun, 03 May 2026", "Sun, 31 Feb 2026 21:14:32 GMT", "Sun, 03 Mai 2026 21:14:32 GMT",
        "Sun, 03 May 2026 25:61:61 GMT", "Sun, 03 May 99999999999999999999 21:14:32 GMT", "\u{FF11}, \u{202E}", "1777842872",
    ] as [String?])
    func rubbish(date: String?) {
        let head = HTTPResponseHead(status: 200, headers: date.map { [("date", $0)] } ?? [])
        var clock = ServerClock()
        clock.note(head, at: Self.now, after: .zero)
        #expect(clock.offset == 0)
        Self.note(&clock, offset: 7_200)
        clock.note(head, at: Self.now, after: .zero)
        #expect(abs(clock.offset - 7_200) <= 0.6)
    }

    @Test("the offset does not waver from answer to answer")
    func steady() {
        var clock = ServerClock()
        Self.note(&clock, offset: 75, elapsed: 0.02)
        var offsets: [Double] = []
        for index in 0..<200 {
            Self.note(&clock, offset: 75, elapsed: 0.02 + Double(index % 7) * 0.3, at: Self.now + Double(index) * 15.13)
            offsets.append(clock.offset)
        }
        #expect(offsets.allSatisfy { abs($0 - 75) <= 0.6 })
        #expect(offsets.suffix(100).allSatisfy { abs($0 - 75) <= 0.1 }, "each answer makes the range smaller")
    }

    @Test("when either clock is set while the console runs, the next answer tells it", arguments: [3_600.0, -3_600, 31_536_000, -90])
    func jump(seconds: Double) {
        var clock = ServerClock()
        Self.note(&clock, offset: 0)
        Self.note(&clock, offset: seconds, at: Self.now + 15)
        #expect(abs(clock.offset - seconds) <= 0.6)
        Self.note(&clock, offset: 0, at: Self.now + 30)
        #expect(clock.offset == 0)
    }
}
