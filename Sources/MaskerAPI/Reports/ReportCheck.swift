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
    /// The Merkle roots that can be read in it: one in JSON; in a PDF what looks like one, none where its text cannot be
    /// read.
    public var merkleRoots: [String]
    /// What a JSON report says; nil for a PDF.
    public var report: Report?
}

/// Looks at the bytes of a report that pass by, for whether they make up a whole one.
struct ReportCheck {
    let format: Endpoint.ReportFormat
    let session: Identifier<CallSession>
    private var start: [UInt8] = []
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
        if start.count < 5 { start += bytes.prefix(5 - start.count) }
        end = Array((end + bytes.suffix(1_024)).suffix(1_024))
        pdf.take(bytes)
    }

    /// To be asked once all has passed by.
    func finish() throws(Problem) -> WholeReport {
        switch format {
        case .pdf:
            let backwards = end.reversed().drop { " \t\r\n\0".utf8.contains($0) }
            guard start.elementsEqual("%PDF-".utf8), backwards.starts(with: "%%EOF".utf8.reversed()) else {
                throw Problem(sentence: "the PDF is not complete")
            }
            return WholeReport(merkleRoots: pdf.found)
        case .json:
            guard let json = try? JSON(parsing: text), let report = json["report"].flatMap(Report.init(json:)) else {
                throw Problem(sentence: "the report is not complete, or no JSON")
            }
            guard report.sessionID == session else { throw Problem(sentence: "the report is not this session's") }
            return WholeReport(merkleRoots: report.merkleRootHex.map { [$0] } ?? [], report: report)
        }
    }
}
