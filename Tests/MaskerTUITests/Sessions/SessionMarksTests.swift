import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Saving the reports of marked sessions", .ownThread)
struct SessionMarksTests {
    private func list(columns: Int = 100, rows: Int = 30) -> TestConsole {
        var console = TestConsole.loaded(columns: columns, rows: rows)
        console.press("2")
        return console
    }

    /// A console with the first, the third and the fourth row marked.
    private func marked(columns: Int = 100, rows: Int = 30) -> TestConsole {
        var console = list(columns: columns, rows: rows)
        console.press(" ", "j", " ", " ")
        console.takeEffects()
        return console
    }

    private func saving(columns: Int = 100, rows: Int = 30) -> TestConsole {
        var console = marked(columns: columns, rows: rows)
        console.press("S", "b")
        console.press(.enter)
        console.takeEffects()
        return console
    }

    /// The hint of S, whether the hint line has room for it or not.
    private func saveHint(_ console: TestConsole) -> String? {
        console.state.front.keyHelp(console.state.context).first { $0.keys.contains(.character("S")) }?.hint
    }

    private var marks: [Identifier<CallSession>] { [0, 2, 3].map(Sample.sessionID) }

    @Test("Space marks and goes on to the next row; the sign is in the margin, the count in the title", arguments: [(60, 15), (80, 24), (200, 60)])
    func marking(columns: Int, rows: Int) {
        let console = marked(columns: columns, rows: rows)
        #expect(console.state.data.reports.marks == marks)
        #expect(saveHint(console) == "save 3")
        console.expectSnapshot("marked-sessions-\(columns)x\(rows)")
        console.expectPosition("60+ loaded")
    }

    @Test("Space removes a mark, u removes all marks")
    func unmarking() {
        var console = marked()
        console.press("k", " ")
        #expect(console.state.data.reports.marks == [0, 2].map(Sample.sessionID))
        console.press("u")
        #expect(console.state.data.reports.marks == [])
        console.expectNot("marked")
        console.press("u")
        console.expect("no session is marked")
    }

    @Test("marks belong to sessions, not to rows, and stay under another filter")
    func refreshed() {
        var console = marked()
        console.press("r")
        console.answerRefresh(sessions: Array(Sample.sessions[1...]))
        #expect(console.state.data.reports.marks == marks)
        console.expect("● 3 marked, 1 not in this list")
        #expect(console.lines.filter { $0.contains(" ●") || $0.contains("▌●") }.count == 3)
        console.press("x")
        console.press("f")
        console.press(.escape)
        #expect(console.state.data.reports.marks == marks)
    }

    @Test("the dialog shows their number, and one report job saves all of them", arguments: [(60, 15), (80, 24)])
    func dialog(columns: Int, rows: Int) {
        var console = marked(columns: columns, rows: rows)
        console.press("S")
        let names = ReportFileNames(names: marks.map { "masker-\($0)-2026-05-04" }, choice: .pdf)
        #expect(console.takeEffects() == [.reports(.checkFileNames(names))])
        console.answer(.reports(.namesTaken(names, ["a": "a-2", "b": "b-2"])))
        console.expectSnapshot("save-marked-\(columns)x\(rows)", of: .dialog)
        console.press("b", .enter)
        let subjects = zip(marks, names.names).map { ReportJob.Subject(session: $0, name: $1) }
        #expect(console.takeJob() == ReportJob(serial: 1, subjects: subjects, choice: .both, hasManifest: true))
    }

    @Test("without marks, S saves the report of the selected session, without a manifest")
    func selected() {
        var console = list()
        console.press("j", "S", "j")
        console.press(.enter)
        let job = console.takeJob()
        #expect(job?.subjects.map(\.session) == [Sample.sessionID(1)] && job?.hasManifest == false && job?.subjects.first?.detailRoot == nil)
    }

