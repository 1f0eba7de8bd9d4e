import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("Reports of several sessions, and a report shown in the console, with the real program", .serialized, .ownThread)
struct ReportBatchEndToEndTests {
    private static let reportPath = "/api/v1/sessions/{id}/report"

    private func inList(
        _ faults: [MockFault] = [], columns: Int = 100, rows: Int = 30, _ body: (TmuxTerminal, _ directory: String) async throws -> Void
    ) async throws {
        try await withDirectory { directory in
            var setup = TmuxTerminal.Setup()
            setup.columns = columns
            setup.rows = rows
            setup.mock = ["--agents", "50", "--sessions", "100000"]
            let encoder = JSONEncoder()
            for fault in faults { setup.mock += ["--fault", String(decoding: try encoder.encode(fault), as: UTF8.self)] }
            setup.console = ["--reports", directory]
            try await TmuxTerminal.with(setup) { terminal in
                try await terminal.expect("50 · end")
                try await terminal.press("2")
                try await terminal.expect("STARTED")
                try await body(terminal, directory)
            }
        }
    }

    private func names(_ directory: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }

    private func manifest(_ directory: String) throws -> [[String: Any]] {
        let data = try Data(contentsOf: URL(fileURLWithPath: directory + "/manifest.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    }

    @Test("mark three sessions, save both formats: six files and a list with correct checksums and the roots of the PDFs", arguments: [(80, 24), (200, 60)])
    func three(columns: Int, rows: Int) async throws {
        try await inList(columns: columns, rows: rows) { terminal, directory in
            try await terminal.press("Space", "j", "Space", "Space")
            try await terminal.expect("● 3 marked")
            try await terminal.press("S")
            try await terminal.expect("Save the reports of 3 sessions")
            try await terminal.press("b", "Enter")
            try await terminal.expect("✓ reports saved: 3 of 3 · manifest.json")
            try await terminal.expectGone("marked")
            let entries = try manifest(directory)
            #expect(entries.count == 6 && Set(entries.compactMap { $0["session_id"] as? String }).count == 3)
            let files = try names(directory)
            #expect(files.count == 7 && files.allSatisfy { !$0.hasPrefix(".") })
            for entry in entries {
                let path = directory + "/" + (try #require(entry["file"] as? String)), root = try #require(entry["merkle_root_hex"] as? String)
                #expect(try await Program.run("sha256sum", [path]).output.hasPrefix((entry["sha256"] as? String ?? "-") + " "))
                #expect(try await Program.run("stat", ["-c", "%a %s", path]).output == "600 \(entry["bytes"] as? Int ?? -1)\n")
                #expect(entry["roots_agree"] as? Bool == true)
                if entry["format"] as? String == "pdf" { #expect(try await Program.run("pdftotext", [path, "-"]).output.contains(root)) }
            }
            #expect(try await Program.run("stat", ["-c", "%a", directory + "/manifest.json"]).output == "600\n")
            try await terminal.press("X")
            try await terminal.expectGone("reports saved")
            try await terminal.press("q")
            try await terminal.expectEnd(status: 0)
        }
    }

    @Test("a session whose report fails stays marked, with the reason below its row; the others are saved")
    func failing() async throws {
        let fault = MockFault(path: Self.reportPath, times: 1, status: 500, code: "report_generation_failed")
        try await inList([fault]) { terminal, directory in
            try await terminal.press("Space", "Space", "S")
            try await terminal.expect("Save the reports of 2 sessions")
            try await terminal.press("j", "Enter")
            try await terminal.expect("⚠ reports saved: 1 of 2 · 1 failed · manifest.json")
            try await terminal.expect("● 1 marked")
            try await terminal.expect("✗ report not saved: failed, or the audit chain is broken (500)")
            let entries = try manifest(directory), there = try names(directory)
            #expect(entries.count == 1 && there.count == 2)
            try await terminal.press("S")
            try await terminal.expect("Save the reports of 1 session")
            try await terminal.press("j", "Enter")
            try await terminal.expect("✓ reports saved: 1 of 1 · manifest-2.json")
            let after = try names(directory)
            #expect(after.count == 4)
        }
    }

    @Test("promise 40: after cancelling and quitting in the middle, complete files remain and are listed", arguments: [false, true])
    func cancelled(quits: Bool) async throws {
        // The first two answers come at once, the third after a minute.
        let faults = [MockFault(path: Self.reportPath, times: 2, latencyMS: 1), MockFault(path: Self.reportPath, latencyMS: 60_000)]
        try await inList(faults) { terminal, directory in
            try await terminal.press("Space", "Space", "Space", "Space", "Space", "S")
            try await terminal.expect("Save the reports of 5 sessions")
            try await terminal.press("j", "Enter")
            try await terminal.expect("saving 3 of 5")
            if quits {
                try await terminal.press("q")
                try await terminal.expect("Go on saving")
                try await terminal.press("y")
                try await terminal.expectEnd(status: 0)
            } else {
                try await terminal.press("X")
                try await terminal.expect("reports saved: 2 of 5 · cancelled · manifest.json")
                try await terminal.expect("● 3 marked")
            }
            let files = try manifest(directory).compactMap { $0["file"] as? String }
            let there = try names(directory)
            #expect(files.count == 2 && there == (files + ["manifest.json"]).sorted())
        }
    }

    @Test("v shows the report: coverage, redactions, policy, and whether the roots agree", arguments: [(80, 24), (200, 60)])
    func reading(columns: Int, rows: Int) async throws {
        try await inList(columns: columns, rows: rows) { terminal, directory in
            try await terminal.press("Enter")
            try await terminal.expect("merkle root")
            try await terminal.press("v")
            try await terminal.expect("✓ same as the session’s")
            try await terminal.expect("Safe Harbor coverage")
            try await terminal.press("PageDown")
            try await terminal.expect("PDF’s text     not fetched")
            try await terminal.expect("Policy as of the report")
            let there = try names(directory)
            #expect(there == [], "nothing of it is written")
            try await terminal.press("Escape")
            try await terminal.expect("Stages")
        }
    }

    @Test("v: a slow report is waited for with a count of seconds, and Esc cancels; a failure is one line with its request id")
    func slowReading() async throws {
        let faults = [
            MockFault(path: Self.reportPath, times: 1, latencyMS: 60_000),
            MockFault(path: Self.reportPath, times: 1, status: 500, code: "report_generation_failed"), MockFault(path: Self.reportPath, times: 1, status: 404),
        ]
        try await inList(faults) { terminal, _ in
            try await terminal.press("Enter")
            try await terminal.expect("merkle root")
            try await terminal.press("v")
            try await terminal.expect("The server is generating the report… 2 s")
            try await terminal.press("Escape")
            try await terminal.expect("Stages")
            try await terminal.press("v")
            let failed = try await terminal.expect("✗ no report: failed, or the audit chain is broken (500)")
            #expect(failed.contains("req_"))
            try await terminal.press("r")
            try await terminal.expectGone("the audit chain is broken")
            try await terminal.expect("✗ no report:")
            try await terminal.press("r")
            try await terminal.expect("Safe Harbor coverage")
        }
    }
}
