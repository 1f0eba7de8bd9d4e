import Foundation

/// measure-console PAGES: how long each step takes, a name and seconds a line. PAGES are recorded pages of the list of
/// sessions: for each its length in decimal, a newline, and its bytes.
guard CommandLine.arguments.count == 2 else { exit(2) }
let console = try Console(recordedPages(CommandLine.arguments[1]))
try console.loading()
try console.cursor()
for text in ["pr", "zz", "sess_01", "ä"] { try console.find(text) }
try console.sorting()
measureText()
