import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Times", .ownThread)
struct ClockTests {
    @Test("promise 31: an impossible time is marked in its row and in the details, and no age is computed from it")
    func impossibleTime() throws {
        let body = #"{"data": [{"id": "sess_1", "started_at": "9999-12-31T23:59:59Z", "agent_name": "one"}]}"#
        let page = try #require(Page<CallSession>(json: try JSON(parsing: Array(body.utf8))))
        var console = TestConsole.loaded(sessions: page.data)
        console.press("2")
        console.expect("⚠ —")
        for year in ["9999", "5138"] { console.expectNot(year) }
    }

    private let moment = Date(timeIntervalSince1970: 1_777_842_872)  // 2026-05-03 21:14:32 UTC

    private func clock(_ style: TimeStyle, after seconds: Double = 0) -> Clock { Clock(style: style, now: moment + seconds) }

    private let west = TimeStyle(zone: .local) { _ in -(9 * 3_600 + 1_800) }
    private let east = TimeStyle(zone: .local) { _ in 5 * 3_600 }

    @Test("UTC is named in every form, and the machine's time zone does not matter")
    func utc() {
        let clock = clock(TimeStyle(zone: .utc) { _ in 3_600 })
        #expect(clock.full(moment) == "2026-05-03 21:14:32 UTC")
        #expect(clock.short(moment) == "May 03 21:14:32")
        #expect(clock.long(moment) == "2026-05-03 21:14:32")
        #expect(clock.day(moment) == "2026-05-03")
        #expect(clock.time(moment) == "21:14Z")
        #expect(clock.title("STARTED") == "STARTED (UTC)" && clock.title("Latest sessions") == "Latest sessions (UTC)")
    }

    @Test("local times show their offset from UTC, also across midnight")
    func local() {
        #expect(clock(east).full(moment) == "2026-05-04 02:14:32 +05:00")
        #expect(clock(west).full(moment) == "2026-05-03 11:44:32 -09:30")
        #expect(clock(east).day(moment) == "2026-05-04")
        #expect(clock(east).time(moment) == "02:14")
        #expect(clock(east).title("STARTED") == "STARTED (LOCAL)" && clock(east).title("Latest") == "Latest (local)")
    }

    @Test("summer time is that of the shown moment, not of the current time")
    func summer() {
        let change = moment
        let style = TimeStyle(zone: .local) { $0 < change ? 3_600 : 7_200 }
        #expect(clock(style, after: 86_400).full(moment - 1) == "2026-05-03 22:14:31 +01:00")
        #expect(clock(style, after: 86_400).full(moment) == "2026-05-03 23:14:32 +02:00")
    }

    @Test("ages are rounded down; a time in the future is “just now”", arguments: [
        (-500.0, "just now"), (0, "just now"), (59, "just now"), (60, "1 m ago"), (3_599, "59 m ago"), (3_600, "1 h ago"),
        (172_799, "47 h ago"), (172_800, "2 d ago"), (1e9, "11574 d ago"), (1e300, "115740 d ago"),
    ])
    func relative(seconds: Double, text: String) {
        let clock = clock(TimeStyle(notation: .relative), after: seconds)
        #expect(clock.short(moment) == text && clock.long(moment) == text && clock.day(moment) == text && clock.time(moment) == text)
    }

    @Test("in details the time stands beside its age; a column of ages names no zone")
    func relativeDetails() {
        let clock = clock(TimeStyle(notation: .relative), after: 190)
        #expect(clock.full(moment) == "2026-05-03 21:14:32 UTC, 3 m ago")
        #expect(clock.title("STARTED") == "STARTED")
    }

    @Test("ages are updated each minute; clock times are not")
    func ticking() {
        #expect(clock(TimeStyle()).nextTick == nil)
        #expect(clock(TimeStyle(notation: .relative)).nextTick == moment + 28)
        var settings = Sample.settings
        settings.refreshInterval = 0
        settings.time.notation = .relative
        var console = TestConsole(settings: settings)
        console.answerRefresh()
        console.expect("just now")
        console.wait(60)
        #expect(console.state.nextWake.map { $0 <= console.now } == true)
        console.act(.woke)
        console.expect("1 m ago")
    }

    @Test("every view writes its times in the configured notation and zone")
    func everywhere() {
        for (style, header, list, detail) in [
            (TimeStyle(), "↻ 13:06Z", "May 04 13:06:40", "2026-05-04 13:06:40 UTC"),
            (TimeStyle(zone: .local) { _ in 7_200 }, "↻ 15:06", "May 04 15:06:40", "2026-05-04 15:06:40 +02:00"),
            (TimeStyle(notation: .relative), "↻ just now", "just now", "2026-05-04 13:06:40 UTC, just now"),
        ] {
            var settings = Sample.settings
            settings.time = style
            var console = TestConsole(columns: 120, rows: 40, settings: settings)
            console.answerRefresh()
            console.expect(header)
            console.press("2")
            console.expect(list)
            console.expect(Clock(style: style, now: Sample.now).title("STARTED"))
            console.press(.enter)
            console.expect("started         " + detail.replacing("just now", with: ""))
            console.press(.character("3"))
            console.expect("renewed         " + detail.replacing("just now", with: ""))
        }
    }

    @Test("the time zone is read from the C library, and no date is too far away for it")
    func machine() {
        var seconds = time_t(moment.timeIntervalSince1970), parts = tm()
        localtime_r(&seconds, &parts)
        #expect(LocalZone.offset(at: moment) == parts.tm_gmtoff)
        for far in [1e300, -1e300, .infinity] { _ = LocalZone.offset(at: Date(timeIntervalSince1970: far)) }
    }
}
