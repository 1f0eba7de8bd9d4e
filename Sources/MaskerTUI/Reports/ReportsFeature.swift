import FoundationEssentials
import MaskerAPI
import TerminalKit

/// Compliance reports: marking sessions, saving their reports on this machine, reading a report in the console.
package enum ReportsFeature: Feature {
    typealias State = ReportState

    enum Effect: FeatureEffect {
        case save(ReportJob)
        case cancelSaving
        /// Checks whether files with these names exist already.
        case checkFileNames(ReportFileNames)
        /// Fetches a report for reading in the console.
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
        /// Marks a session for saving its reports, or removes the mark.
        case mark(Identifier<CallSession>)
        case clearMarks
        /// Cancels the saving of reports; where none are being saved, dismisses the last result.
        case cancelOrDismiss
        /// Dismisses the lines about the reports of a session.
        case dismiss(Identifier<CallSession>)
        /// Cancels reading a report, because its screen was closed.
        case stopReading(Identifier<CallSession>)
    }

    package enum Answer: FeatureAnswer {
        /// The progress of saving reports, with the serial number of the report job.
        case progress(Int, ReportProgress)
        /// The result of one session of a report job.
        case saved(Int, SessionReports)
        /// A report job has ended.
        case ended(Int, ManifestOutcome?)
        /// The numbered names that files whose names already exist would get.
        case namesTaken(ReportFileNames, [String: String])
        /// The bytes received of a report for reading, and its expected size if the server names it.
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
        case .account: ReportState(lastSerial: state.lastSerial)
        }
    }

    /// Refuses a second report job while one is under way, because generating a report is expensive for the server.
    static func begins(_ effect: Effect, _ state: inout ReportState, _ world: World) -> Bool {
        switch effect {
        case .save(let job):
            guard state.work == nil, !job.subjects.isEmpty else { return false }
            state.lastSerial = job.serial
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

    /// Ends the work when a user signs out or in, so that it does not go on for another user.
    static func endWork(_ state: inout ReportState) -> [Intent] {
        if case .reading(let reading)? = state.work { return stopReading(reading.session, &state) }
        return cancelSaving(&state)
    }

    /// Cancels saving. Its result is still reported, because a report may have been completed just before.
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

    /// Wakes every second while a report is generated, because the screen counts the seconds.
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
    /// Changes the running report job. Ignores answers to an earlier job or another account's.
    fileprivate mutating func changeSaving(_ serial: Int, _ body: (inout RunningReportJob) -> Void) {
        guard case .saving(var saving)? = work, saving.job.serial == serial else { return }
        body(&saving)
        work = .saving(saving)
    }

    /// Keeps the result of a session for its detail until the user dismisses it. Sessions whose reports are not all saved stay
    /// marked.
    fileprivate mutating func keep(_ reports: SessionReports, of serial: Int) {
        guard case .saving(let saving)? = work, saving.job.serial == serial else { return }
        if reports.isComplete { unmark(reports.session) }
        if !reports.files.isEmpty || reports.problems != [.cancelled] { saved[reports.session] = reports }
    }

    /// Ends the running report job. A single report's result also becomes a notice, because its detail may not be open.
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
