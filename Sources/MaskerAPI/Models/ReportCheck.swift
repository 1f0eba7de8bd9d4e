/// A piece of a report's file, as it comes from the server.
public enum ReportPiece: Sendable, Equatable {
    case bytes([UInt8])
    /// The last piece, and the only sign that the report is whole: it begins and ends as it should and names the session
    /// asked for. `merkleRoots` are those that can be read in it: one in JSON; in a PDF what looks like one, none where
    /// its text is compressed.
    case complete(merkleRoots: [String])
}

/// Looks at the bytes of a report that pass by, for whether they make up a whole one.
struct ReportCheck {
    let format: Endpoint.ReportFormat
    let session: Identifier<CallSession>
    private var start: [UInt8] = []
    private var end: [UInt8] = []
    private var roots = RootScan()
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
        roots.take(bytes)
    }

    /// The Merkle roots of a whole report.
    func finish() throws(Problem) -> [String] {
        switch format {
        case .pdf:
            let backwards = end.reversed().drop { " \t\r\n\0".utf8.contains($0) }
            guard start.elementsEqual("%PDF-".utf8), backwards.starts(with: "%%EOF".utf8.reversed()) else {
                throw Problem(sentence: "the PDF is not complete")
            }
            return roots.found
        case .json:
            guard let json = try? JSON(parsing: text), let report = json["report"].flatMap(Report.init(json:)) else {
                throw Problem(sentence: "the report is not complete, or no JSON")
            }
            guard report.sessionID == session else { throw Problem(sentence: "the report is not this session's") }
            return report.merkleRootHex.map { [$0] } ?? []
        }
    }
}

/// Finds what looks like a Merkle root: 64 hexadecimal digits by themselves.
private struct RootScan {
    private(set) var found: [String] = []
    private var run: [UInt8] = []
    private var length = 0
    private var isQuoted = false
    private var last: UInt8 = 0

    private static let digits = 64, most = 16

    mutating func take(_ bytes: [UInt8]) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                // Between angle brackets PDF has binary data, such as a file's id.
                if length == 0 { isQuoted = last == UInt8(ascii: "<") }
                length += 1
                if length <= Self.digits { run.append(byte) }
            default:
                if length > 0 { endRun() }
            }
            last = byte
        }
    }

    private mutating func endRun() {
        if length == Self.digits, !isQuoted, found.count < Self.most { found.append(String(decoding: run, as: UTF8.self)) }
        run.removeAll(keepingCapacity: true)
        length = 0
    }
}
