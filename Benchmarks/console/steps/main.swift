import CMeasuring
import Glibc

/// measure-steps ROWS, under callgrind: records the instructions of each step, and prints a line for each with its name, the
/// number of counted keys, and the number of bytes that they have written to the terminal.
guard CommandLine.arguments.count == 2, let rows = Int(CommandLine.arguments[1]) else { exit(2) }
setlocale(LC_ALL, "")
let output = dup(STDOUT_FILENO)
let other = try PseudoTerminal()
var console = try Console(rows: rows, other, environment: ["TERM": getenv("TERM").map { String(cString: $0) } ?? ""])
// Work that is done only once, such as reading a table of widths, must not count for a step.
for step in Step.all { _ = try console.take(step) }
counting_prepare()
var lines = ""
for step in Step.all {
    let bytes = try console.take(step)
    counting_note()
    lines += "\(step.name)\t\(step.keys.count * step.rounds)\t\(bytes)\n"
}
console.close()
lines.withUTF8 { _ = write(output, $0.baseAddress, $0.count) }
