import ArgumentParser
import FoundationEssentials
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// `masker-tui report`: saves compliance reports, each whole or not at all, and prints where.
struct ReportCommand: ScriptCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Save the compliance reports of sessions and print their paths.")

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "pdf, json or both (default: what the file after -o ends with, or pdf).") var format: ReportChoice?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Save in this directory, or one report under this name (default: the current directory).", valueName: "file|directory"))
    var output: String?
    @Flag(help: "Write manifest.json, a list of what was saved, too.") var manifest = false
    @Argument(help: ArgumentHelp("The sessions' ids.", valueName: "id")) var ids: [String]

    func run() throws {
        let ids = ids.reduce(into: [String]()) { known, id in if !known.contains(id) { known.append(id) } }
        let date = Format.utcDate(Date())
        let names = try ids.map { id in
            guard let name = ReportFileName.proposed(session: id, date: date) else { throw CommandFailure.usage("“\(id)” is no session's id") }
            return name
        }
        let place = try ReportPlace(output, format, isOne: ids.count == 1)
        guard !manifest || place.fileName == nil else { throw CommandFailure.usage("--manifest goes with a directory after -o, not with a file") }
        let job = ReportJob(
            subjects: zip(ids, names).map { ReportJob.Subject(session: Identifier($0), name: $1, exactName: place.fileName) },
            choice: place.choice, hasManifest: manifest)
        let given = output, isRestricted = connection.restricted
        try withConnection { parts in
            let directory = isRestricted ? try ReportPlace.restricted(parts.fixed.reports, given) : place.directory
            try await ReportRun(job, directory, signInURL: parts.client.host.signInURL).run(ReportSaver(client: parts.client, directory: directory))
        }
    }
}

extension ReportChoice: ExpressibleByArgument {}

/// Where a script wants its reports.
struct ReportPlace: Sendable {
    var choice: ReportChoice
    var directory: String
    /// Nil: named by us.
    var fileName: String?

    /// - Throws: `CommandFailure` when `output` does not go with the rest.
    init(_ output: String?, _ format: ReportChoice?, isOne: Bool) throws(CommandFailure) {
        let output = output ?? "."
        var status = stat()
        let exists = stat(output, &status) == 0
        if exists && status.st_mode & S_IFMT == S_IFDIR || output.hasSuffix("/") || output.isEmpty {
            directory = output
            choice = format ?? .pdf
            return
        }
        let end = [ReportChoice.pdf, .json].first { output.lowercased().hasSuffix("." + $0.rawValue) }
        choice = format ?? end ?? .pdf
        guard isOne, choice != .both else { throw .usage("“\(output)” is no directory, which several reports need") }
        guard end == nil || end == choice else { throw .usage("“\(output)” does not go with --format \(choice.rawValue)") }
        guard !exists else { throw .failed("“\(output)” is there already; nothing is overwritten") }
        let parts = output.split(separator: "/", omittingEmptySubsequences: false)
        fileName = parts.last.map(String.init)
        directory = parts.count > 1 ? parts.dropLast().joined(separator: "/") + "/" : "."
    }

    /// Restricted, reports go to the one directory that the administrator has named.
    static func restricted(_ fixed: String?, _ given: String?) throws(CommandFailure) -> String {
        guard given == nil else { throw .usage("-o is not possible with --restricted") }
        guard let directory = fixed else { throw .failed("no directory for reports is configured: \(AdministratorConfiguration.path), “reports”") }
        return directory
    }
}
