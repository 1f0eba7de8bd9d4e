import MaskerAPI
import TerminalKit

/// The result of a session's reports, as lines of a document: each file, each problem, and the audit roots.
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
            document.paragraph("⚠ The audit roots do NOT agree: the reports do not match this session.", .bad)
        }
        MerkleRootTable.add(reports.roots, to: &document)
    }

    /// Adds the path of a file. Breaks it at any character, because a path has no spaces to break at.
    private static func add(_ file: SavedReport, _ settings: ConsoleSettings, to document: inout Document) {
        let path = PrintableText(ReportWording.path(file.name, settings)), size = PrintableText(" · \(Format.bytes(file.size))")
        let room = document.width - 2 - size.width
        for start in stride(from: 0, to: max(path.width, 1), by: room) {
            let sign: PrintableText = start == 0 ? "✓ " : "  "
            document.add(sign + path.slice(from: start, columns: room) + (start + room >= path.width ? size : ""), .good)
        }
    }
}
