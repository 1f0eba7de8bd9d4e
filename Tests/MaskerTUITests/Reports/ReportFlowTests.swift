import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Saving a report from the console", .ownThread)
struct ReportFlowTests {
    private static let session = Sample.sessionID(0)
    private static let name = "masker-sess_01HZ4T00000000000000000000-2026-05-04"

    private func job(_ choice: ReportChoice = .pdf, name: String = Self.name, serial: Int = 1) -> ReportJob {
        ReportJob(
            serial: serial, subjects: [.init(session: Self.session, name: name, detailRoot: .root(Sample.root))], choice: choice, hasManifest: false)
    }

    private func saving(_ choice: ReportChoice = .pdf, columns: Int = 100, rows: Int = 30) -> TestConsole {
        var console = TestConsole.inDetail(columns: columns, rows: rows)
        console.press("S", choice == .pdf ? "p" : choice == .json ? "j" : "b")
        console.press(.enter)
        console.takeEffects()
        return console
    }

    private func end(_ console: inout TestConsole, _ reports: SessionReports, serial: Int = 1) {
        console.answer(.reports(.saved(serial, reports)))
        console.answer(.reports(.ended(serial, nil)))
    }

    // MARK: The dialog

    @Test("the dialog asks for the form and shows the path of the file", arguments: [(60, 15), (80, 24), (200, 60)])
    func dialog(columns: Int, rows: Int) {
        var console = TestConsole.inDetail(columns: columns, rows: rows)
        console.press("S")
        console.expectSnapshot("save-report-\(columns)x\(rows)", of: .dialog)
    }

    @Test("p, J, b, j, k and the arrows select, and Enter requests the report once; Esc requests nothing")
    func choosing() {
        let ways: [([Key], ReportChoice)] = [
            ([.character("b"), .character("p"), .enter], .pdf), ([.character("J"), .enter], .json), ([.character("b"), .enter], .both), ([.enter], .pdf),
            ([.character("j"), .enter], .json), ([.character("j"), .character("j"), .character("k"), .enter], .json), ([.down, .enter], .json),
            ([.down, .tab, .enter], .both), ([.up, .up, .enter], .both),
        ]
        for (keys, choice) in ways {
            var console = TestConsole.inDetail()
            console.press("S")
            console.takeEffects()
            keys.forEach { console.press($0) }
            #expect(console.takeJob() == job(choice))
            console.expectNot("Save the report")
            // A second report job is refused.
            console.press("S")
            #expect(console.takeEffects() == [])
            console.expect("reports are being saved; wait, or cancel first")
        }
        var console = TestConsole.inDetail()
        console.press("S", .escape)
        #expect(console.takeJob() == nil)
        console.expectNot("Save the report")
    }

    @Test("an existing name is shown before saving, with its numbered name; only the answer to the last check counts")
    func taken() {
        var console = TestConsole.inDetail()
        console.press("S")
        let names = ReportFileNames(names: [Self.name], choice: .pdf)
        #expect(console.takeEffects() == [.reports(.checkFileNames(names))])
        console.answer(.reports(.namesTaken(ReportFileNames(names: [Self.name], choice: .json), ["\(Self.name).pdf": "wrong.pdf"])))
        console.expectNot("exists already")
        console.answer(.reports(.namesTaken(names, ["\(Self.name).pdf": "\(Self.name)-3.pdf"])))
        console.expect("~/reports/\(Self.name)-3.pdf")
        console.expect("The name exists already")
        console.press(.down)
        #expect(console.takeEffects() == [.reports(.checkFileNames(ReportFileNames(names: [Self.name], choice: .json)))])
        console.expect("~/reports/\(Self.name).json")
        console.expectNot("exists already")
    }

    @Test("the user can type the name; letters are text there, and an extension is not doubled")
    func naming() {
        var console = TestConsole.inDetail(columns: 80, rows: 24)
        console.press("S", .up)
        console.press(.control("u"))
        console.type("pjbq-2026.PDF")
        #expect(console.takeEffects().last == .reports(.checkFileNames(ReportFileNames(names: ["pjbq-2026"], choice: .pdf))))
        console.expect("~/reports/pjbq-2026.pdf")
        console.expectSnapshot("save-report-name", of: .dialog)
        console.press(.enter)
        #expect(console.takeJob() == job(name: "pjbq-2026"))
    }

    @Test("promise 40: a name that leads to another directory is reported below the field, and nothing is saved", arguments: ["../x", "/etc/x", ".x", "", "a b", "-x"])
    func badName(name: String) {
        var console = TestConsole.inDetail()
        console.press("S", .up, .control("u"))
        console.paste(name)
        console.press(.enter)
        #expect(console.takeJob() == nil)
        console.expect("no file name:")
        // The keys of the forms do not bypass the check.
        console.press(.down)
        console.press("b")
        console.press(.enter)
        #expect(console.takeJob() == nil)
        console.expect("no file name:")
    }

