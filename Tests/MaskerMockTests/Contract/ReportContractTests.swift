import Foundation
import MaskerMock
import TestSupport
import Testing

/// Literal JSON, written from the contract: *Report*.
@Suite("The mock's compliance reports", .ownThread)
struct ReportContractTests {
    private static let matrix = [
        "A": "full", "B": "full", "C": "partial", "D": "full", "E": "full", "F": "full", "G": "full", "H": "full", "I": "partial", "J": "full",
        "K": "partial", "L": "in_progress", "M": "in_progress", "N": "in_progress", "O": "full", "P": "in_progress", "Q": "not_applicable",
        "R": "in_progress",
    ]

    private func session(_ http: PlainHTTP) async throws -> String {
        try #require(try await http.api("/sessions?since=30d&min_redactions=2").data.first?["id"] as? String)
    }

    @Test("the documented form; every report has a new id, which is on every page of the PDF")
    func documented() async throws {
        try await PlainHTTP.with { http in
            let id = try await session(http), detail = try await http.api("/sessions/\(id)").object("session")
            let answer = try await http.api("/sessions/\(id)/report?format=json"), report = answer.object("report")
            #expect(answer.headers["content-type"] == "application/json")
            #expect(
                Set(report.keys) == [
                    "id", "scope", "session_id", "generated_at", "merkle_root_hex", "redactions_by_kind", "policy_snapshot", "safe_harbor_coverage",
                ])
            #expect((report["id"] as? String)?.wholeMatch(of: #/rep_[0-9A-HJKMNP-TV-Z]{26}/#) != nil)
            #expect(report["scope"] as? String == "session" && report["session_id"] as? String == id)
            #expect(report["merkle_root_hex"] as? String == detail["merkle_root_hex"] as? String)
            #expect(report["redactions_by_kind"] as? [String: Int] == detail["redactions_by_kind"] as? [String: Int])
            let coverage = try #require(report["safe_harbor_coverage"] as? [String: String])
            #expect(Set(coverage.keys).isSuperset(of: ["A_names", "B_geo", "C_dates", "D_phone"]))
            #expect(coverage.count == 18 && Dictionary(coverage.map { ($0.key.prefix(1).description, $0.value) }, uniquingKeysWith: { $1 }) == Self.matrix)
            let snapshot = try #require(report["policy_snapshot"] as? String)
            #expect(snapshot.contains("name: \(detail["policy_name"] as? String ?? "?")\nversion: 1\n"))
            #expect(try await http.api("/sessions/\(id)/report?format=json").object("report")["id"] as? String != report["id"] as? String)

            let pdf = try await http.api("/sessions/\(id)/report?format=pdf")
            #expect(pdf.headers["content-type"] == "application/pdf")
            #expect(pdf.headers["content-disposition"] == "attachment; filename=\"masker-session-\(id).pdf\"")
            let pages = pdf.body.components(separatedBy: "/Type /Page ").count - 1
            let ids = pdf.body.matches(of: #/\(report: (rep_\w+) /#).map(\.1)
            #expect(pages > 1 && ids.count == pages && Set(ids).count == 1)
            #expect(pdf.body.contains("(\(report["merkle_root_hex"] as? String ?? "?")) Tj"))
        }
    }

    @Test("--report-root: under one of the two names, both or none, in JSON and PDF", arguments: MockOptions.ReportRoot.allCases)
    func root(form: MockOptions.ReportRoot) async throws {
        try await PlainHTTP.with({ $0.reportRoot = form }) { http in
            let id = try await session(http)
            let root = try #require(try await http.api("/sessions/\(id)").object("session")["merkle_root_hex"] as? String)
            let report = try await http.api("/sessions/\(id)/report?format=json").object("report")
            #expect(report["merkle_root_hex"] as? String == (form == .merkle || form == .both ? root : nil))
            #expect(report["audit_root_hash"] as? String == (form == .audit || form == .both ? root : nil))
            let pdf = try await http.api("/sessions/\(id)/report?format=pdf").body
            #expect(pdf.components(separatedBy: root).count - 1 == (form == .both ? 2 : form == .none ? 0 : 1))
        }
    }

    @Test("--coverage: a sentence instead of the object, or nothing; --report-signature")
    func coverage() async throws {
        for form in [MockOptions.Coverage.text, .absent] {
            try await PlainHTTP.with({
                $0.coverage = form
                $0.reportSignature = true
            }) { http in
                let report = try await http.api("/sessions/\(try await session(http))/report?format=json").object("report")
                #expect((report["safe_harbor_coverage"] is String) == (form == .text) && report.keys.contains("safe_harbor_coverage") == (form == .text))
                let signature = try #require(report["signature"] as? [String: String])
                #expect(Set(signature.keys) == ["alg", "sig"] && signature["alg"] == "Ed25519")
            }
        }
    }

    @Test("without a format: PDF, or JSON where that is the default", arguments: MockOptions.ReportFormat.allCases)
    func defaultFormat(format: MockOptions.ReportFormat) async throws {
        try await PlainHTTP.with({ $0.defaultReportFormat = format }) { http in
            let answer = try await http.api("/sessions/\(try await session(http))/report")
            #expect(answer.headers["content-type"] == (format == .pdf ? "application/pdf" : "application/json"))
        }
    }

    @Test("--policy-drift: the policy is that at the time of the report, not of the call")
    func drift() async throws {
        try await PlainHTTP.with({ $0.policyDrift = true }) { http in
            let id = try await session(http)
            #expect(try await http.api("/sessions/\(id)").object("session")["policy_version"] as? Int == 1)
            let snapshot = try await http.api("/sessions/\(id)/report?format=json").object("report")["policy_snapshot"] as? String
            #expect(snapshot?.contains("\nversion: 2\n") == true)
        }
    }

    @Test("--audit-broken: no report if the audit chain does not verify; the session can be read", arguments: ["json", "pdf"])
    func broken(format: String) async throws {
        try await PlainHTTP.with({ $0.auditBroken = true }) { http in
            let id = try await session(http), answer = try await http.api("/sessions/\(id)/report?format=\(format)")
            #expect(answer.status == 500 && answer.errorCode == "report_generation_failed")
            #expect((answer.object("error")["message"] as? String)?.contains("audit chain") == true)
            #expect(try await http.api("/sessions/\(id)").status == 200)
        }
    }
}
