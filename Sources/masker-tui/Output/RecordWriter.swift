import ArgumentParser
import FoundationEssentials
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// The output format: the options that every command that prints records shares.
struct FormatOptions: ParsableArguments {
    @Flag(help: "Print JSON: an array, or one object.") var json = false
    @Flag(help: "Print one JSON object per line, each as it arrives.") var jsonl = false

    func validate() throws {
        if json && jsonl { throw ValidationError("--json and --jsonl cannot be used together.") }
    }

    var format: OutputFormat {
        if json { return .json }
        if jsonl { return .jsonLines }
        return isatty(STDOUT_FILENO) == 1 ? .table : .tabSeparated
    }
}

enum OutputFormat: Sendable { case table, tabSeparated, json, jsonLines }

/// A value of a record that is printed; `name` is its name in the API.
struct OutputField<Record>: Sendable {
    var name: String
    var value: @Sendable (Record) -> String?

    init(_ name: String, _ value: @escaping @Sendable (Record) -> String?) {
        self.name = name
        self.value = value
    }

    /// The field for a larger record that contains this one.
    func of<Whole>(_ part: @escaping @Sendable (Whole) -> Record) -> OutputField<Whole> {
        let value = value
        return OutputField<Whole>(name) { value(part($0)) }
    }

    /// The value as printable text without tabs and line breaks, whatever the server has sent.
    func text(_ record: Record) -> PrintableText { PrintableText(value(record) ?? "") }
}

/// Prints records page by page: a table with titles for a person, tab-separated without titles for a pipe, or JSON.
struct RecordWriter<Record: Encodable & Sendable>: Sendable {
    let fields: [OutputField<Record>]
    let format: OutputFormat
    private var widths: [Int] = []
    private var printed = 0

    init(_ fields: [OutputField<Record>], _ format: OutputFormat) {
        self.fields = fields
        self.format = format
    }

    mutating func write(_ records: [Record]) throws {
        switch format {
        case .table: try writeTable(records)
        case .tabSeparated:
            for record in records { try Output.line(fields.map { $0.text(record).string }.joined(separator: "\t")) }
        case .json:
            for (index, record) in records.enumerated() {
                try Output.text((printed + index == 0 ? "[\n" : ",\n") + (try Output.json(record)))
            }
        case .jsonLines:
            for record in records { try Output.line(try Output.json(record)) }
        }
        printed += records.count
    }

    func finish() throws {
        if format == .json { try Output.line(printed == 0 ? "[]" : "\n]") }
    }

    /// Prints one record: each field on a line with its name, or the JSON object.
    static func writeOne(_ record: Record, _ fields: [OutputField<Record>], _ format: OutputFormat) throws {
        switch format {
        case .json, .jsonLines: try Output.line(try Output.json(record, pretty: format == .json))
        case .tabSeparated:
            for field in fields { try Output.line(field.name + "\t" + field.text(record).string) }
        case .table:
            let width = (fields.map(\.name.count).max() ?? 0) + 2
            for field in fields {
                let lines = PrintableText.lines(of: field.value(record) ?? "")
                for (index, line) in lines.enumerated() where index < lines.count - 1 || line.width > 0 || index == 0 {
                    try Output.line((index == 0 ? field.name : "").padded(to: width) + line.string)
                }
            }
        }
    }

    /// The column widths are those of the first page. A longer value on a later page is not cut: it moves the rest of its
    /// row to the right.
    private mutating func writeTable(_ records: [Record]) throws {
        let rows = records.map { record in fields.map { $0.text(record) } }
        if widths.isEmpty {
            widths = fields.indices.map { column in
                max(fields[column].name.count, rows.map { $0[column].width }.max() ?? 0)
            }
            try writeRow(fields.map { PrintableText($0.name.uppercased()) })
        }
        for row in rows { try writeRow(row) }
    }

    private func writeRow(_ cells: [PrintableText]) throws {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let isLast = index == cells.count - 1
            line += cell.string + (isLast ? "" : String(repeating: " ", count: max(widths[index] - cell.width, 0) + 2))
        }
        try Output.line(line)
    }
}

/// Writes to standard output, and progress to standard error.
enum Output {
    static func line(_ text: String) throws { try self.text(text + "\n") }

    /// - Throws: `CommandFailure`, as `bytes` does.
    static func text(_ text: String) throws { try bytes(Array(text.utf8)) }

    /// - Throws: `CommandFailure` when standard output is closed, or the disk is full.
    static func bytes(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            // The exit status of SIGPIPE without a message: `masker-tui agents | head` is not an error.
            if written < 0, errno == EPIPE { throw CommandFailure(status: 128 + SIGPIPE) }
            if written < 0, errno == EBADF { throw CommandFailure.failed("standard output is closed") }
            guard written > 0 else { throw CommandFailure.failed("standard output: \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(written)
        }
    }

    /// Writes a line of standard error over the previous one; an empty text erases it.
    static func progress(_ text: String) {
        let bytes = Array("\r\(text)\u{1B}[K".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    /// Writes whole numbers without a fraction.
    static func number(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }

    /// JSON that cannot control a terminal: unprintable characters are written as JSON escapes, which mean the same.
    static func json(_ value: some Encodable, pretty: Bool = false) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = pretty ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.format(date))
        }
        return escaped(String(decoding: try encoder.encode(value), as: UTF8.self), isEncoded: true)
    }

    /// Writes unprintable characters of a JSON text as JSON escapes, which mean the same.
    /// - Parameter isEncoded: whether the text comes from an encoder, so that its control characters are line breaks only.
    static func escaped(_ json: String, isEncoded: Bool = false) -> String {
        var result = ""
        for scalar in json.unicodeScalars {
            if isEncoded && scalar.value < 0x7F || (0x20..<0x7F).contains(scalar.value) || scalar.value > 0x7F && !PrintableText("x" + String(scalar)).wasAltered {
                result.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return result
    }
}
