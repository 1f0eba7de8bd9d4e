import Foundation
import MaskerMock
import TestSupport
import Testing

@Suite("Saving a report with the real console", .serialized, .ownThread)
struct ReportEndToEndTests {
    private static let reportPath = "/api/v1/sessions/{id}/report"

    /// Runs the console with the detail of the newest session, and a directory for its reports.
    private func inDetail(
        _ faults: [MockFault] = [], wrapper: [String] = [], reports: String = "reports", isThere: Bool = true,
        _ body: (RawTerminal, _ directory: String) async throws -> Void
    ) async throws {
        try await withDirectory { directory in
            let path = directory + "/" + reports
            if isThere { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
            var setup = RawTerminal.Setup()
            setup.columns = 160
            setup.wrapper = wrapper
            setup.arguments = ["--reports", path]
            setup.environment = ["HOME": directory]
            setup.mock.faults = faults
            try await RawTerminal.with(setup) { raw in
                try await raw.terminal.expect("appointment-bot-prod")
                raw.terminal.send("2")
                try await raw.terminal.expect("STARTED")
                raw.terminal.send("\r")
                try await raw.terminal.expect("Redactions by kind")
                try await body(raw, path)
            }
        }
    }

    private func names(_ directory: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("promise 40: saved as PDF and as JSON, and as PDF again: three files with the names that the dialog showed")
    func saved() async throws {
        try await inDetail { raw, directory in
            var expected: [String] = []
            for (key, end) in [("p", ".pdf"), ("j", ".json"), ("p", "-2.pdf")] {
                raw.terminal.send("S")
                try await raw.terminal.expect("It will be saved to")
                raw.terminal.forgetOutput()
                raw.terminal.send(key + "\r")
                try await raw.terminal.expect("the audit roots agree")
                raw.terminal.send("\r")
                raw.terminal.forgetOutput()
                expected.append(end)
                #expect(names(directory).count == expected.count)
                let name = try #require(names(directory).first { $0.hasSuffix(end) && ($0.hasSuffix("-2.pdf") || end != "-2.pdf") })
                let path = directory + "/" + name
                #expect(name.contains(#/^masker-sess_[0-9A-Z]{26}-\d{4}-\d\d-\d\d(-2)?\.(pdf|json)$/#))
                #expect(try mode(path) == 0o600)
                let text = try String(contentsOfFile: path, encoding: .utf8)
                #expect(key == "j" ? (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil : text.hasPrefix("%PDF-") && text.hasSuffix("%%EOF\n"))
            }
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }

    enum End: String, CaseIterable { case quit, control, terminate, interrupt, hangUp, cancel }

    @Test("promise 40: however saving ends in the middle, no file remains", arguments: End.allCases)
    func endedInTheMiddle(end: End) async throws {
        try await inDetail([MockFault(path: Self.reportPath, latencyMS: 60_000)]) { raw, directory in
            raw.terminal.send("S")
            try await raw.terminal.expect("It will be saved to")
            raw.terminal.send("p\r")
            try await raw.terminal.expect("the server is generating it")
            #expect(await raw.terminal.eventually { _ in names(directory).count == 1 })
            #expect(try mode(directory + "/" + (names(directory).first ?? "")) == 0o600)
            switch end {
            case .quit:
                raw.terminal.send("q")
                try await raw.terminal.expect("Go on saving")
                raw.terminal.send("y")
            case .control: raw.terminal.send("\u{03}")
            case .terminate: kill(raw.terminal.process, SIGTERM)
            case .interrupt: kill(raw.terminal.process, SIGINT)
            case .hangUp: raw.terminal.hangUp()
            case .cancel: raw.terminal.send("X")
            }
            if end == .cancel {
                try await raw.terminal.expect("no file was saved")
                #expect(names(directory) == [])
                raw.terminal.send("q")
            }
            try await raw.terminal.expectEnd()
            #expect(names(directory) == [])
        }
    }

    @Test("leaving the session does not stop saving; every page shows it and can cancel it")
    func leaving() async throws {
        try await inDetail([MockFault(path: Self.reportPath, latencyMS: 60_000)]) { raw, directory in
            raw.terminal.send("S")
            try await raw.terminal.expect("It will be saved to")
            raw.terminal.forgetOutput()
            raw.terminal.send("b\r\u{1B}")
            try await raw.terminal.expect("STARTED")
            raw.terminal.send("1")
            try await raw.terminal.expect("UPSTREAM")
            #expect(names(directory).count == 1)
            raw.terminal.send("X")
            try await raw.terminal.expect("no file was saved")
            #expect(names(directory) == [])
        }
    }

    @Test("a name chosen by the user; a name that exists is reported before saving, and nothing is overwritten")
    func ownName() async throws {
        try await inDetail { raw, directory in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: directory + "/audit.json"))
            raw.terminal.send("S\u{1B}[A\u{15}audit")
            try await raw.terminal.expect("audit.pdf")
            raw.terminal.send("\u{1B}[A\u{1B}[A")
            try await raw.terminal.expect("The name exists already")
            raw.terminal.send("\r")
            try await raw.terminal.expect("the audit roots agree")
            #expect(names(directory) == ["audit-2.json", "audit.json"])
            #expect(try String(contentsOfFile: directory + "/audit.json", encoding: .utf8) == "mine")
        }
    }

    @Test("promise 40: after SIGKILL in the middle there is no report, only a hidden private file")
    func killed() async throws {
        try await inDetail([MockFault(path: Self.reportPath, latencyMS: 60_000)]) { raw, directory in
            raw.terminal.send("Sp\r")
            #expect(await raw.terminal.eventually { _ in names(directory).count == 1 })
            kill(raw.terminal.process, SIGKILL)
            try await raw.terminal.expectEnd()
            let left = names(directory)
            #expect(left.count == 1 && left.allSatisfy { $0.hasPrefix(".masker-") && $0.hasSuffix(".part") })
        }
    }

    @Test("promise 40: a full disk (here a limit on the file's size) is one line, and the console continues")
    func fullDisk() async throws {
        let limited = ["/bin/bash", "-c", #"ulimit -f 1; exec "$@""#, "limited"]
        try await inDetail(wrapper: limited) { raw, directory in
            raw.terminal.send("Sp\r")
            try await raw.terminal.expect("report not saved: it could not be written: File too large")
            #expect(names(directory) == [])
            raw.terminal.send("q")
            #expect(try await raw.terminal.expectEnd() == 0)
        }
    }

    @Test("promise 40: a missing directory is reported before the server is asked")
    func missingDirectory() async throws {
        try await inDetail(reports: "none", isThere: false) { raw, directory in
            raw.terminal.send("Sp\r")
            try await raw.terminal.expect("No such file or directory")
            #expect(!raw.mock.requests.contains { $0.path.hasSuffix("/report") })
            #expect(!FileManager.default.fileExists(atPath: directory))
        }
    }

    @Test("promise 40: a failure of the server or the connection is one line, and no file remains", arguments: [
        (MockFault(path: reportPath, truncateAt: 300), "report not saved: the connection was lost"),
        (MockFault(path: reportPath, drop: .after), "report not saved: the server closed the connection"),
        (MockFault(path: reportPath, garbage: true), "report not saved: unexpected answer (200): a web page came"),
        (MockFault(path: reportPath, status: 500, code: "report_generation_failed"), "report not saved: failed, or the audit chain is broken (500)"),
        (MockFault(path: reportPath, status: 403), "report not saved: not permitted"),
        (MockFault(path: reportPath, status: 429, retryAfter: "9"), "the server asks to wait 9 s · req_"),
    ])
    func failures(fault: MockFault, sentence: String) async throws {
        try await inDetail([fault]) { raw, directory in
            raw.terminal.send("Sp\r")
            try await raw.terminal.expect(sentence)
            #expect(names(directory) == [])
            // A report is expensive for the server, so it is requested once only.
            #expect(raw.mock.requests.filter { $0.path.hasSuffix("/report") }.count == 1)
        }
    }
}
