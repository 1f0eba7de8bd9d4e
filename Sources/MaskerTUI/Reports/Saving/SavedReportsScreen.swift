import MaskerAPI
import TerminalKit

/// The result of each session of the last report job of several sessions.
struct SavedReportsScreen: DocumentScreen {
    static let keys = ScreenKeys(page: "saved-reports", MovementKeys.detailActions)

    var scroll = ScrollPosition()

    enum Command: Sendable { case move(ScrollMove), back }

    var title: String { "Saved reports" }

    func bindings(_ context: Context) -> [Binding<Command>] { MovementKeys.detail(back: Command.back, Command.move) }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        guard case .move(let move) = command else { return [.close] }
        return scroll(by: move, context)
    }

    func write(to document: inout Document, _ context: Context) {
        document.add([Span("Sessions › ", .faint), Span("Saved reports", .title)])
        if case .saving(let saving)? = context.data.reports.work {
            add(saving.job, saving.done, context, to: &document)
        } else if let ended = context.data.reports.ended {
            let summary = ReportWording.summary(ended)
            document.paragraph(summary.text, summary.kind.style)
            document.field("directory", context.settings.shown(context.settings.reportsDirectory ?? ""))
            add(ended.job, ended.sessions, context, to: &document)
        } else {
            document.add(PrintableText(Self.noneText(context)), .faint)
        }
    }

    private static func noneText(_ context: Context) -> String {
        let mark = context.settings.keyName(.markSession, on: SessionsScreen.keys), save = context.settings.keyName(.saveReport, on: SessionsScreen.keys)
        return "No reports were saved together: mark sessions with \(mark), then \(save)."
    }

    private func add(_ job: ReportJob, _ done: [SessionReports], _ context: Context, to document: inout Document) {
        for subject in job.subjects {
            document.blank()
            document.add(PrintableText(subject.session.rawValue), .label)
            guard let reports = done.first(where: { $0.session == subject.session }) else {
                document.add("  not requested", .faint)
                continue
            }
            for file in reports.files {
                document.paragraph(PrintableText("  ✓ \(file.name) · \(Format.bytes(file.size))"), .good)
            }
            for problem in reports.problems {
                let note = problem == .cancelled ? Notice(.refused, "cancelled") : ReportWording.problem(problem)
                document.paragraph("  " + note.text, note.kind.style)
            }
            guard !reports.files.isEmpty else { continue }
            let verdict = ReportWording.verdict(reports.roots)
            document.paragraph((verdict.kind == .done ? "  ✓ " : verdict.kind == .failed ? "  ⚠ " : "  — ") + verdict.text, verdict.kind.style)
        }
    }
}
