import Foundation
import MaskerAPI

/// A small PDF of one page, with the lines of a report in it.
enum PDFReport {
    static func make(_ report: Report, _ session: CallSession) -> Data {
        var lines = [
            "Masker compliance report", "", "report: \(report.id)", "session: \(session.id)",
            "generated: \(report.generatedAt.map(Timestamp.format) ?? "")", "",
            "merkle root:", report.auditRootHex ?? "", "", "redactions by kind:"
        ]
        lines += (report.redactionsByKind ?? [:]).sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        lines += ["", "Safe Harbor coverage:"]
        lines += (report.safeHarborCoverage?.categories ?? [:]).sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        return document(page(lines))
    }

    /// The drawing instructions of the page.
    private static func page(_ lines: [String]) -> String {
        let shown = lines.map { line in
            // The font has ASCII only.
            let plain = String(line.unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" })
            let escaped = plain.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
            return "(\(escaped)) Tj T*"
        }
        return "BT /F1 10 Tf 14 TL 56 780 Td\n" + shown.joined(separator: "\n") + "\nET"
    }

    private static func document(_ content: String) -> Data {
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
                + "/Resources << /Font << /F1 4 0 R >> >> >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream"
        ]
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { text += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
        text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
        return Data(text.utf8)
    }
}
