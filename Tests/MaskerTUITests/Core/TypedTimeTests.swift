import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Typed times", .ownThread)
struct TypedTimeTests {
    private static func date(_ text: String) -> Date { Timestamp.parse(text) ?? .distantPast }

    /// Thursday.
    private let utc = Clock(style: TimeStyle(), now: date("2026-11-26T15:20:30Z"))

    /// Summer time from the 29th of March to the 25th of October 2026, both at 01:00 UTC.
    private static let berlin: @Sendable (Date) -> Int = { moment in
        date("2026-03-29T01:00:00Z") <= moment && moment < date("2026-10-25T01:00:00Z") ? 7_200 : 3_600
    }

    private func berlin(_ now: String) -> Clock { Clock(style: TimeStyle(zone: .local, localOffset: Self.berlin), now: Self.date(now)) }

    /// What a text means: `begin/end`.
    private func meaning(_ text: String, _ clock: Clock) throws -> String {
        let time = try TypedTime(text, clock)
        return Timestamp.format(time.begin) + "/" + Timestamp.format(time.end)
    }

    @Test("durations go back from now", arguments: [
        ("90m", "2026-11-26T13:50:30Z"), ("2h", "2026-11-26T13:20:30Z"), ("2H", "2026-11-26T13:20:30Z"), ("1w", "2026-11-19T15:20:30Z"),
        ("30d", "2026-10-27T15:20:30Z"), (" 24h ", "2026-11-25T15:20:30Z"),
    ])
    func durations(text: String, begin: String) throws {
        #expect(try meaning(text, utc) == "\(begin)/\(begin)")
    }

