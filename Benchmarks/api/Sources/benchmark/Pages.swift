import Foundation

/// Recorded pages of a list. In the file, each page is its length in decimal, a newline, and its bytes.
func recordedPages(_ path: String) throws -> [[UInt8]] {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var pages: [[UInt8]] = []
    var at = 0
    while at < bytes.count, let newline = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) {
        guard let count = Int(String(decoding: bytes[at..<newline], as: UTF8.self)) else { break }
        pages.append(Array(bytes[newline + 1..<newline + 1 + count]))
        at = newline + 1 + count
    }
    return pages
}

/// The time of the fastest round, in seconds.
func fastest(of rounds: Int, _ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<rounds {
        let start = ContinuousClock.now
        try body()
        best = min(best, (ContinuousClock.now - start) / .seconds(1))
    }
    return best
}
