import MaskerAPI
import TerminalKit

/// What became of a session's reports, as lines of a document: each file, each problem, and the roots.
enum SavedReportLines {
    static func add(_ reports: SessionReports, _ settings: ConsoleSettings, to document: inout Document) {
        if !reports.files.isEmpty { document.heading(reports.files.count == 1 ? "Saved report" : "Saved reports") }
        for file in reports.files { add(file, settings, to: &document) }
        for problem in reports.problems {
            let note = problem == .cancelled ? Notice(.refused, "the rest was cancelled") : ReportWording.problem(problem)
            document.paragraph(note.text, note.kind.style)
        }
        guard !reports.files.isEmpty else { return }
        if reports.roots.agree == false {
            document.paragraph("⚠ The audit roots do NOT agree: the reports are not about what this session shows.", .bad)
        }
        MerkleRootTable.add(reports.roots, to: &document)
    }

    /// A path has no spaces to be broken at.
    private static func add(_ file: SavedReport, _ settings: ConsoleSettings, to document: inout Document) {
        let path = PrintableText(ReportWording.path(file.name, settings)), size = PrintableText(" · \(Format.bytes(file.size))")
        let room = document.width - 2 - size.width
        for start in stride(from: 0, to: max(path.width, 1), by: room) {
            let sign: PrintableText = start == 0 ? "✓ " : "  "
            document.add(sign + path.slice(from: start, columns: room) + (start + room >= path.width ? size : ""), .good)
        }
    }
}
