import ArgumentParser
import FoundationEssentials
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// `masker-tui report`: saves compliance reports, each completely or not at all, and prints their paths.
struct ReportCommand: ScriptCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Save the compliance reports of sessions and print their paths.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var records: FormatOptions
    @Option(help: "pdf, json or both (default: the ending of the file after -o, or pdf).") var format: ReportChoice?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Save in this directory, or one report under this name; - is standard output (default: the current directory).",
            valueName: "file|directory"),
        completion: .file(), transform: OptionValue.path)
    var output: String?
    @Flag(help: "Also write manifest.json, a list of the saved reports.") var manifest = false
    @Argument(help: ArgumentHelp("The sessions' ids.", valueName: "id")) var ids: [String]

    func run() throws {
        let ids = ids.reduce(into: [String]()) { known, id in if !known.contains(id) { known.append(id) } }
        let date = Format.utcDate(Date())
        let names = try ids.map { id in
            guard let name = ReportFileName.proposed(session: id, date: date) else { throw CommandFailure.usage("“\(id)” is not a session id") }
            return name
        }
        let place = try ReportPlace(output, format, isOne: ids.count == 1)
        guard !manifest || !place.isStandardOutput else { throw CommandFailure.usage("--manifest needs a directory after -o, not standard output") }
        guard !manifest || place.fileName == nil else { throw CommandFailure.usage("--manifest needs a directory after -o, not a file") }
        let job = ReportJob(
            subjects: zip(ids, names).map { ReportJob.Subject(session: Identifier($0), name: $1, exactName: place.fileName) },
            choice: place.choice, hasManifest: manifest)
        let given = output, format = records.format, isRestricted = connection.restricted
        if place.isStandardOutput, !isRestricted, let id = ids.first, let format = place.choice.only {
            try ReportOutput.check(format)
            return try withClient { try await ReportOutput(session: Identifier(id), format: format).run($0) }
        }
        try withConnection { parts in
            let directory = isRestricted ? try ReportPlace.restricted(parts.fixed.reports, given) : place.directory
            let run = ReportRun(job, directory, format, signInURL: parts.client.host.signInURL)
            try await run.run(ReportSaver(client: parts.client, directory: directory))
        }
    }
}

extension ReportChoice: ExpressibleByArgument {}

/// The directory, the file name and the format of the reports that a command saves.
struct ReportPlace: Sendable {
    var choice: ReportChoice
    var directory: String
    /// Nil: the name is made from the session id and the date.
    var fileName: String?
    /// Whether the only report goes to standard output.
    var isStandardOutput = false

    /// - Throws: `CommandFailure` when `output` does not fit the format or the number of reports.
    init(_ output: String?, _ format: ReportChoice?, isOne: Bool) throws(CommandFailure) {
        let output = output ?? "."
        if output == "-" {
            guard isOne else { throw .usage("-o - writes one report to standard output; several reports need a directory after -o") }
            guard format != .both else { throw .usage("-o - writes one report to standard output, so --format is pdf or json, not both") }
            (choice, directory, isStandardOutput) = (format ?? .pdf, ".", true)
            return
        }
        var status = stat()
        let exists = stat(output, &status) == 0
        if exists && status.st_mode & S_IFMT == S_IFDIR || output.hasSuffix("/") || output.isEmpty {
            directory = output
            choice = format ?? .pdf
            return
        }
        let end = [ReportChoice.pdf, .json].first { output.lowercased().hasSuffix("." + $0.rawValue) }
        choice = format ?? end ?? .pdf
        guard isOne, choice != .both else {
            throw .usage("“\(output)” " + (exists ? "is not a directory; several reports need one" : "does not exist; several reports need a directory"))
        }
        guard end == nil || end == choice else { throw .usage("“\(output)” does not match --format \(choice.rawValue)") }
        guard !exists else { throw .failed("“\(output)” already exists; nothing is overwritten") }
        let parts = output.split(separator: "/", omittingEmptySubsequences: false)
        fileName = parts.last.map(String.init)
        directory = parts.count > 1 ? parts.dropLast().joined(separator: "/") + "/" : "."
    }

    /// The directory that the administrator has configured: in restricted mode all reports go there.
    static func restricted(_ fixed: String?, _ given: String?) throws(CommandFailure) -> String {
        guard given == nil else { throw .usage("-o cannot be used with --restricted") }
        guard let directory = fixed else { throw .failed("no directory for reports is configured: “reports” is missing in \(AdministratorConfiguration.path)") }
        return directory
    }
}