    @Test("one progress bar for all: number of the session, bytes, rate", arguments: [(60, 15), (80, 24)])
    func bar(columns: Int, rows: Int) {
        var console = saving(columns: columns, rows: rows)
        console.answer(.reports(.progress(1, ReportProgress(session: marks[0], format: .json, expected: 1_000))))
        console.wait(1)
        console.answer(.reports(.progress(1, ReportProgress(session: marks[0], format: .json, received: 1_000, expected: 1_000, total: 1_000))))
        console.answer(.reports(.saved(1, Sample.saved(0, .both))))
        console.expect("saving 2 of 3")
        console.expect("■■■■■···········")
        console.wait(1)
        console.answer(.reports(.progress(1, ReportProgress(session: marks[1], format: .pdf, received: 500_000, expected: 1_000_000, total: 502_000))))
        #expect(saveHint(console) == "save 2")
        console.expectSnapshot("saving-marked-\(columns)x\(rows)")
        console.expectPosition("60+ loaded")
    }

    @Test("saved sessions lose their mark; failed ones keep it, with the reason below the row", arguments: [(60, 15), (80, 24), (200, 60)])
    func failing(columns: Int, rows: Int) {
        var console = saving(columns: columns, rows: rows)
        console.answer(.reports(.saved(1, Sample.saved(0, .both))))
        console.answer(.reports(.saved(1, Sample.failed(2, .failed(Sample.error(.server, 500, "report_generation_failed", "rendering failed"))))))
        console.answer(.reports(.saved(1, Sample.saved(3, .both))))
        console.answer(.reports(.ended(1, .file(name: "manifest.json"))))
        #expect(console.state.data.reports.marks == [Sample.sessionID(2)])
        #expect(saveHint(console) == "save 1")
        console.expectSnapshot("saved-marked-\(columns)x\(rows)")
        console.expectPosition("60+ loaded")
        // The result stays until X dismisses it; Enter dismisses the reason.
        console.wait(3_600)
        console.act(.woke)
        console.expect("⚠ reports saved: 2 of 3")
        console.press("g", "j", "j")
        console.press(.enter)
        #expect(console.state.data.reports.marks == [Sample.sessionID(2)])
        console.expectNot("rendering failed")
        console.press("X")
        #expect(console.takeJob() == nil)
        console.expectNot("reports saved")
        console.press("S", "p")
        console.press(.enter)
        #expect(console.takeJob()?.subjects.map(\.session) == [Sample.sessionID(2)])
    }

    @Test("cancelled: the saved reports are counted, and the other sessions stay marked without an error")
    func cancelled() {
        var console = saving()
        console.answer(.reports(.saved(1, Sample.saved(0, .both))))
        console.press("X")
        #expect(console.takeEffects() == [.reports(.cancelSaving)])
        console.answer(.reports(.saved(1, Sample.failed(2, .cancelled))))
        console.answer(.reports(.ended(1, .file(name: "manifest.json"))))
        console.expect("reports saved: 1 of 3 · cancelled · manifest.json")
        #expect(console.state.data.reports.marks == [2, 3].map(Sample.sessionID))
        console.expectNot("not saved")
    }

    @Test(":reports shows the result of each session", arguments: [(80, 24), (200, 60)])
    func listing(columns: Int, rows: Int) {
        var console = saving(columns: columns, rows: rows)
        console.answer(.reports(.saved(1, Sample.saved(0, .both))))
        console.answer(.reports(.saved(1, Sample.failed(2, .failed(Sample.error(.rateLimited(retryAfter: .seconds(7)), 429))))))
        console.answer(.reports(.ended(1, .file(name: "manifest.json"))))
        console.run(":reports")
        console.expectSnapshot("saved-reports-\(columns)x\(rows)")
        console.expectPosition("all")
    }

    @Test("a manifest that could not be written is reported, and so are different audit roots")
    func noManifest() {
        var console = saving(columns: 200)
        for number in [0, 2] { console.answer(.reports(.saved(1, Sample.saved(number, .both)))) }
        console.answer(.reports(.saved(1, Sample.saved(3, .both, root: String(repeating: "00", count: 32)))))
        console.answer(.reports(.ended(1, .notWritten(reason: "No space left on device"))))
        console.expect("⚠ reports saved: 3 of 3 · 1 with audit roots that do NOT agree · no manifest: No space left")
    }

    @Test("logging out removes the marks")
    func loggedOut() {
        var console = marked()
        console.answer(.account(.loggedOut(.signedOut)))
        #expect(console.state.data.reports.marks == [])
    }
}
