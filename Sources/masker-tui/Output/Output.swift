import FoundationEssentials
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// Writes to standard output, and progress to standard error.
enum Output {
    static func line(_ text: String) throws { try self.text(text + "\n") }

    /// Writes sessions as lines of JSON.
    static func lines(_ sessions: [SessionLine]) throws {
        var lines: [UInt8] = []
        for session in sessions {
            switch session.content {
            case .json(let line): lines += line
            case .session(let session): lines += try json(session).utf8
            }
            lines.append(UInt8(ascii: "\n"))
        }
        try bytes(lines)
    }

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

    /// Prints one record as JSON: in several lines, or in one for `--jsonl`.
    static func object(_ record: some Encodable, _ format: OutputFormat) throws {
        try line(try json(record, pretty: format == .json))
    }

    /// JSON that cannot control a terminal: unprintable characters are written as JSON escapes, which mean the same.
    static func json(_ value: some Encodable, pretty: Bool = false) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = pretty ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.uniform(date))
        }
        return escaped(String(decoding: try encoder.encode(value), as: UTF8.self), isEncoded: true)
    }

    /// Writes unprintable characters of a JSON text as JSON escapes, which mean the same.
    /// - Parameter isEncoded: whether the text comes from an encoder, so that its control characters are line breaks only.
    static func escaped(_ json: String, isEncoded: Bool = false) -> String {
        if json.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == UInt8(ascii: "\n") && isEncoded }) { return json }
        var result = ""
        for scalar in json.unicodeScalars {
            let isASCII = scalar.value < 0x7F && (isEncoded || scalar.value >= 0x20)
            if isASCII || scalar.value > 0x7F && !PrintableText("x" + String(scalar)).wasAltered {
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
