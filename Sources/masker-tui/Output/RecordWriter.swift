import MaskerAPI
import MaskerTUI
import TerminalKit

/// A value of a record that is printed; `name` is its name in the API.
struct OutputField<Record>: Sendable {
    var name: String
    /// Which columns of a table are left out in a narrow terminal, and which are cut: `PrintedTable.Column`.
    var rank: Int
    var shortest: Int?
    var value: @Sendable (Record) -> String?

    init(_ name: String, rank: Int = 0, shortest: Int? = nil, _ value: @escaping @Sendable (Record) -> String?) {
        self.name = name
        self.rank = rank
        self.shortest = shortest
        self.value = value
    }

    /// The field for a larger record that contains this one.
    func of<Whole>(_ part: @escaping @Sendable (Whole) -> Record) -> OutputField<Whole> {
        let value = value
        return OutputField<Whole>(name, rank: rank, shortest: shortest) { value(part($0)) }
    }

    var column: PrintedTable.Column { PrintedTable.Column(name: name, rank: rank, shortest: shortest) }

    /// The value as printable text without tabs and line breaks, whatever the server has sent.
    func text(_ record: Record) -> PrintableText { PrintableText(value(record) ?? "") }
}

/// Prints records page by page: a table with titles for a person, tab-separated without titles for a pipe, or JSON.
struct RecordWriter<Record: Encodable & Sendable>: Sendable {
    let fields: [OutputField<Record>]
    let format: OutputFormat
    private var table: PrintedTable
    private var printed = 0

    init(_ fields: [OutputField<Record>], _ format: OutputFormat) {
        self.fields = fields
        self.format = format
        table = PrintedTable(fields.map(\.column), width: TerminalWidth.current)
    }

    mutating func write(_ records: [Record]) throws {
        switch format {
        case .table:
            for line in table.lines(records.map { record in fields.map { $0.text(record) } }) { try Output.line(line) }
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

    /// Ends the list. On a terminal, says on standard error what of the table is missing.
    func finish() throws {
        switch format {
        case .json: try Output.line(printed == 0 ? "[]" : "\n]")
        case .table: table.missing.map(ErrorOutput.write)
        case .tabSeparated, .jsonLines: break
        }
    }

    /// Prints one record: each field on a line with its name, or the JSON object. Long values are neither cut nor broken, so that
    /// they can be copied whole.
    static func writeOne(_ record: Record, _ fields: [OutputField<Record>], _ format: OutputFormat) throws {
        switch format {
        case .json, .jsonLines: try Output.object(record, format)
        case .tabSeparated:
            for field in fields { try Output.line(field.name + "\t" + field.text(record).string) }
        case .table:
            let width = (fields.map(\.name.count).max() ?? 0) + 2
            // In a narrow terminal the value stands below its name.
            let isNarrow = width > TerminalWidth.current / 2
            for field in fields {
                if isNarrow { try Output.line(field.name) }
                let lines = PrintableText.lines(of: field.value(record) ?? "")
                for (index, line) in lines.enumerated() where index < lines.count - 1 || line.width > 0 || index == 0 && !isNarrow {
                    try Output.line((isNarrow ? "  " : (index == 0 ? field.name : "").padded(to: width)) + line.string)
                }
            }
        }
    }
}
