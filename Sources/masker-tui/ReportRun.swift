import FoundationEssentials
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// Runs one report job for a command: prints a path as soon as its file is saved, and reports the failures.
struct ReportRun: Sendable {
    private let job: ReportJob
    private let directory: String
    private let format: OutputFormat
    private let signInURL: String

    init(_ job: ReportJob, _ directory: String, _ format: OutputFormat, signInURL: String) {
        self.job = job
        self.directory = directory
        self.format = format
        self.signInURL = signInURL
    }

    /// - Throws: `CommandFailure` with the status of the first failure.
    func run(_ saver: ReportSaver) async throws {
        let (answers, continuation) = AsyncStream<ReportsFeature.Answer>.makeStream()
        SignalWatch.start { saver.stop() }
        saver.save(job) { continuation.yield($0) }
        let showsProgress = isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 0
        var failures: [CommandFailure] = [], done = 0
        var writer = RecordWriter([OutputField<ReportManifest.Entry>("file") { $0.file }], format.isJSON ? format : .tabSeparated)
        for await answer in answers {
            switch answer {
            case .progress(_, let progress) where showsProgress:
                Output.progress("\(Format.count(done + 1)) of \(Format.count(job.subjects.count)) · \(Format.bytes(progress.total))")
            case .saved(_, let reports):
                done += 1
                if showsProgress { Output.progress("") }
                try writer.write(ReportManifest.entries([reports]).map { entry in
                    var entry = entry
                    entry.file = path(entry.file)
                    return entry
                })
                failures += self.failures(reports)
            case .ended(_, let manifest):
                continuation.finish()
                switch manifest {
                // The list of the reports is itself no report.
                case .file(let name)? where format.isJSON: ErrorOutput.write("saved " + path(name))
                case .file(let name)?: try Output.line(PrintableText(path(name)).string)
                case .notWritten(let reason)?: failures.append(.failed("manifest.json was not written: \(reason)"))
                case nil: break
                }
            default: break
            }
        }
        try writer.finish()
        try end(failures, notBegun: job.subjects.count - done)
    }

    private func path(_ name: String) -> String { URL(fileURLWithPath: directory).appendingPathComponent(name).standardizedFileURL.path }

    private func failures(_ reports: SessionReports) -> [CommandFailure] {
        var failures = reports.problems.map { problem -> CommandFailure in
            switch problem {
            case .failed(let error): CommandFailure(error, signInURL: signInURL)
            case .notWritten(let reason): .failed("not saved: \(reason)")
            case .cancelled: .failed("not saved: it was cancelled")
            }
        }
        if reports.roots.agree == false {
            let found = reports.files.compactMap(\.merkleRoot).joined(separator: " and ")
            failures.append(.failed("the audit roots do not agree: \(found), and in the session \(reports.roots[.detail].root ?? "none")"))
        }
        guard job.subjects.count > 1 else { return failures }
        return failures.map { CommandFailure(status: $0.status, sentence: "\(reports.session.rawValue): \($0.sentence ?? "")") }
    }

    /// Prints the sentences of all failures; throws the status of the first.
    private func end(_ failures: [CommandFailure], notBegun: Int) throws {
        guard let first = failures.first else { return }
        for failure in failures { failure.sentence.map(ErrorOutput.write) }
        if notBegun > 0 { ErrorOutput.write("\(notBegun) more were not requested") }
        throw CommandFailure(status: first.status)
    }
}
