import MaskerAPI
import TerminalKit

/// Puts the results of reports into words.
enum ReportWording {
    static let cancelled = Notice(.refused, "saving the report was cancelled; no file was saved")

    /// The path of a saved file for display: `~/reports/masker-….pdf`.
    static func path(_ name: String, _ settings: ConsoleSettings) -> String {
        settings.shown("\(settings.reportsDirectory ?? "")/\(name)")
    }

    static func problem(_ problem: ReportProblem) -> Notice {
        switch problem {
        case .failed(let error) where error.kind == .forbidden:
            Notice(.failed, "⊘ report not saved: " + Wording.forbidden(error, needs: nil))
        case .failed(let error): Notice(.failed, "✗ report not saved: " + Wording.failure(error))
        case .notWritten(let reason): Notice(.failed, PrintableText("✗ report not saved: " + reason))
        case .cancelled: cancelled
        }
    }

    /// The result of comparing the audit roots of a session, in one clause.
    static func verdict(_ roots: MerkleRoots) -> Notice {
        switch roots.agree {
        case true?: Notice(.done, "the audit roots agree")
        case false?: Notice(.failed, "the audit roots do NOT agree")
        case nil: Notice(.refused, "the audit roots could not be compared")
        }
    }

    /// The result of one session, in one line.
    static func summary(_ reports: SessionReports, _ settings: ConsoleSettings) -> Notice {
        if let problem = reports.problems.first {
            if problem == .cancelled, let file = reports.files.first {
                return Notice(.refused, PrintableText("cancelled; complete file: \(path(file.name, settings))"))
            }
            return self.problem(problem)
        }
        let verdict = verdict(reports.roots)
        let place = reports.files.count == 1 ? path(reports.files[0].name, settings) : settings.shown(settings.reportsDirectory ?? "")
        let sign: PrintableText = verdict.kind == .failed ? "⚠ " : "✓ "
        let saved: PrintableText = reports.files.count == 1 ? "saved; " : "both saved; "
        return Notice(verdict.kind == .failed ? .failed : .done, sign + saved + verdict.text + PrintableText(" · \(place)"))
    }

    /// The result of a report job of several sessions, in one line.
    static func summary(_ ended: EndedReportJob) -> Notice {
        var parts = ["reports saved: \(Format.count(ended.savedCount)) of \(Format.count(ended.job.subjects.count))"]
        if ended.failedCount > 0 { parts.append("\(ended.failedCount) failed") }
        if ended.wasCancelled { parts.append("cancelled") }
        let disagreeing = ended.sessions.count { $0.roots.agree == false }
        if disagreeing > 0 { parts.append("\(disagreeing) with audit roots that do NOT agree") }
        switch ended.manifest {
        case .file(let name)?: parts.append(name)
        case .notWritten(let reason)?: parts.append("no manifest: \(reason)")
        case nil: break
        }
        let isGood = ended.savedCount == ended.job.subjects.count && disagreeing == 0
        return Notice(isGood ? .done : .failed, PrintableText((isGood ? "✓ " : "⚠ ") + parts.joined(separator: " · ")))
    }

    /// Why reports cannot be saved at all; nil when they can.
    static func refusal(_ settings: ConsoleSettings) -> String? {
        guard settings.reportsDirectory == nil else { return nil }
        return settings.isRestricted
            ? "no directory for reports is configured here: \(AdministratorConfiguration.path), “reports”"
            : "saving is off with --no-store; --reports DIR names a directory"
    }
}
