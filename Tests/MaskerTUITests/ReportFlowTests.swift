import MaskerAPI
import Testing

@testable import MaskerTUI

@Suite("Saving a report from the console")
struct ReportFlowTests {
    private static let session = Sample.sessionID(0)
    private static let name = "masker-sess_01HZ4T00000000000000000000-2026-05-04"

    private func order(_ format: Endpoint.ReportFormat = .pdf) -> ReportOrder {
        ReportOrder(session: Self.session, format: format, name: Self.name, merkleRoot: String(repeating: "9f3a", count: 16))
    }

    /// The detail of the first session.
    private func detail(columns: Int = 100, rows: Int = 30) -> TestConsole {
        var console = TestConsole.loaded(columns: columns, rows: rows)
        console.press("2")
        console.press(.enter)
        console.answer(.session(Self.session, .success(Sample.sessionDetail())))
        console.takeEffects()
        return console
    }

    private func saving() -> TestConsole {
        var console = detail()
        console.press("S", "p")
        console.takeEffects()
        return console
    }

    @Test("the dialog asks for the form and says where the file goes", arguments: [(60, 15), (80, 24)])
    func dialog(columns: Int, rows: Int) {
        var console = detail(columns: columns, rows: rows)
        console.press("S")
        console.expectSnapshot("save-report-\(columns)x\(rows)")
    }

    @Test("p and j, or an arrow and Enter, ask for the report once; Esc for none")
    func choosing() {
        for (keys, format) in [([Key.character("p")], Endpoint.ReportFormat.pdf), ([.character("j")], .json), ([.enter], .pdf), ([.down, .enter], .json)] {
            var console = detail()
            console.press("S")
            keys.forEach { console.press($0) }
            #expect(console.takeEffects() == [.saveReport(order(format))])
            #expect(!console.screen.contains("Save the report"))
            // A second one has to wait.
            console.press("S")
            #expect(console.screen.contains("its report is being saved") && console.takeEffects() == [])
        }
        var console = detail()
        console.press("S", .escape)
        #expect(console.takeEffects() == [])
        #expect(!console.screen.contains("Save the report"))
    }

    @Test("the user goes on working while it comes; the detail counts the bytes")
    func progress() {
        var console = saving()
        #expect(console.screen.contains("the server is making it…"))
        console.answer(.reportProgress(Self.session, 12_345))
        console.expectSnapshot("saving-report")
        console.press("1")
        console.press("j")
        #expect(console.lines.contains { $0.hasPrefix("▌ prior-auth-primary") })
        console.answer(.report(order(), .saved(SavedReport(name: Self.name + ".pdf", size: 12_345, root: .matches))))
        #expect(console.screen.contains("saved to ~/reports/"))
        console.press("2")
        #expect(console.lines.contains { $0.contains("✓ saved to ~/reports/") })
    }

    @Test("promise 40: where it is, its size and its root stay in the detail until they are dismissed")
    func saved() {
        var console = saving()
        console.answer(.report(order(), .saved(SavedReport(name: Self.name + ".pdf", size: 12_345, root: .matches))))
        console.expectSnapshot("saved-report")
        console.wait(3_600)
        console.act(.woke)
        #expect(console.screen.contains("✓ saved to ~/reports/\(Self.name).pdf · 12 KB ·"))
        console.press(.escape)
        console.press(.enter)
        #expect(console.screen.contains("✓ saved to"))
        console.press(.enter)
        #expect(!console.screen.contains("✓ saved to"))
    }

    @Test("promise 40: a root that is another one is said plainly")
    func otherRoot() {
        var console = saving()
        let found = String(repeating: "00", count: 32)
        console.answer(.report(order(), .saved(SavedReport(name: Self.name + ".pdf", size: 842, root: .differs(found: found)))))
        console.expectSnapshot("saved-report-other-root")
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
        console.answer(.report(order(), .failed(error)))
        #expect(console.lines.contains { $0.contains(line) })
        console.press("S", "p")
        #expect(console.takeEffects() == [.saveReport(order())], "it can be asked for again")
    }

    @Test("promise 40: what the disk says is one line, too")
    func disk() {
        var console = saving()
        console.answer(.report(order(), .notWritten(reason: "it could not be written: No space left on device")))
        #expect(console.lines.contains { $0.contains("✗ report not saved: it could not be written: No space left on device") })
    }

    @Test("promise 40: X cancels, and so does going back; the outcome is told as it comes", arguments: [Key.character("X"), .escape])
    func cancelling(key: Key) {
        var console = saving()
        console.press(key)
        #expect(console.takeEffects().first == .cancelSaving(Self.session))
        #expect(console.screen.contains("STARTED") == (key == .escape), "Esc leaves the detail")
        console.press("X")
        #expect(console.takeEffects() == [])
        console.answer(.report(order(), .cancelled))
        #expect(console.screen.contains("cancelled; no file was made"))
        if key == .escape { console.press(.enter) }
        #expect(!console.screen.contains("saving the report:"))
    }

    @Test("promise 40: it was whole before the cancelling came: then it is saved, and said to be")
    func tooLateToCancel() {
        var console = saving()
        console.press("X")
        console.answer(.report(order(), .saved(SavedReport(name: Self.name + ".pdf", size: 842, root: .matches))))
        #expect(console.screen.contains("✓ saved to"))
    }

    @Test("401 leads to the sign-in screen, and the line is there afterwards")
    func unauthenticated() {
        var console = saving()
        console.answer(.report(order(), .failed(Sample.unauthenticated)))
        #expect(console.state.signInScreen != nil)
        console.answer(.signedIn(.success(Sample.admin)))
        #expect(console.screen.contains("report not saved"))
    }

    @Test("logging out cancels; nothing of it is seen by who comes next")
    func loggedOut() {
        var console = saving()
        console.answer(.loggedOut(.signedOut))
        #expect(console.takeEffects().contains(.cancelSaving(Self.session)))
        console.answer(.signedIn(.success(Sample.member)))
        console.takeEffects()
        console.answer(.report(order(), .cancelled))
        #expect(console.state.data.reports.isEmpty && console.state.notice == nil)
    }

    @Test("where saving is off, its key is not there")
    func off() {
        var settings = Sample.settings
        settings.reportsDirectory = nil
        var console = TestConsole(columns: 100, rows: 30, settings: settings)
        console.answerRefresh()
        console.press("2")
        console.press(.enter)
        console.answer(.session(Self.session, .success(Sample.sessionDetail())))
        console.takeEffects()
        console.press("S")
        #expect(!console.screen.contains("save report") && !console.screen.contains("Save the report") && console.takeEffects() == [])
    }

    @Test("promise 40: an id that makes no file name is refused at the key")
    func hostileID() {
        let id = Identifier<CallSession>("sess_/../../etc/cron.d/x")
        var console = TestConsole.loaded(columns: 100, rows: 30, sessions: [CallSession(id: id)])
        console.press("2")
        console.press(.enter)
        console.takeEffects()
        console.press("S")
        #expect(console.screen.contains("makes no file name") && console.takeEffects() == [])
    }
}
