import FoundationEssentials
import MaskerAPI
import Synchronization

/// Saves reports from the API to disk while the user goes on working. Requests one after the other, so that the server
/// generates one at a time.
package final class ReportSaver: Sendable {
    private let client: MaskerClient
    /// The directory of the reports; nil when reports cannot be saved.
    private let directory: String?
    private let executor: WorkThread
    private let state = Mutex(State())

    private struct State {
        var isStopped = false
        /// The task of the last report job; it waits for the task of the job before.
        var task: Task<Void, Never>?
        /// The results of the report job under way.
        var sessions: [SessionReports] = []
        var file: ReportFile?
        /// Whether the manifest of that job must still be written.
        var needsManifest = false
    }

    /// - Parameter executor: the thread on which files are written.
    package init(client: MaskerClient, directory: String?, executor: WorkThread = WorkThread()) {
        self.client = client
        self.directory = directory
        self.executor = executor
    }

    /// Starts a report job. Answers with its progress, with the result of each session that was begun, and with its end.
    package func save(_ job: ReportJob, answer: @escaping @Sendable (ReportsFeature.Answer) -> Void) {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.task = Task(executorPreference: executor) { [self, before = state.task] in
                await before?.value
                // The user waits for a single report, so its priority is interactive.
                await RequestPriority.$current.withValue(job.subjects.count > 1 ? .bulk : .interactive) { await run(job, answer) }
            }
        }
    }

    /// Cancels the download; files that are complete by then stay.
    func cancel() { state.withLock { $0.task }?.cancel() }

    /// Ends saving when the console ends: removes the incomplete file and writes the manifest of the complete ones.
    /// - Returns: the sessions of the last job that were begun, with the files that are complete.
    @discardableResult
    package func stop() -> [SessionReports] {
        let (task, file, sessions) = state.withLock { state in
            state.isStopped = true
            return (state.task, state.file, state.sessions)
        }
        task?.cancel()
        file?.discard()
        _ = writeManifest()
        return sessions
    }

    /// The numbered names that files whose names already exist would get.
    func taken(_ names: ReportFileNames) -> [String: String] {
        guard let directory else { return [:] }
        var taken: [String: String] = [:]
        for name in names.names {
            for format in names.choice.formats {
                let end = format.rawValue
                taken["\(name).\(end)"] = ReportFile.freeName(in: directory, name, end)
            }
        }
        return taken
    }

    // MARK: A report job

    private func run(_ job: ReportJob, _ answer: @Sendable (ReportsFeature.Answer) -> Void) async {
        state.withLock { state in
            state.sessions = []
            state.needsManifest = job.hasManifest
        }
        var gate = ProgressGate(), total = 0
        for subject in job.subjects {
            // When the job was cancelled between two sessions, the next one is not begun.
            guard !Task.isCancelled else { break }
            state.withLock { $0.sessions.append(SessionReports(session: subject.session)) }
            await save(subject, job.choice) { progress, bytes in
                total += bytes
                guard bytes == 0 || gate.opens() else { return }
                var progress = progress
                progress.total = total
                answer(.progress(job.serial, progress))
            }
            guard let reports = state.withLock({ $0.sessions.last }) else { break }
            answer(.saved(job.serial, reports))
            if reports.problems.contains(where: \.endsJob) { break }
        }
        answer(.ended(job.serial, writeManifest()))
    }

    /// Writes the manifest under the lock, so that a second caller (the end of the console) waits until it is written.
    private func writeManifest() -> ManifestOutcome? {
        guard let directory else { return nil }
        return state.withLock { state in
            defer { state.needsManifest = false }
            return state.needsManifest ? ReportManifest.write(state.sessions, in: directory) : nil
        }
    }

    // MARK: A session

    private func save(_ subject: ReportJob.Subject, _ choice: ReportChoice, _ progress: (ReportProgress, Int) -> Void) async {
        var detail = subject.detailRoot
        for format in choice.formats {
            let problem: ReportProblem
            do {
                // The file is created first, so that no report is generated that cannot be saved.
                let file = try begin()
                defer { file.discard() }
                if detail == nil { detail = .init(detail: try await client.session(subject.session).merkleRootHex) }
                note { $0.roots = $0.files.isEmpty ? MerkleRoots(detail: detail ?? .notFetched) : $0.roots }
                if try await fetch(subject, format, into: file, progress) { continue }
                problem = .cancelled
            } catch let error as APIError {
                problem = error.isCancellation ? .cancelled : .failed(error)
            } catch {
                problem = .notWritten(reason: "\(error)")
            }
            note { $0.problems.append(problem) }
            guard problem.leavesOtherForm else { return }
        }
    }

    /// Receives a report into its file. Returns false when it was cancelled, because cancelling ends the stream without an error.
    private func fetch(
        _ subject: ReportJob.Subject, _ format: Endpoint.ReportFormat, into file: ReportFile,
        _ tell: (ReportProgress, Int) -> Void
    ) async throws -> Bool {
        var progress = ReportProgress(session: subject.session, format: format)
        var hash = SHA256()
        for try await piece in client.report(subject.session, as: format) {
            switch piece {
            case .start(let expected):
                progress.expected = expected
                tell(progress, 0)
            case .bytes(let bytes):
                try file.write(bytes)
                hash.take(bytes)
                progress.received += bytes.count
                tell(progress, bytes.count)
            case .complete(let report):
                try keep(file, subject, report, hash.hex(), progress)
                return true
            }
        }
        return false
    }

    private func begin() throws -> ReportFile {
        guard let directory else { throw ReportFile.Problem("saving is off") }
        return try state.withLock { state in
            // The file is created under the lock, so that `stop` sees every file that was begun.
            guard !state.isStopped else { throw ReportFile.Problem("the console ends") }
            let file = try ReportFile(in: directory)
            state.file = file
            return file
        }
    }

    private func keep(_ file: ReportFile, _ subject: ReportJob.Subject, _ report: WholeReport, _ digest: String, _ progress: ReportProgress) throws {
        try state.withLock { state in
            // The file is kept and noted under the same lock, so that the manifest lists every file.
            let last = state.sessions.count - 1
            guard !state.isStopped, last >= 0 else { throw ReportFile.Problem("the console ends") }
            let source: MerkleRoots.Source = progress.format == .json ? .json : .pdf
            state.sessions[last].roots.read(report.merkleRoots, in: source)
            let name: String
            if let exact = subject.exactName {
                try file.keep(exactly: exact)
                name = exact
            } else {
                name = try file.keep(as: subject.name, progress.format.rawValue)
            }
            state.sessions[last].files.append(SavedReport(
                format: progress.format, name: name, size: progress.received,
                sha256: digest, merkleRoot: state.sessions[last].roots[source].root, fetchedAt: Date()))
            state.file = nil
        }
    }

    private func note(_ change: (inout SessionReports) -> Void) {
        state.withLock { state in
            guard !state.sessions.isEmpty else { return }
            change(&state.sessions[state.sessions.count - 1])
        }
    }
}

extension APIError {
    /// Whether the console itself cancelled the request.
    var isCancellation: Bool {
        if case .transport(let failure) = kind { return failure.reason == .cancelled }
        return false
    }
}
