/// A part of a report's file, in the order in which the parts arrive.
public enum ReportPiece: Sendable, Equatable {
    /// The answer begins. `expected` is the number of bytes; nil when the server does not send it.
    case start(expected: Int?)
    case bytes([UInt8])
    /// The last part. Without it the report is not complete.
    case complete(WholeReport)
}

/// The result of the check of a complete report.
public struct WholeReport: Sendable, Equatable {
    /// The audit roots in the report: at most one in JSON; in a PDF every word that looks like one, and none when its text
    /// cannot be read.
    public var merkleRoots: [String]
    /// The content of a JSON report; nil for a PDF.
    public var report: Report?
}

/// Checks the bytes of a report while they arrive: whether the report is complete, and for JSON whether it is about the session.
struct ReportCheck {
    let format: Endpoint.ReportFormat
    let session: Identifier<CallSession>
    /// `HTTPResponseHead.endsWithConnection` of the answer.
    var endsWithConnection = false
    private var start: [UInt8] = []
    private var count = 0
    private var end: [UInt8] = []
    private var pdf = PDFRoots()
    /// All bytes of a JSON report, because JSON can only be checked as a whole.
    private var text: [UInt8] = []

    struct Problem: Error, Equatable { var sentence: String }

    init(_ format: Endpoint.ReportFormat, of session: Identifier<CallSession>) {
        self.format = format
        self.session = session
    }

    mutating func take(_ bytes: [UInt8]) {
        guard format == .pdf else { return text += bytes }
        if start.count < Self.longestStart { start += bytes.prefix(Self.longestStart - start.count) }
        count += bytes.count
        end = Array((end + bytes.suffix(1_024)).suffix(1_024))
        pdf.take(bytes)
    }

    /// The bytes at the start in which a linearized PDF has its length.
    private static let longestStart = 1_024

    /// Some of the first bytes, which show what came when it is no report.
    var beginning: [UInt8] { Array((format == .pdf ? start : text).prefix(Self.longestStart)) }

    /// Whether a linearized PDF was cut after its first page, where it has an end mark, too. Such a PDF has its length at the
    /// start (it can be longer, if it was changed afterwards), and `startxref 0` before its first end mark.
    private var isCutAtFirstMark: Bool {
        let words = end.split { " \t\r\n\0".utf8.contains($0) }.suffix(3).map { String(decoding: $0, as: UTF8.self) }
        if words == ["startxref", "0", "%%EOF"] { return true }
        let text = String(decoding: start, as: UTF8.self)
        guard let dictionary = text.split(separator: "endobj", maxSplits: 1).first, dictionary.contains("/Linearized") else { return false }
        let lengths = dictionary.split(separator: "/").compactMap { entry -> Int? in
            // The key is `/L`; this must not match `/Linearized`.
            guard entry.first == "L", let next = entry.dropFirst().first, next.isWhitespace || next.isNumber else { return nil }
            return Int(entry.dropFirst().drop { $0.isWhitespace }.prefix { $0.isNumber })
        }
        return lengths.first.map { count < $0 } ?? false
    }

    /// Returns the result after all bytes were taken.
    /// - Throws: `Problem` when the report is not complete, or a JSON report is not about the session.
    func finish() throws(Problem) -> WholeReport {
        switch format {
        case .pdf:
            let backwards = end.reversed().drop { " \t\r\n\0".utf8.contains($0) }
            guard start.starts(with: "%PDF-".utf8), backwards.starts(with: "%%EOF".utf8.reversed()), !isCutAtFirstMark else {
                throw Problem(sentence: "the PDF is not complete")
            }
            // A PDF that was changed afterwards is a complete PDF up to each of its end marks, so an end mark is not enough.
            guard !endsWithConnection else {
                throw Problem(sentence: "the server does not send the PDF's length, so it is unknown whether the PDF is complete")
            }
            return WholeReport(merkleRoots: pdf.found)
        case .json:
            // `JSON` replaces bad UTF-8, which is right for lists; a file that the user keeps for years must be valid.
            guard String(validating: text, as: UTF8.self) != nil else { throw Problem(sentence: "the report is not valid UTF-8") }
            guard let json = try? JSON(parsing: text), let report = json["report"].flatMap(Report.init(json:)) else {
                throw Problem(sentence: "the report is not complete, or it is not JSON")
            }
            guard report.sessionID == session else { throw Problem(sentence: "the report is about another session") }
            return WholeReport(merkleRoots: report.auditRootHex.map { [$0] } ?? [], report: report)
        }
    }
}
