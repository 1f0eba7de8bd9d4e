import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Times in the list of sessions", .ownThread)
struct SessionTimeTests {
    private func loaded(_ style: TimeStyle = TimeStyle(), columns: Int = 80, rows: Int = 24) -> TestConsole {
        var settings = Sample.settings
        settings.time = style
        var console = TestConsole(columns: columns, rows: rows, settings: settings)
        console.answerRefresh()
        console.takeEffects()
        return console
    }

    private let east = TimeStyle(zone: .local, localOffset: { _ in 7_200 })

    /// The requests for pages of sessions since the last time.
    private func pages(_ console: inout TestConsole) -> [PageRequest<SessionFilter>] {
        console.takeEffects().compactMap { if case .sessions(.list(let page)) = $0 { page } else { nil } }
    }

    /// Answers the pending page with sessions of the sample: number 0 began now, each further one 61 s earlier.
    private func answer(_ console: inout TestConsole, _ numbers: Range<Int>, next: String?) throws {
        let page = try #require(pages(&console).last)
        console.answer(.sessions(.list(page, .success(Page(data: numbers.map(Sample.session), nextCursor: next)))))
    }

    @Test("a time is typed in the zone that is shown, and shown in it again")
    func zone() {
        var console = loaded(east)
        console.press("2", "f")
        console.expect("since (local)")
        console.press(.control("u"))
        console.type("2026-05-04 14:00")
        console.press(.tab)
        console.type("15:00")
        console.press(.enter)
        let filter = SessionFilter(since: "2026-05-04T12:00:00Z", until: Timestamp.parse("2026-05-04T13:01:00Z"))
        #expect(console.state.data.sessions.list.filter == filter)
        console.expect("STARTED (LOCAL)")
        console.expect("since 2026-05-04 14:00 · until 2026-05-04 15:00")
        console.press("f")
        console.expect("2026-05-04 14:00 ")
        console.press(.enter)
        #expect(console.state.data.sessions.list.filter == filter)
        // Without the option, times are UTC.
        console = loaded()
        console.run(":sessions since=12:00")
        #expect(console.state.data.sessions.list.filter == SessionFilter(since: "2026-05-04T12:00:00Z"))
    }

    @Test("a time that cannot be used is refused where it is typed, and nothing is requested", arguments: [
        ("0h", "", "“0h” is no time at all. Try 2h or"), ("soon", "", "“soon” is not a time. Try 2h or"), ("2026-06-01", "", "is in the future. Try 2h or"),
        ("7d", "soon", "“soon” is not a time. Try 2h or"), ("today", "yesterday", "which is before since"),
    ])
    func refused(since: String, until: String, sentence: String) {
        var console = loaded()
        console.press("2", "f")
        console.press(.control("u"))
        console.type(since)
        console.press(.tab)
        console.type(until)
        console.press(.enter)
        #expect(console.takeEffects().isEmpty)
        console.expect(sentence)
        console.press(.escape)
        console.run(":sessions since=\"\(since)\"" + (until.isEmpty ? "" : " until=\(until)"))
        #expect(console.takeEffects().isEmpty)
        console.expect(sentence)
    }

