import Foundation
import TestSupport
import Testing

@testable import TerminalKit

@Suite("What terminals send", .ownThread)
struct KeyCorpusTests {
    struct Row: Sendable, CustomStringConvertible {
        var terminal: String
        var label: String
        var bytes: [UInt8]
        var expected: [String]
        var description: String { "\(terminal): \(label)" }
    }

    private static func rows() throws -> [Row] {
        let file = Repository.tests.appendingPathComponent("TerminalKitTests/Keyboard/terminals.tsv")
        var terminal = "", rows: [Row] = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("["), line.hasSuffix("]") {
                terminal = String(line.dropFirst().dropLast())
                continue
            }
            let fields = line.split(separator: "\t").map(String.init)
            try #require(fields.count == 3, "\(line)")
            rows.append(Row(
                terminal: terminal, label: fields[0], bytes: bytes(fields[1]), expected: fields[2] == "nothing" ? [] : [fields[2]]))
        }
        return rows
    }

    /// `^[` and so on are control characters.
    private static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = [], isControl = false
        for byte in text.utf8 {
            if isControl {
                bytes.append(byte ^ 0x40)
                isControl = false
            } else if byte == UInt8(ascii: "^"), text.utf8.count > 1 {
                isControl = true
            } else {
                bytes.append(byte)
            }
        }
        // At the end it is the character: urxvt's Ctrl.
        return isControl ? bytes + [UInt8(ascii: "^")] : bytes
    }

    @Test("each key of each terminal is that key, wherever its bytes are cut, and takes nothing of the next one along")
    func corpus() throws {
        let rows = try Self.rows()
        #expect(Set(rows.map(\.terminal)).count >= 15)
        for (terminal, keys) in Dictionary(grouping: rows, by: \.terminal) {
            #expect(keys.count >= 60, "\(terminal)")
            let fresh = Decoding(terminal: terminal)
            for row in keys {
                #expect(Decoding.names(row.bytes, in: fresh) == row.expected, "\(row)")
                for cut in 0...row.bytes.count {
                    for second in cut...row.bytes.count {
                        var decoding = fresh
                        decoding.send(row.bytes[..<cut])
                        decoding.send(row.bytes[cut..<second])
                        decoding.send(row.bytes[second...])
                        decoding.wait()
                        decoding.send("j")
                        #expect(decoding.names == row.expected + ["j"], "\(row), cut at \(cut) and \(second)")
                    }
                }
            }
        }
    }

    @Test("a key that is cut off is dropped after the wait, and its rest is swallowed when it comes")
    func lateRest() throws {
        for row in try Self.rows() where row.bytes.count > 2 && row.bytes[0] == 0x1B && "[O".utf8.contains(row.bytes[1]) {
            for cut in 2..<row.bytes.count {
                var decoding = Decoding(terminal: row.terminal)
                decoding.send(row.bytes[..<cut])
                decoding.wait()
                // urxvt's keys with Shift are whole where longer sequences go on.
                if row.bytes[cut - 1] == UInt8(ascii: "$") { continue }
                decoding.send(row.bytes[cut...])
                // urxvt's `$` is the end of no sequence, so that a wait has to end it.
                if row.bytes.last == UInt8(ascii: "$") { decoding.wait() }
                decoding.send("j")
                #expect(decoding.names == ["j"], "\(row), cut at \(cut)")
            }
        }
    }
}
