/// A piece of a report's file, as it comes from the server.
public enum ReportPiece: Sendable, Equatable {
    /// The answer begins: how many bytes will come, where the server says so.
    case start(expected: Int?)
    case bytes([UInt8])
    /// The last piece, and the only sign that the report is whole.
    case complete(WholeReport)
}

/// What can be said of a report that begins and ends as it should and is about the session asked for.
public struct WholeReport: Sendable, Equatable {
    /// The audit roots that can be read in it: one in JSON; in a PDF what looks like one, none where its text cannot be
    /// read.
    public var merkleRoots: [String]
    /// What a JSON report says; nil for a PDF.
    public var report: Report?
}

/// Looks at the bytes of a report that pass by, for whether they make up a whole one.
struct ReportCheck {
    let format: Endpoint.ReportFormat
    let session: Identifier<CallSession>
    /// Of the answer (`HTTPResponseHead.endsWithConnection`).
    var endsWithConnection = false
    private var start: [UInt8] = []
    private var count = 0
    private var end: [UInt8] = []
    private var pdf = PDFRoots()
    /// JSON says what it is only as a whole.
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

    /// Where a PDF for the web says how long it is.
    private static let longestStart = 1_024

    /// A PDF for the web has an end mark behind its first page, too. It says at its start how long it is (more, where it was
    /// changed afterwards), and what stands before that mark leads to no table of the whole.
    private var isCutAtFirstMark: Bool {
        let words = end.split { " \t\r\n\0".utf8.contains($0) }.suffix(3).map { String(decoding: $0, as: UTF8.self) }
        if words == ["startxref", "0", "%%EOF"] { return true }
        let text = String(decoding: start, as: UTF8.self)
        guard let dictionary = text.split(separator: "endobj", maxSplits: 1).first, dictionary.contains("/Linearized") else { return false }
        let lengths = dictionary.split(separator: "/").compactMap { entry -> Int? in
            // Not `/Linearized` itself.
            guard entry.first == "L", let next = entry.dropFirst().first, next.isWhitespace || next.isNumber else { return nil }
            return Int(entry.dropFirst().drop { $0.isWhitespace }.prefix { $0.isNumber })
        }
        return lengths.first.map { count < $0 } ?? false
    }

    /// To be asked once all has passed by.
    func finish() throws(Problem) -> WholeReport {
        switch format {
        case .pdf:
            let backwards = end.reversed().drop { " \t\r\n\0".utf8.contains($0) }
            guard start.starts(with: "%PDF-".utf8), backwards.starts(with: "%%EOF".utf8.reversed()), !isCutAtFirstMark else {
                throw Problem(sentence: "the PDF is not complete")
            }
            // A PDF that was changed after it was made holds a whole one up to each of its marks.
            guard !endsWithConnection else {
                throw Problem(sentence: "the server does not say how long the PDF is, so nobody can tell whether all of it has come")
            }
            return WholeReport(merkleRoots: pdf.found)
        case .json:
            // The reader makes do with other bytes in a list; a file that is kept for years must be what it says it is.
            guard String(validating: text, as: UTF8.self) != nil else { throw Problem(sentence: "the report is not UTF-8, as JSON is") }
            guard let json = try? JSON(parsing: text), let report = json["report"].flatMap(Report.init(json:)) else {
                throw Problem(sentence: "the report is not complete, or no JSON")
            }
            guard report.sessionID == session else { throw Problem(sentence: "the report is not this session's") }
            return WholeReport(merkleRoots: report.auditRootHex.map { [$0] } ?? [], report: report)
        }
    }
}