    @Test("promise 39: in restricted mode the user cannot choose the name")
    func restrictedName() {
        var settings = Sample.settings
        settings.isRestricted = true
        var console = TestConsole.inDetail(settings: settings)
        console.press("S")
        console.expectNot("file name")
        console.expect("~/reports/\(Self.name).pdf")
        console.press(.up, .control("u"))
        console.type("x")
        console.press(.enter)
        #expect(console.takeJob() == job(.both))
    }

    // MARK: Progress

    @Test("the user goes on working during the download; a line on every page counts the bytes")
    func progress() {
        var console = saving()
        console.expect("the server is generating it… 0 s")
        console.wait(75)
        console.act(.woke)
        console.expect("the server is generating it… 1 m 15 s")
        var progress = ReportProgress(session: Self.session, format: .pdf, received: 0, expected: 3_400_000, total: 0)
        console.answer(.reports(.progress(1, progress)))
        console.wait(2)
        (progress.received, progress.total) = (1_200_000, 1_200_000)
        console.answer(.reports(.progress(1, progress)))
        console.expect("1.2 MB of 3.4 MB · 600 KB/s")
        console.expectSnapshot("saving-report")
        console.expectPosition("top")
        console.press(.escape)
        console.press("1", "j")
        #expect(console.takeEffects().allSatisfy { $0 != .reports(.cancelSaving) } && console.selected?.hasPrefix("prior-auth-primary") == true)
        console.expect("1.2 MB of 3.4 MB")
        end(&console, Sample.saved(0, .pdf))
        console.expect("✓ saved; the audit roots agree · ~/reports/")
    }

    @Test("without a length there is no bar, and the smallest window still shows the numbers", arguments: [60, 80])
    func narrow(columns: Int) {
        var console = saving(columns: columns, rows: columns / 4)
        var progress = ReportProgress(session: Self.session, format: .pdf)
        console.answer(.reports(.progress(1, progress)))
        console.wait(3)
        (progress.received, progress.total) = (90_000, 90_000)
        console.answer(.reports(.progress(1, progress)))
        console.expect("saving the report 90 KB · 30 KB/s")
        console.expectNot("■■")
        progress.expected = 180_000
        console.answer(.reports(.progress(1, progress)))
        #expect(console.screen.contains("■■■■■■■■········") == (columns == 80))
        console.expect("90 KB of 180 KB · 30 KB/s")
    }

    @Test("seconds are counted only while a report is pending")
    func wake() {
        var console = saving()
        console.wait(0.25)
        console.act(.woke)
        #expect(console.state.nextWake.map { $0.timeIntervalSince(console.now) } == 0.75)
        end(&console, Sample.saved(0, .pdf))
        #expect(console.state.nextWake.map { $0.timeIntervalSince(console.now) > 1 } == true)
    }

    // MARK: Results

    @Test("promise 40: path, size and all three roots stay in the detail until they are dismissed", arguments: [(60, 15), (80, 24), (200, 60)])
    func saved(columns: Int, rows: Int) {
        var console = saving(.both, columns: columns, rows: rows)
        end(&console, Sample.saved(0, .both))
        console.wait(20)
        console.act(.woke)
        console.expectSnapshot("saved-report-\(columns)x\(rows)")
        console.expectPosition(rows == 60 ? "all" : "top")
        console.press(.escape, .enter)
        console.expect("Saved reports")
        console.press(.enter)
        console.expectNot("Saved reports")
    }

    @Test("one form only: the other root is shown as not fetched; the root of a PDF without readable text as not readable")
    func oneForm() {
        var console = saving()
        var reports = Sample.saved(0, .pdf)
        reports.roots.read([], in: .pdf)
        end(&console, reports)
        console.expect("the audit roots could not be compared")
        #expect(console.lines.contains { $0.contains("JSON report") && $0.contains("not fetched") && $0.contains("—") })
        #expect(console.lines.contains { $0.contains("PDF’s text") && $0.contains("not readable") && $0.contains("—") })
    }

    @Test("promise 40: a different root is reported clearly")
    func otherRoot() {
        var console = saving()
        end(&console, Sample.saved(0, .pdf, root: String(repeating: "00", count: 32)))
        console.expect("⚠ saved; the audit roots do NOT agree")
        console.wait(20)
        console.act(.woke)
        console.expectSnapshot("saved-report-other-root")
        console.expectPosition("top")
    }

    @Test("promise 40: every failure is one clear line, with the request id where there is one", arguments: [
        (Sample.forbidden, "⊘ report not saved: not permitted: account admins only · req_01HZ4T"),
        (Sample.error(.notFound, 404, "session_not_found", "no such session"), "✗ report not saved: no such session · req_01HZ4T"),
        (Sample.error(.rateLimited(retryAfter: .seconds(7)), 429), "the server asks to wait 7 s · req_01HZ4T"),
        (Sample.error(.server, 500, "report_generation_failed", "rendering failed"), "(500): rendering failed · req_01HZ4T"),
        (Sample.lost, "✗ report not saved: the connection was lost"),
        (Sample.error(.unexpectedResponse, 200, nil, "the PDF is not complete"), "(200): the PDF is not complete · req_01HZ4T"),
    ])
    func failures(error: APIError, line: String) {
        var console = saving()
        end(&console, Sample.failed(0, .failed(error)))
        #expect(console.lines.count { $0.contains(line) } == 2, "in the detail and in a notice")
        console.press("S", "p")
        console.press(.enter)
        #expect(console.takeJob() == job(serial: 2), "it can be requested again")
    }

