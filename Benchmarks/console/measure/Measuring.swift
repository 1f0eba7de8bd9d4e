import Foundation

/// Prints the time of the fastest round, in seconds for one of `count` repetitions.
func measure(_ name: String, rounds: Int = 15, count: Int = 1, before prepare: () -> Void = {}, _ body: () -> Void) {
    var best = Double.infinity
    for _ in 0..<rounds {
        prepare()
        let start = ContinuousClock.now
        body()
        best = min(best, (ContinuousClock.now - start) / .seconds(count))
    }
    print("\(name)\t\(best)")
}

func recordedPages(_ path: String) throws -> [[UInt8]] {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var pages: [[UInt8]] = [], at = 0
    while at < bytes.count, let newline = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) {
        guard let count = Int(String(decoding: bytes[at..<newline], as: UTF8.self)) else { break }
        pages.append(Array(bytes[newline + 1..<newline + 1 + count]))
        at = newline + 1 + count
    }
    return pages
}
