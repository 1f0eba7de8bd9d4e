import Foundation
import MaskerAPI

/// `/sessions/{id}/report`.
enum ReportRoutes {
    static func answer(
        _ request: MockRequest, _ detail: CallSessionDetail, _ account: MockAccount, now: Date
    ) throws -> MockAnswer {
        let report = report(detail, account, now: now)
        switch request.query["format"] ?? "json" {
        case "json":
            struct Body: Encodable { var report: Report }
            return .json(Body(report: report))
        case "pdf":
            return MockAnswer(
                headers: [
                    ("Content-Type", "application/pdf"),
                    ("Content-Disposition", "attachment; filename=\"masker-report-\(detail.session.id).pdf\"")
                ], body: PDFReport.make(report, detail.session))
        default: throw MockError.invalid("format", "format must be json or pdf.")
        }
    }

    private static func report(_ detail: CallSessionDetail, _ account: MockAccount, now: Date) -> Report {
        // Made anew each time, so its id is a new one.
        var random = SeededRandom(account.options.seed, UInt64(max(now.timeIntervalSince1970 * 1000, 0)), .report)
        return Report(
            id: Identifier(ULID.make("rep_", at: now, high: random.next(), low: random.next())), scope: "session",
            sessionID: detail.session.id, generatedAt: now, auditRootHex: detail.merkleRootHex,
            redactionsByKind: detail.session.redactionsByKind,
            policySnapshot: account.policyText(of: detail.session.agentID, name: detail.policyName),
            safeHarborCoverage: .categories(coverage))
    }

    private static let coverage = [
        "A_names": "full", "B_geographic": "partial", "C_dates": "full", "D_phone_numbers": "full",
        "E_fax_numbers": "full", "F_email": "full", "G_ssn": "full", "H_mrn": "full", "I_health_plan": "partial",
        "J_account_numbers": "partial", "K_license_numbers": "none", "L_vehicle_ids": "none", "M_device_ids": "none",
        "N_urls": "full", "O_ip_addresses": "full", "P_biometric": "not_applicable", "Q_photos": "not_applicable",
        "R_other": "partial"
    ]
}
