import Foundation

/// measure-console PAGES: prints the time of each step, on a line with its name and seconds. PAGES is a file with recorded
/// pages of the list of sessions: each is its length in decimal, a newline, and its bytes.
/// measure-console PAGES million: the same for ten times as many sessions, where work is done in parts.
guard CommandLine.arguments.count >= 2 else { exit(2) }
if CommandLine.arguments.dropFirst(2).first == "million" {
    try Console(recordedPages(CommandLine.arguments[1]), times: 10).parts()
    exit(0)
}
let console = try Console(recordedPages(CommandLine.arguments[1]))
try console.loading()
try console.cursor()
for text in ["pr", "zz", "sess_01", "ä"] { try console.find(text) }
try console.sorting()
measureText()