    @Test("the command line takes times in quotes, names them, and says when the quotes are missing")
    func commandLine() {
        var console = loaded()
        console.run(#":sessions since="yesterday 14:00" until="yesterday 14:10" status=error"#)
        let until = Timestamp.parse("2026-05-03T14:11:00Z")
        #expect(console.state.data.sessions.list.filter == SessionFilter(since: "2026-05-03T14:00:00Z", until: until, status: .error))
        #expect(ConsoleCommand.complete("sessions until=y", console.state.context).line == "sessions until=yesterday ")
        #expect(ConsoleCommand.complete("at y", console.state.context).line == "at yesterday ")
        console.run(":sessions since=yesterday 14:00")
        console.expect(#"since="yesterday 14:00""#)
        console.press(.escape)
        console.run(":sessions untl=today")
        console.expect("did you mean “until”?")
    }

    @Test("sessions that are newer than `until` are passed over in the background, with progress")
    func passingOver() throws {
        var console = loaded()
        console.run(":sessions until=12:30")
        #expect(console.lines[3] == "  last 30d · until 2026-05-04 12:30")
        try answer(&console, 0..<20, next: "a")
        console.expect("Passing over 20 newer sessions, now at May 04 12:47. Esc stops.")
        // The API has no `until`; reading goes on by itself, behind everything that somebody waits for.
        let page = try #require(pages(&console).last)
        #expect(page.cursor == "a" && page.priority == .bulk)
        console.answer(.sessions(.list(page, .success(Page(data: (20..<34).map(Sample.session), nextCursor: "b")))))
        try answer(&console, 34..<60, next: "c")
        // 12:30:05, which belongs to the minute that was typed.
        #expect(console.state.data.sessions.list.items.first?.id == Sample.sessionID(36))
        // The window is filled, too, and then reading ends.
        try answer(&console, 60..<120, next: "d")
        #expect(console.state.data.sessions.list.items.count == 84 && pages(&console).isEmpty)
        // A refresh finds newer sessions only, and keeps the rows.
        console.press("r")
        try answer(&console, 0..<20, next: "a")
        #expect(console.state.data.sessions.list.items.count == 84 && pages(&console).isEmpty)
        console.press("F")
        console.expect("the list ends in the past")
        #expect(!console.state.data.sessions.follow.isOn)
    }

    @Test("Esc stops passing over, and G goes on from there")
    func stopsPassingOver() throws {
        var console = loaded()
        console.run(":sessions until=12:30")
        try answer(&console, 0..<20, next: "a")
        console.press(.escape)
        try answer(&console, 20..<30, next: "b")
        #expect(pages(&console).isEmpty)
        console.expect("Stopped after 30 newer sessions, now at May 04 12:37. End reads on.")
        // A refresh begins nothing.
        console.press("r")
        try answer(&console, 0..<20, next: "a")
        #expect(pages(&console).isEmpty)
        console.press("G")
        let page = try #require(pages(&console).last)
        #expect(page.cursor == "b")
        console.answer(.sessions(.list(page, .success(Page(data: (30..<60).map(Sample.session))))))
        #expect(console.state.data.sessions.list.items.first?.id == Sample.sessionID(36))
    }

    @Test("a list without a session that is old enough ends empty, also over many pages")
    func nothingLeft() throws {
        var console = loaded()
        console.run(":sessions until=yesterday")
        for number in 0..<6 { try answer(&console, number * 10..<number * 10 + 10, next: number == 5 ? nil : "c\(number)") }
        console.expect("No sessions like this.")
        #expect(pages(&console).isEmpty && !console.state.data.sessions.isReadingOn)
    }

    @Test("the call that somebody complains about: at most 20 keys from the list of agents")
    func complaint() throws {
        var console = loaded()
        var keys = 0
        func type(_ text: String) {
            console.type(text)
            keys += text.count
        }
        func press(_ key: Key) {
            console.press(key)
            keys += 1
        }
        #expect(console.state.tab == .agents)
        type(":at 12:41")
        press(.enter)
        #expect(console.state.tab == .sessions)
        // 12:41:15 is the newest session of that minute; rows above and below it are shown.
        #expect(console.selectedSession?.id == Sample.sessionID(25))
        for started in ["May 04 12:42:16", "May 04 12:41:15", "May 04 12:40:14"] { console.expect(started) }
        press(.enter)
        console.expect("Sessions › \(Sample.sessionID(25))")
        #expect(keys <= 20)
        // With the day, completed by Tab.
        console = loaded()
        keys = 0
        type(":at y")
        press(.tab)
        type("14:05")
        press(.enter)
        #expect(keys <= 20 && console.state.data.sessions.reading.target?.begin == Timestamp.parse("2026-05-03T14:05:00Z"))
    }

    @Test(":at reads on as far as needed, behind everything that somebody waits for, and says where it is")
    func readsOn() throws {
        var console = loaded()
        console.run(":at 11:00")
        console.expect("going to 2026-05-04 11:00, now at May 04 12:06")
        let page = try #require(pages(&console).last)
        #expect(page.cursor == "c2" && page.priority == .bulk)
        console.answer(.sessions(.list(page, .success(Page(data: (60..<120).map(Sample.session), nextCursor: "c3")))))
        // Other keys work meanwhile.
        console.press("j")
        try answer(&console, 120..<180, next: "c4")
        #expect(console.selectedSession?.id == Sample.sessionID(124))
        console.expectNot("going to")
        #expect(console.state.data.sessions.reading.target == nil)
    }

    @Test("Esc stops :at where it is, before it ends a search")
    func stops() throws {
        var console = loaded()
        console.press("2", "/")
        console.type("o")
        console.press(.enter)
        console.run(":at 11:00")
        console.press(.escape)
        console.expectNot("going to")
        try answer(&console, 60..<120, next: "c3")
        #expect(pages(&console).isEmpty && console.state.data.sessions.list.items.count == 120)
        console.press(.escape)
        #expect(console.state.tab == .sessions)
        // The search has ended; its rows are all shown.
        console.press(":")
        console.type("at 12:50")
        console.press(.enter)
        #expect(console.selectedSession?.startedAt ?? Sample.now < Sample.now - 900)
    }

    @Test("without a session at that time, :at goes to the last one before it, or to the oldest one, and says so")
    func noSession() throws {
        var console = loaded()
        console.run(":at 12:00:30")
        try answer(&console, 70..<80, next: "c3")
        #expect(console.selectedSession?.id == Sample.sessionID(70))
        console.expect("no session began at 2026-05-04 12:00:30; this is the last one before it")
        console.run(":at yesterday")
        try answer(&console, 80..<90, next: nil)
        #expect(console.selectedSession?.id == Sample.sessionID(89))
        console.expect("no session of this list began before")
        console.press("2")
        console.run(":at 30d")
        console.expectNot("going to")
    }

    @Test("a time outside of the list's window, in the future or unreadable is refused", arguments: [
        ("at 2026-01-01", "Type :sessions since=2026-01-01 first"), ("at Jan 1 14:00", #"since="Jan 1 14:00""#), ("at 2026-06-01", "is in the future"), ("at", "at takes a time"),
        ("at noon", "“noon” is not a time"),
    ])
    func outside(line: String, sentence: String) {
        var console = loaded(columns: 120)
        console.run(":\(line)")
        #expect(console.takeEffects().isEmpty)
        console.expect(sentence)
        console.press(.escape)
        console.run(":sessions until=yesterday")
        console.takeEffects()
        console.run(":at 12:00")
        console.expect("is after the list ends")
    }

    @Test("a row is found by its time wherever times are missing")
    func missingTimes() {
        var rows = SessionRows()
        #expect(rows.firstIndex(startedBefore: Sample.now) == nil)
        for number in 0..<40 {
            var session = Sample.session(number)
            if number % 3 != 1 { session.startedAt = nil }
            rows.append(session)
        }
        for number in 0..<40 {
            let end = Sample.now - Double(number) * 61 + 1
            let expected = (number..<40).first { $0 % 3 == 1 }
            #expect(rows.firstIndex(startedBefore: end) == expected)
        }
    }
}

extension TestConsole {
    /// The session that the list has selected.
    fileprivate var selectedSession: CallSession? {
        (state.screens(of: .sessions).first?.screen as? SessionsScreen)?.selected(state.context)
    }
}
