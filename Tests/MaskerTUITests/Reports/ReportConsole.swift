import MaskerAPI

@testable import MaskerTUI

/// Consoles on the screens where reports are saved and read.
extension TestConsole {
    /// A console with the open detail of the first session.
    static func inDetail(columns: Int = 100, rows: Int = 30, settings: ConsoleSettings = Sample.settings) -> TestConsole {
        var console = TestConsole(columns: columns, rows: rows, settings: settings)
        console.answerRefresh()
        console.press("2")
        console.press(.enter)
        console.answer(.sessions(.detail(Sample.sessionID(0), .success(Sample.sessionDetail()))))
        console.takeEffects()
        return console
    }

    /// The report job that was requested last.
    mutating func takeJob() -> ReportJob? {
        takeEffects().lazy.compactMap { effect in
            if case .reports(.save(let job)) = effect { return job }
            return nil
        }.first
    }
}

extension Sample {
    static let root = String(repeating: "9f3a", count: 16)

    static func file(_ session: Identifier<CallSession>, _ format: Endpoint.ReportFormat, size: Int = 12_345, root: String? = root) -> SavedReport {
        SavedReport(
            format: format, name: "masker-\(session)-2026-05-04.\(format.rawValue)", size: size, sha256: String(repeating: "0", count: 64),
            merkleRoot: root, fetchedAt: now)
    }

    /// The result of a session's reports, with the audit roots of its detail and of the files.
    static func saved(_ number: Int, _ choice: ReportChoice, root: String = root, problems: [ReportProblem] = []) -> SessionReports {
        let id = sessionID(number)
        var roots = MerkleRoots(detail: .root(Self.root))
        for format in choice.formats { roots.read([root], in: format == .json ? .json : .pdf) }
        return SessionReports(session: id, files: choice.formats.map { file(id, $0, root: root) }, roots: roots, problems: problems)
    }

    static func failed(_ number: Int, _ problem: ReportProblem) -> SessionReports {
        SessionReports(session: sessionID(number), problems: [problem])
    }

    static let report = Report(
        id: Identifier("rep_01HZ4T0000000000000000001"), scope: "session", sessionID: sessionID(0), generatedAt: now, auditRootHex: root,
        redactionsByKind: ["NAME": 2, "PHONE": 1], policySnapshot: policyYAML,
        safeHarborCoverage: .categories([
            "A_names": "full", "B_geographic": "partial", "C_dates": "full", "D_phone_numbers": "full", "L_vehicle_ids": "none",
            "P_biometric": "not_applicable", "R_other": "in_review",
        ]))
}