    @Test("days, and times of a day; the latest one that has passed is meant; a day, a minute and a second are meant whole", arguments: [
        ("today", "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z"), ("yesterday", "2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z"),
        ("Yesterday  14:05", "2026-11-25T14:05:00Z", "2026-11-25T14:06:00Z"), ("today 9:00", "2026-11-26T09:00:00Z", "2026-11-26T09:01:00Z"),
        ("14:00", "2026-11-26T14:00:00Z", "2026-11-26T14:01:00Z"), ("16:00", "2026-11-25T16:00:00Z", "2026-11-25T16:01:00Z"),
        ("15:20", "2026-11-26T15:20:00Z", "2026-11-26T15:21:00Z"), ("15:20:31", "2026-11-25T15:20:31Z", "2026-11-25T15:20:32Z"),
        ("mon 9:00", "2026-11-23T09:00:00Z", "2026-11-23T09:01:00Z"), ("thu 9:00", "2026-11-26T09:00:00Z", "2026-11-26T09:01:00Z"),
        ("thu 16:00", "2026-11-19T16:00:00Z", "2026-11-19T16:01:00Z"), ("Thursday", "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z"),
        ("fri", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"), ("Nov 26 14:00", "2026-11-26T14:00:00Z", "2026-11-26T14:01:00Z"),
        ("Nov 26 14:49:12", "2026-11-26T14:49:12Z", "2026-11-26T14:49:13Z"), ("november 27", "2025-11-27T00:00:00Z", "2025-11-28T00:00:00Z"),
        ("Jan 3", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z"), ("feb 29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
    ])
    func calendar(text: String, begin: String, end: String) throws {
        #expect(try meaning(text, utc) == "\(begin)/\(end)")
    }

    @Test("dates with T, Z and offsets, with seconds or without, and as the console writes them", arguments: [
        ("2026-11-26", "2026-11-26T00:00:00Z"), ("2026-11-26 14:00", "2026-11-26T14:00:00Z"), ("2026-11-26T14:00", "2026-11-26T14:00:00Z"),
        ("2026-11-26T14:00:30", "2026-11-26T14:00:30Z"), ("2026-11-26t14:00z", "2026-11-26T14:00:00Z"), ("2026-11-26T14:00:30.481Z", "2026-11-26T14:00:30.481Z"),
        ("2026-11-26 14:00+02:00", "2026-11-26T12:00:00Z"), ("2026-11-26T14:00:30-0930", "2026-11-26T23:30:30Z"), ("2026-11-26 14:00 +02", "2026-11-26T12:00:00Z"),
        ("2026-11-25 23:14:32 +02:00", "2026-11-25T21:14:32Z"), ("2026-11-25 21:14:32 UTC", "2026-11-25T21:14:32Z"), ("14:00Z", "2026-11-26T14:00:00Z"),
        ("yesterday 14:05 -01:00", "2026-11-25T15:05:00Z"),
    ])
    func dates(text: String, begin: String) throws {
        #expect(Timestamp.format(try TypedTime(text, utc).begin) == begin)
        // An offset that is typed counts, not the zone that is shown.
        guard text.contains("Z") || text.contains("z") || text.contains("+") || text.contains("UTC") else { return }
        #expect(Timestamp.format(try TypedTime(text, berlin("2026-11-26T15:20:30Z")).begin) == begin)
    }

    @Test("what cannot be read is refused with two examples", arguments: [
        "", "soon", "2", "2x", "2 h", "-2h", "24:00", "12:60", "12:00:60", "9", "2026-02-30", "2026-13-01", "26-11-26", "Feb 30", "nov", "mo", "tomorrow",
        "today today", "yesterdayt14:05", "yesterday 14", "9999999h", "999999w", "2026-11-26 14:00+25:00", "2026-11-26+02:00", "٢h", "14:00 pm", "1e3h",
        "today 14:00 yesterday", "99999-11-26", "\u{1B}[31m",
    ])
    func unreadable(text: String) {
        let problem = #expect(throws: TypedTime.Problem.self) { try TypedTime(text, utc) }
        #expect(problem?.sentence() == "“\(text)” is not a time. Try 2h or yesterday 14:05")
    }

    @Test("nothing, and a beginning in the future, are refused; an end in the future is not")
    func refused() throws {
        for text in ["0h", "0d", "00m"] {
            let problem = #expect(throws: TypedTime.Problem.self) { try TypedTime.since(text, utc) }
            #expect(problem?.sentence(isQuoted: true) == "“\(text)” is no time at all. Try 2h or \"yesterday 14:05\"")
        }
        for text in ["2026-11-27", "today 15:21", "2026-11-26T15:20:31Z", "2027-01-01 00:00"] {
            let problem = #expect(throws: TypedTime.Problem.self) { try TypedTime.since(text, utc) }
            #expect(problem?.sentence() == "“\(text)” is in the future. Try 2h or yesterday 14:05")
        }
        #expect(try TypedTime.until("today", utc) == Self.date("2026-11-27T00:00:00Z"))
        #expect(try TypedTime.until("2027-01-01", utc) == Self.date("2027-01-02T00:00:00Z"))
    }

    @Test("the API gets whole hours and days as durations, and everything else as a timestamp in UTC", arguments: [
        ("2h", "2h"), ("24h", "24h"), ("48h", "48h"), ("30d", "30d"), ("1w", "7d"), ("120m", "2h"), ("90m", "2026-11-26T13:50:30Z"),
        ("yesterday 14:05", "2026-11-25T14:05:00Z"), ("today", "2026-11-26T00:00:00Z"),
    ])
    func asked(text: String, since: String) throws {
        #expect(try TypedTime.since(text, utc) == since)
    }

    @Test("a time without a zone is in the zone that is shown")
    func shownZone() throws {
        let clock = berlin("2026-11-26T15:20:30Z")
        #expect(try TypedTime.since("2026-11-26 14:00", clock) == "2026-11-26T13:00:00Z")
        #expect(try meaning("today", clock) == "2026-11-25T23:00:00Z/2026-11-26T23:00:00Z")
        #expect(try meaning("16:20", clock) == "2026-11-26T15:20:00Z/2026-11-26T15:21:00Z")
        #expect(try meaning("16:21", clock) == "2026-11-25T15:21:00Z/2026-11-25T15:22:00Z")
        // The summer's offset, typed in winter.
        #expect(try TypedTime.since("2026-07-01 14:00", clock) == "2026-07-01T12:00:00Z")
        // In UTC it is still Wednesday.
        #expect(try TypedTime.since("thu", berlin("2026-11-25T23:30:00Z")) == "2026-11-25T23:00:00Z")
    }

    @Test("days of 23 and 25 hours, hours that come twice, and times that clocks skip")
    func summerTime() throws {
        let autumn = berlin("2026-10-26T10:00:00Z"), spring = berlin("2026-03-30T10:00:00Z")
        #expect(try meaning("yesterday", autumn) == "2026-10-24T22:00:00Z/2026-10-25T23:00:00Z")
        #expect(try meaning("yesterday", spring) == "2026-03-28T23:00:00Z/2026-03-29T22:00:00Z")
        #expect(try meaning("sun 12:00", autumn) == "2026-10-25T11:00:00Z/2026-10-25T11:01:00Z")
        // Both hours belong to it.
        #expect(try meaning("2026-10-25 02:30", autumn) == "2026-10-25T00:30:00Z/2026-10-25T01:31:00Z")
        #expect(try TypedTime.since("2026-03-29 02:30", spring) == "2026-03-29T01:30:00Z")
        // A zone that sets its clocks at midnight: the day begins at 1 o'clock.
        let change = Self.date("2026-10-18T03:00:00Z")
        let south = Clock(style: TimeStyle(zone: .local) { $0 < change ? -10_800 : -7_200 }, now: Self.date("2026-10-19T12:00:00Z"))
        #expect(try meaning("2026-10-18", south) == "2026-10-18T03:00:00Z/2026-10-19T02:00:00Z")
    }

    @Test("every time is written so that it can be typed again")
    func written() throws {
        #expect(utc.typed(Self.date("2026-11-26T14:00:00Z")) == "2026-11-26 14:00")
        #expect(utc.typed(since: "2026-11-26T14:00:30Z") == "2026-11-26 14:00:30" && utc.typed(since: "30d") == "30d")
        #expect(utc.typed(until: Self.date("2026-11-27T00:00:00Z")) == "2026-11-26")
        #expect(utc.typed(until: Self.date("2026-11-26T14:06:00Z")) == "2026-11-26 14:05")
        let clock = berlin("2026-10-26T10:00:00Z")
        #expect(clock.typed(Self.date("2026-10-25T00:30:00Z")) == "2026-10-25 02:30")
        #expect(clock.typed(Self.date("2026-10-25T01:30:00Z")) == "2026-10-25 02:30+01:00")
        // Every quarter of an hour around both changes of the clocks, and days between.
        for step in 0..<80 {
            let begin = Self.date(["2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z", "2026-01-01T00:00:00Z"][step % 3])
            let moment = begin + Double(step) * (step % 3 == 2 ? 360_000 : 900) + [0, 60, 1, 59, 1_800.481][step % 5]
            for clock in [utc, clock] {
                #expect(try abs(TypedTime(clock.typed(moment), clock).begin.timeIntervalSince(moment)) < 0.001)
                #expect(try abs(TypedTime.until(clock.typed(until: moment), clock).timeIntervalSince(moment)) < 0.002)
            }
        }
    }
}
