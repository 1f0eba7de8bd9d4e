import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// Writes one report to standard output. It writes when the report is complete and checked, so a program behind a pipe gets a
/// whole report or nothing.
struct ReportOutput: Sendable {
    let session: Identifier<CallSession>
    let format: Endpoint.ReportFormat

    /// - Throws: `CommandFailure` when standard output cannot take the report. Call it before the server makes one.
    static func check(_ format: Endpoint.ReportFormat) throws(CommandFailure) {
        // A descriptor that was closed at the start is open for reading only.
        guard fcntl(STDOUT_FILENO, F_GETFL) & O_ACCMODE != O_RDONLY else { throw .failed("standard output is closed") }
        guard format != .pdf || isatty(STDOUT_FILENO) == 0 else {
            throw .usage("a PDF is not written to a terminal; redirect it, for example with > report.pdf, or choose --format json")
        }
    }

    /// - Throws: `APIError`, or `CommandFailure` when standard output cannot be written or the audit roots do not agree.
    func run(_ client: MaskerClient) async throws {
        var roots = MerkleRoots(detail: .init(detail: try await client.session(session).merkleRootHex))
        let showsProgress = isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 0
        defer { if showsProgress { Output.progress("") } }
        var bytes: [UInt8] = []
        var report: WholeReport?
        for try await piece in client.report(session, as: format) {
            switch piece {
            case .start: break
            case .bytes(let more):
                bytes += more
                if showsProgress { Output.progress(Format.bytes(bytes.count)) }
            case .complete(let whole): report = whole
            }
        }
        guard let report else { throw CommandFailure.failed("no report was written: it was cancelled") }
        if showsProgress { Output.progress("") }
        try isatty(STDOUT_FILENO) == 1 ? Output.text(Self.printable(bytes)) : Output.bytes(bytes)
        roots.read(report.merkleRoots, in: format == .json ? .json : .pdf)
        guard roots.agree != false else {
            throw CommandFailure.failed(
                "the audit roots do not agree: \(report.merkleRoots.joined(separator: " and ")), and in the session \(roots[.detail].root ?? "none")")
        }
    }

    /// A JSON report for a terminal, which its characters must not control.
    private static func printable(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            Output.escaped(String(line.filter { $0 != "\t" && $0 != "\r" }))
        }
        return lines.joined(separator: "\n") + (text.hasSuffix("\n") ? "" : "\n")
    }
}
