import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Compliance reports: marked, saved on this machine, read in the console.
package enum ReportsFeature: Feature {
    typealias State = ReportState

    enum Effect: FeatureEffect {
        case save(ReportJob)
        case cancelSaving
        /// Looks whether the names of files are taken.
        case checkFileNames(ReportFileNames)
        /// A report to be read in the console.
        case read(Identifier<CallSession>)

        var kind: EffectKind {
            switch self {
            case .read: .read
            case .save, .cancelSaving, .checkFileNames: .once
            }
        }

        var thread: EffectThread {
            switch self {
            case .checkFileNames: .disk
            case .save, .cancelSaving, .read: .work
            }
        }
    }

    enum Change: Sendable {
        /// Marks a session for saving its reports, or takes the mark off.
        case mark(Identifier<CallSession>)
        case clearMarks
        /// Cancels the saving of reports; where none are being saved, dismisses the last result.
        case cancelOrDismiss
        /// Takes the lines about its reports off a session.
        case dismiss(Identifier<CallSession>)
        /// Nobody wants to read the report any more.
        case stopReading(Identifier<CallSession>)
    }

    package enum Answer: FeatureAnswer {
        /// How far the saving of reports is; the number is the order's.
        case progress(Int, ReportProgress)
        /// What became of one session of an order.
        case saved(Int, SessionReports)
        /// An order is over.
        case ended(Int, ManifestOutcome?)
        /// The numbered names that files whose names already exist would get.
        case namesTaken(ReportFileNames, [String: String])
        /// How many bytes of a report that is to be read have come, and how many will.
        case reading(Identifier<CallSession>, Int, Int?)
        case report(Identifier<CallSession>, Result<Report, APIError>)

        var failure: APIError? {
            switch self {
            case .report(_, .failure(let error)): error
            case .saved(_, let reports): reports.apiError
            case .progress, .ended, .namesTaken, .reading, .report: nil
            }
        }

        var isReading: Bool {
            switch self {
            case .report, .reading: true
            case .progress, .saved, .ended, .namesTaken: false
            }
        }
    }

    static func kept(_ state: ReportState, through departure: Departure) -> ReportState {
        switch departure {
        case .lock: state.withoutReading()
        case .account: ReportState(orders: state.orders)
        }
    }

    /// One thing at a time: reports are work to make.
    static func begins(_ effect: Effect, _ state: inout ReportState, _ world: World) -> Bool {
        switch effect {
        case .save(let job):
            guard state.work == nil, !job.subjects.isEmpty else { return false }
            state.orders = job.serial
            state.work = .saving(RunningReportJob(job: job, began: world.now))
            state.ended = nil
            for subject in job.subjects { state.saved[subject.session] = nil }
        case .read(let session):
            guard state.work == nil else { return false }
            state.work = .reading(ReadingReport(session: session, began: world.now))
        case .cancelSaving, .checkFileNames: break
        }
        return true
    }

    static func change(_ change: Change, _ state: inout ReportState, _ world: World) -> [Intent] {
        switch change {
        case .mark(let id): state.toggleMark(id)
        case .clearMarks: state.clearMarks()
        case .cancelOrDismiss:
            if case .saving? = state.work { return cancelSaving(&state) }
            guard state.ended != nil else { return [.notify(Notice(.refused, "no reports are being saved"))] }
            state.ended = nil
        case .dismiss(let id):
            state.saved[id] = nil
            return [.changed]
        case .stopReading(let session): return stopReading(session, &state)
        }
        return []
    }

    /// For whoever signs out or in: nothing is saved or read behind the back of another user.
    static func endWork(_ state: inout ReportState) -> [Intent] {
        if case .reading(let reading)? = state.work { return stopReading(reading.session, &state) }
        return cancelSaving(&state)
    }

    /// What comes of it is still told: a report may have been whole just before.
    private static func cancelSaving(_ state: inout ReportState) -> [Intent] {
        guard case .saving(var saving)? = state.work, !saving.isCancelling else { return [] }
        saving.isCancelling = true
        state.work = .saving(saving)
        return [.run(.reports(.cancelSaving))]
    }

    private static func stopReading(_ session: Identifier<CallSession>, _ state: inout ReportState) -> [Intent] {
        guard case .reading(let reading)? = state.work, reading.session == session else { return [] }
        state.work = nil
        return [.cancel(.reports(.read(session)))]
    }

    static func receive(_ answer: Answer, isShown: Bool, _ state: inout ReportState, _ world: World) -> [Intent] {
        switch answer {
        case .progress(let serial, let progress):
            state.changeSaving(serial) { saving in
                saving.progress = progress
                saving.meter.note(progress.total, at: world.now)
            }
        case .saved(let serial, let reports):
            state.changeSaving(serial) { saving in
                saving.done.append(reports)
                if let total = saving.progress?.total { saving.meter.note(total, at: world.now) }
            }
            state.keep(reports, of: serial)
        case .ended(let serial, let manifest): return state.finishSaving(serial, manifest, world)
        case .reading(let session, let received, let expected):
            guard case .reading(var reading)? = state.work, reading.session == session else { return [] }
            reading.received = received
            reading.expected = expected
            state.work = .reading(reading)
        case .report(let session, _):
            if case .reading(let reading)? = state.work, reading.session == session { state.work = nil }
        case .namesTaken: break
        }
        return []
    }

    /// While a report is made, the seconds are counted.
    static func nextWake(_ state: ReportState, _ world: World) -> Date? {
        guard !world.isClosed, let began = state.work?.began else { return nil }
        return began.addingTimeInterval(world.now.timeIntervalSince(began).rounded(.down) + 1)
    }

    static func run(_ effect: Effect, _ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer? {
        switch effect {
        case .save(let job):
            services.reports.save(job, answer: post)
            return nil
        case .cancelSaving:
            services.reports.cancel()
            return nil
        case .checkFileNames(let names): return .namesTaken(names, services.reports.taken(names))
        case .read(let session):
            return .report(session, await Result {
                try await ReportReader(client: services.client).read(session) { post(.reading(session, $0, $1)) }
            })
        }
    }
}

extension ReportState {
    /// Ignores answers to an earlier order.
    fileprivate mutating func changeSaving(_ serial: Int, _ body: (inout RunningReportJob) -> Void) {
        guard case .saving(var saving)? = work, saving.job.serial == serial else { return }
        body(&saving)
        work = .saving(saving)
    }

    /// What became of a session stays in its detail until it is dismissed; what is not saved stays marked.
    fileprivate mutating func keep(_ reports: SessionReports, of serial: Int) {
        guard case .saving(let saving)? = work, saving.job.serial == serial else { return }
        if reports.isComplete { unmark(reports.session) }
        if !reports.files.isEmpty || reports.problems != [.cancelled] { saved[reports.session] = reports }
    }

    /// The lines in the detail stay; the notice tells whoever is elsewhere.
    fileprivate mutating func finishSaving(_ serial: Int, _ manifest: ManifestOutcome?, _ world: World) -> [Intent] {
        guard case .saving(let saving)? = work, saving.job.serial == serial else { return [] }
        work = nil
        guard saving.job.hasManifest else {
            return [.notify(saving.done.first.map { ReportWording.summary($0, world.settings) } ?? ReportWording.cancelled)]
        }
        let isCutShort = saving.isCancelling && saving.done.count < saving.job.subjects.count
        let wasCancelled = isCutShort || saving.done.contains { $0.problems.contains(.cancelled) }
        ended = EndedReportJob(job: saving.job, sessions: saving.done, manifest: manifest, wasCancelled: wasCancelled)
        return []
    }
}
