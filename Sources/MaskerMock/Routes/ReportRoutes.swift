import Foundation
import MaskerAPI

/// `/sessions/{id}/report`.
enum ReportRoutes {
    static func answer(_ request: MockRequest, _ call: MockCall, _ account: MockAccount, now: Date) throws -> MockAnswer {
        let format = request.query["format"].map { MockOptions.ReportFormat(rawValue: $0) } ?? account.options.defaultReportFormat
        guard let format else { throw MockError.invalid("format", "format must be json or pdf.") }
        // Masker generates no report if the audit chain does not verify.
        if account.options.auditBroken {
            throw MockError(status: 500, code: "report_generation_failed", message: "The audit chain does not verify.")
        }
        let report = MockReport(call, account, now: now)
        switch format {
        case .json: return .reply(["report": report.body])
        case .pdf:
            return MockAnswer(
                headers: [
                    ("Content-Type", "application/pdf"),
                    ("Content-Disposition", "attachment; filename=\"masker-session-\(call.session.id).pdf\""),
                ], body: PDFReport.make(report))
        }
    }
}
