import Foundation
import MaskerAPI

/// A small PDF with the lines of a report. The report's id is on every page.
enum PDFReport {
    static func make(_ report: MockReport) -> Data {
        let session = report.session
        var lines = ["session: \(session.id)", "generated: \(Timestamp.format(report.generatedAt))"]
        for root in report.roots { lines += ["", root.field == "merkle_root_hex" ? "merkle root:" : "audit root:", root.hex] }
        lines += ["", "redactions by kind:"]
        lines += (session.redactionsByKind ?? [:]).sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        if let coverage = report.coverage { lines += ["", "Safe Harbor coverage:"] + coverage.lines }
        lines += ["", "policy when this report was made:"]
        lines += (report.policy ?? "").split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        let sheets = stride(from: 0, to: lines.count, by: linesOnPage).map { lines[$0..<min($0 + linesOnPage, lines.count)] }
        return document(
            sheets.enumerated().map { number, sheet in
                page(["Masker compliance report", "report: \(report.id)   page \(number + 1) of \(sheets.count)", ""] + sheet)
            })
    }

    private static let linesOnPage = 46

    /// The drawing instructions of a page.
    private static func page(_ lines: [String]) -> String {
        let shown = lines.map { line in
            // The font has only ASCII characters.
            let plain = String(line.unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" })
            let escaped = plain.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
            return "(\(escaped)) Tj T*"
        }
        return "BT /F1 10 Tf 14 TL 56 780 Td\n" + shown.joined(separator: "\n") + "\nET"
    }

    private static func document(_ pages: [String]) -> Data {
        // Three objects, then two for each page.
        let places = pages.indices.map { 4 + 2 * $0 }
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [\(places.map { "\($0) 0 R" }.joined(separator: " "))] /Count \(pages.count) >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        ]
        for (content, place) in zip(pages, places) {
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(place + 1) 0 R "
                    + "/Resources << /Font << /F1 3 0 R >> >> >>")
            objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
        }
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
