import ArgumentParser
import FoundationEssentials
import MaskerAPI

/// `masker-tui report`: saves a compliance report, whole or not at all, and prints where.
struct ReportCommand: ScriptCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Save the compliance report of a session and print its path.")

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "pdf or json.") var format = Endpoint.ReportFormat.pdf
    @Option(name: .shortAndLong, help: ArgumentHelp("Save it in this directory.", valueName: "directory")) var output = "."
    @Argument(help: "The session's id.") var id: String

    func run() throws {
        let id = Identifier<CallSession>(id), format = format, directory = output
        guard let name = ReportFile.name(session: id.rawValue, date: Format.utcDate(Date())) else {
            throw CommandFailure.usage("“\(id.rawValue)” is no session's id")
        }
        let report = try withClient { client in
            let root = try await client.session(id).merkleRootHex
            let order = ReportOrder(session: id, format: format, name: name, merkleRoot: root)
            let saver = ReportSaver(client: client, directory: directory)
            let outcome = await withCheckedContinuation { continuation in
                saver.save(order) { answer in
                    if case .report(_, let outcome) = answer { continuation.resume(returning: outcome) }
                }
            }
            switch outcome {
            case .saved(let report): return report
            case .failed(let error): throw error
            case .notWritten(let reason): throw CommandFailure.failed("not saved: \(reason)")
            case .cancelled: throw CommandFailure.failed("not saved: it was cancelled")
            }
        }
        let path = URL(fileURLWithPath: directory).appendingPathComponent(report.name).standardizedFileURL.path
        try Output.line(PrintableText(path).string)
        if case .differs(let found) = report.root {
            throw CommandFailure.failed("its merkle root is \(found), and not the session's: the report is about something else")
        }
    }
}

extension Endpoint.ReportFormat: ExpressibleByArgument {}
