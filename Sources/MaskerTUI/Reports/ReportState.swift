import FoundationEssentials
import MaskerAPI

/// What the console knows of reports: marked, under way, and what became of them.
struct ReportState: Sendable {
    /// The sessions whose reports are to be saved together, in the order they were marked.
    private(set) var marks: [Identifier<CallSession>]
    /// One thing at a time: reports are work to make.
    var work: ReportWork?
    /// By session, until dismissed.
    var saved: [Identifier<CallSession>: SessionReports]
    /// The last order of several sessions, until dismissed.
    var ended: EndedReportJob?
    /// The serial number of the last order, by which late answers to an earlier one are known.
    var orders: Int

    private init(
        marks: [Identifier<CallSession>], work: ReportWork?, saved: [Identifier<CallSession>: SessionReports], ended: EndedReportJob?, orders: Int
    ) {
        self.marks = marks
        self.work = work
        self.saved = saved
        self.ended = ended
        self.orders = orders
    }

    /// Before anything was marked or asked for.
    init(orders: Int = 0) { self.init(marks: [], work: nil, saved: [:], ended: nil, orders: orders) }

    /// Without a report that is being read: it would bring data of the account.
    func withoutReading() -> ReportState {
        var kept = work
        if case .reading? = work { kept = nil }
        return ReportState(marks: marks, work: kept, saved: saved, ended: ended, orders: orders)
    }

    mutating func toggleMark(_ session: Identifier<CallSession>) {
        if marks.contains(session) { unmark(session) } else { marks.append(session) }
    }

    mutating func unmark(_ session: Identifier<CallSession>) { marks.removeAll { $0 == session } }
    mutating func clearMarks() { marks = [] }

    /// Why no report can be asked for now; nil when one can.
    var refusal: String? {
        switch work {
        case .saving(let saving): saving.isCancelling ? "the reports before are being cancelled" : "reports are being saved; X cancels"
        case .reading: "a report is being read; one is made at a time"
        case nil: nil
        }
    }

    /// The problem of a session's reports; a cancelled one is none.
    func problem(of session: Identifier<CallSession>) -> ReportProblem? { saved[session]?.problems.first { $0 != .cancelled } }
}

/// What reports are asked of the server for.
enum ReportWork: Sendable, Equatable {
    case saving(RunningReportJob)
    case reading(ReadingReport)

    var began: Date {
        switch self {
        case .saving(let saving): saving.began
        case .reading(let reading): reading.began
        }
    }
}

/// An order under way.
struct RunningReportJob: Sendable, Equatable {
    let job: ReportJob
    let began: Date
    var isCancelling = false
    /// Of the file that is coming; nil until the server answers.
    var progress: ReportProgress?
    var done: [SessionReports] = []
    var meter = RateMeter()

    /// How much is done, 0 to 1, as far as that is known.
    var share: Double {
        let forms = job.choice.formats
        var files = Double(done.count * forms.count)
        if let progress, !done.contains(where: { $0.session == progress.session }) {
            files += Double(forms.firstIndex(of: progress.format) ?? 0)
            if let expected = progress.expected, expected > 0 { files += min(Double(progress.received) / Double(expected), 1) }
        }
        return files / Double(max(job.subjects.count * forms.count, 1))
    }
}

/// An order of several sessions that is over.
struct EndedReportJob: Sendable, Equatable {
    let job: ReportJob
    /// Those that were begun.
    var sessions: [SessionReports]
    var manifest: ManifestOutcome?
    var wasCancelled: Bool

    var savedCount: Int { sessions.count(where: \.isComplete) }
    var failedCount: Int { sessions.count { !$0.isComplete && !$0.problems.contains(.cancelled) } }
}

/// A report that is fetched to be read in the console.
struct ReadingReport: Sendable, Equatable {
    let session: Identifier<CallSession>
    let began: Date
    var received = 0
    var expected: Int?
}
