import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Reading a report in the console", .ownThread)
struct ReportScreenTests {
    private static let session = Sample.sessionID(0)

    private func reading(columns: Int = 100, rows: Int = 30) -> TestConsole {
        var console = TestConsole.inDetail(columns: columns, rows: rows)
        console.press("v")
        return console
    }

    private func read(columns: Int = 100, rows: Int = 30, _ report: Report = Sample.report) -> TestConsole {
        var console = reading(columns: columns, rows: rows)
        console.answer(.reports(.report(Self.session, .success(report))))
        console.takeEffects()
        return console
    }

    @Test("v requests the report once, and the screen counts seconds and bytes until it is loaded")
    func progress() {
        var console = reading()
        #expect(console.takeEffects() == [.reports(.read(Self.session))])
        console.wait(12)
        console.act(.woke)
        console.expectSnapshot("reading-report")
        console.expectPosition("all")
        console.answer(.reports(.reading(Self.session, 30_000, 60_000)))
        console.expect("■■■■■■■■········ Receiving 30 KB of 60 KB · 12 s")
        console.answer(.reports(.reading(Self.session, 40_000, nil)))
        console.expect("Receiving 40 KB · 12 s")
        console.expectNot("■■")
    }

    @Test("coverage, redactions, policy, and the comparison of the audit root", arguments: [(60, 15), (80, 24), (200, 60)])
    func report(columns: Int, rows: Int) {
        var console = read(columns: columns, rows: rows)
        console.expectSnapshot("report-\(columns)x\(rows)")
        console.expectPosition(rows == 60 ? "all" : "top")
        console.press("G")
        console.expectSnapshot("report-end-\(columns)x\(rows)")
        console.expectPosition(rows == 60 ? "all" : "end")
    }

    @Test("a different root is reported clearly, and so is a missing one")
    func roots() {
        var report = Sample.report
        report.auditRootHex = String(repeating: "00", count: 32)
        #expect(read(report).lines.contains { $0.contains("JSON report") && $0.contains("✗ NO") })
        report.auditRootHex = nil
        #expect(read(report).lines.contains { $0.contains("JSON report") && $0.contains("none given") && $0.contains("—") })
    }

    private func read(_ report: Report) -> TestConsole { read(columns: 120, rows: 40, report) }

    @Test("an empty report is shown as empty; unreadable fields are named")
    func empty() {
        let console = read(columns: 120, rows: 40, Report(id: Identifier("rep_1")))
        console.expect("rep_1")
        console.expect("Safe Harbor coverage")
    }

    @Test("promise 13: Esc cancels at once, and a late answer is ignored")
    func cancelling() {
        var console = reading()
        console.takeEffects()
        console.expect("Esc cancel")
        console.press(.escape)
        #expect(console.takeEffects().contains(.cancel(.reports(.read(Self.session)))))
        console.expect("Redactions by kind")
        console.answer(.reports(.reading(Self.session, 1, nil)))
        #expect(console.state.data.reports.work == nil)
        console.press("v")
        #expect(console.takeEffects() == [.reports(.read(Self.session))])
        // Choosing the tab closes the report as well.
        console.press("2")
        #expect(console.takeEffects().contains(.cancel(.reports(.read(Self.session)))))
    }

    @Test("a failure is one line in place of the report; r tries again", arguments: [
        (Sample.forbidden, "⊘ not permitted: account admins only · req_01HZ4T; r tries again"),
        (Sample.error(.notFound, 404, "session_not_found", "no such session"), "✗ no report: no such session · req_01HZ4T"),
        (Sample.error(.server, 500, "report_generation_failed", "rendering failed"), "✗ no report: failed, or the audit chain is broken (500): rendering failed · req_01HZ4T"),
        (Sample.lost, "✗ no report: the connection was lost"),
    ] as [(APIError, String)])
    func failures(error: APIError, line: String) {
        var console = reading()
        console.takeEffects()
        console.answer(.reports(.report(Self.session, .failure(error))))
        #expect(console.lines.contains { $0.contains(line) })
        console.press("r")
        #expect(console.takeEffects() == [.reports(.read(Self.session))])
    }

    @Test("401 opens the sign-in screen; afterwards no report is generated without a key")
    func unauthenticated() {
        var console = reading()
        console.answer(.reports(.report(Self.session, .failure(Sample.unauthenticated))))
        console.takeEffects()
        console.answer(.account(.signedIn(.success(Sample.admin))))
        #expect(!console.takeEffects().contains(.reports(.read(Self.session))))
    }

    @Test("one report at a time: v is refused while saving, S while reading")
    func oneAtATime() {
        var console = TestConsole.inDetail()
        console.press("S", "p")
        console.press(.enter)
        console.press("v")
        #expect(!console.takeEffects().contains(.reports(.read(Self.session))))
        console.expect("reports are being saved; wait, or cancel first")
        console = reading()
        console.press("S")
        #expect(console.takeJob() == nil)
        console.expect("a report is being read; only one at a time")
        console.answer(.reports(.report(Self.session, .success(Sample.report))))
        console.press("S", "j")
        console.press(.enter)
        #expect(console.takeJob()?.subjects.map(\.detailRoot) == [.root(Sample.root)])
    }

    @Test("the lock drops the report, and cancels one that is being generated")
    func locked() {
        var console = read()
        console.act(.idled)
        console.answer(.account(.user(.success(Sample.admin))))
        console.takeEffects()
        console.expect("r regenerates it")
        console.expectNot("rep_01HZ4T")
        console = reading()
        console.act(.idled)
        #expect(console.state.data.reports.work == nil && console.takeEffects().contains(.cancelReading))
    }
}
