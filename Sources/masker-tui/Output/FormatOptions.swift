import ArgumentParser
import Glibc

/// The output format: the options that every command that prints records shares.
struct FormatOptions: ParsableArguments {
    @Flag(help: "Print JSON: one record as an object, a list as an array.") var json = false
    @Flag(help: "Print one JSON object on each line, as it arrives.") var jsonl = false

    func validate() throws {
        if json && jsonl { throw ValidationError("--json and --jsonl cannot be used together.") }
    }

    var format: OutputFormat {
        if json { return .json }
        if jsonl { return .jsonLines }
        return isatty(STDOUT_FILENO) == 1 ? .table : .tabSeparated
    }
}

/// The form of what a command prints.
enum OutputFormat: Sendable {
    case table, tabSeparated, json, jsonLines

    var isJSON: Bool { self == .json || self == .jsonLines }
}
