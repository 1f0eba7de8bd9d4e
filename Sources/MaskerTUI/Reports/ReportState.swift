import FoundationEssentials
import MaskerAPI

/// The state of reports: the marked sessions, the work under way, and its results.
struct ReportState: Sendable {
    /// The marked sessions, whose reports will be saved together, in the order of marking.
    private(set) var marks: [Identifier<CallSession>]
    /// The work under way. There is one at a time, because generating a report is expensive for the server.
    var work: ReportWork?
    /// The results by session, until the user dismisses them.
    var saved: [Identifier<CallSession>: SessionReports]
    /// The last report job of several sessions, until the user dismisses it.
    var ended: EndedReportJob?
    /// The serial number of the last report job, which tells its answers from those to an earlier job.
    var lastSerial: Int

    private init(
        marks: [Identifier<CallSession>], work: ReportWork?, saved: [Identifier<CallSession>: SessionReports], ended: EndedReportJob?, lastSerial: Int
    ) {
        self.marks = marks
        self.work = work
        self.saved = saved
        self.ended = ended
        self.lastSerial = lastSerial
    }

    /// The state before any mark or report job.
    init(lastSerial: Int = 0) { self.init(marks: [], work: nil, saved: [:], ended: nil, lastSerial: lastSerial) }

    /// The state without a report that is being read, because its answer contains data of the account.
    func withoutReading() -> ReportState {
        var kept = work
        if case .reading? = work { kept = nil }
        return ReportState(marks: marks, work: kept, saved: saved, ended: ended, lastSerial: lastSerial)
    }

    mutating func toggleMark(_ session: Identifier<CallSession>) {
        if marks.contains(session) { unmark(session) } else { marks.append(session) }
    }

    mutating func unmark(_ session: Identifier<CallSession>) { marks.removeAll { $0 == session } }
    mutating func clearMarks() { marks = [] }

    /// Why no report can be requested now; nil when one can.
    var refusal: String? {
        switch work {
        case .saving(let saving): saving.isCancelling ? "the last report job is being cancelled" : "reports are being saved; wait, or cancel first"
        case .reading: "a report is being read; only one at a time"
        case nil: nil
        }
    }

    /// The report job under way; nil when no reports are being saved, or when saving was cancelled already.
    var saving: RunningReportJob? {
        if case .saving(let saving)? = work, !saving.isCancelling { saving } else { nil }
    }

    /// The problem of a session's reports; nil when there is none or they were cancelled.
    func problem(of session: Identifier<CallSession>) -> ReportProblem? { saved[session]?.problems.first { $0 != .cancelled } }
}

/// The purpose of requesting reports: saving or reading.
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

/// A report job under way.
struct RunningReportJob: Sendable, Equatable {
    let job: ReportJob
    let began: Date
    var isCancelling = false
    /// The progress of the file that is being received; nil until the server answers.
    var progress: ReportProgress?
    var done: [SessionReports] = []
    var meter = RateMeter()

    /// How many sessions' reports are saved: `2 of 3`.
    var count: String { "\(done.count(where: \.isComplete)) of \(job.subjects.count)" }

    /// The finished share of the job, 0 to 1. A file of unknown size counts when it is complete.
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

/// A finished report job of several sessions.
struct EndedReportJob: Sendable, Equatable {
    let job: ReportJob
    /// The results of the sessions that were begun.
    var sessions: [SessionReports]
    var manifest: ManifestOutcome?
    var wasCancelled: Bool

    var savedCount: Int { sessions.count(where: \.isComplete) }
    var failedCount: Int { sessions.count { !$0.isComplete && !$0.problems.contains(.cancelled) } }
}

/// A report that is being fetched for reading in the console.
struct ReadingReport: Sendable, Equatable {
    let session: Identifier<CallSession>
    let began: Date
    var received = 0
    var expected: Int?
}