    @Test("promise 40: an error of the disk is one line, too")
    func disk() {
        var console = saving()
        end(&console, Sample.failed(0, .notWritten(reason: "it could not be written: No space left on device")))
        #expect(console.lines.contains { $0.contains("✗ report not saved: it could not be written: No space left on device") })
    }

    @Test("both forms, one of them failed: the other is saved, and both results are shown")
    func half() {
        var console = saving(.both)
        var reports = Sample.saved(0, .json)
        reports.problems = [.failed(Sample.error(.server, 500, "report_generation_failed", "rendering failed"))]
        end(&console, reports)
        console.expect("✓ ~/reports/\(Self.name).json")
        console.expect("✗ report not saved: failed, or the audit chain is broken (500)")
    }

    @Test("promise 40: X cancels once, on every page; the result is shown when it arrives")
    func cancelling() {
        var console = saving()
        console.press("1", "X")
        #expect(console.takeEffects() == [.reports(.cancelSaving)])
        console.expect("cancelling…")
        console.press("X", "2", "S")
        #expect(console.takeEffects() == [])
        console.expect("the last report job is being cancelled")
        end(&console, Sample.failed(0, .cancelled))
        console.expect("cancelled; no file was saved")
        console.press("X")
        #expect(console.takeEffects() == [])
        console.expect("no reports are being saved")
    }

    @Test("promise 40: cancelled between the two forms: the finished file stays and is reported")
    func cancelledHalf() {
        var console = saving(.both)
        console.press("X")
        end(&console, Sample.saved(0, .json, problems: [.cancelled]))
        console.expect("cancelled; complete file: ~/reports/\(Self.name).json")
        console.expect("the rest was cancelled")
    }

    @Test("promise 40: a report that was complete before the cancelling is saved and reported as saved")
    func tooLateToCancel() {
        var console = saving()
        console.press("X")
        end(&console, Sample.saved(0, .pdf))
        console.expect("✓ saved;")
    }

    // MARK: Other users, other screens

    @Test("401 opens the sign-in screen, and the line is there afterwards")
    func unauthenticated() {
        var console = saving()
        end(&console, Sample.failed(0, .failed(Sample.unauthenticated)))
        #expect(console.state.isSignedOut)
        console.answer(.account(.signedIn(.success(Sample.admin))))
        console.expect("report not saved")
    }

    @Test("logging out cancels; the next user sees nothing of it, and late answers do not change that user's report job")
    func loggedOut() {
        var console = saving()
        console.answer(.account(.loggedOut(.signedOut)))
        #expect(console.takeEffects().contains(.reports(.cancelSaving)))
        console.answer(.account(.signedIn(.success(Sample.member))))
        console.answerRefresh()
        end(&console, Sample.failed(0, .cancelled))
        #expect(console.state.data.reports.saved.isEmpty && console.state.notice == nil)
        console.press("2", "S", "j")
        console.press(.enter)
        #expect(console.takeJob()?.serial == 2)
        end(&console, Sample.saved(0, .pdf))
        #expect(console.state.data.reports.work != nil && console.state.data.reports.saved.isEmpty)
    }

    @Test("a locked console shows nothing of it")
    func locked() {
        var console = saving()
        console.act(.idled)
        #expect(!console.takeEffects().contains(.reports(.cancelSaving)))
        console.expectNot("saving the report")
    }

    @Test("where saving is off, the key says why", arguments: [false, true])
    func off(isRestricted: Bool) {
        var settings = Sample.settings
        settings.reportsDirectory = nil
        settings.isRestricted = isRestricted
        var console = TestConsole.inDetail(settings: settings)
        for place in [Key.character("S"), .escape, .character("S")] { console.press(place) }
        console.expect(isRestricted ? "no directory for reports is configured here" : "saving is off with --no-store")
        #expect(console.takeJob() == nil)
        console.expectNot("Save the report")
    }

    @Test("promise 40: an id that cannot be a file name is refused at the key, in the list and in the detail")
    func hostileID() {
        let id = Identifier<CallSession>("sess_/../../etc/cron.d/x")
        var console = TestConsole.loaded(columns: 100, rows: 30, sessions: [CallSession(id: id)])
        for keys in [[Key.character("2"), .character("S")], [.character(" ")], [.enter, .character("S")]] {
            keys.forEach { console.press($0) }
            #expect(console.takeJob() == nil)
            console.expect("cannot be a file name")
        }
        #expect(console.state.data.reports.marks.isEmpty)
    }
}
