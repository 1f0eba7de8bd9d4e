/// Finds what somebody may have meant.
enum Suggestion {
    /// `; is it “refresh”?`, or nothing when no candidate is near.
    static func clause(for word: String, among candidates: [String]) -> String {
        nearest(to: word, among: candidates).map { "; is it “\($0)”?" } ?? ""
    }

    /// The candidate that takes the fewest changes to a letter, as long as those are few for the word's length.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        let scored = candidates.map { (candidate: $0, distance: distance(Array(word.lowercased()), Array($0.lowercased()))) }
        let best = scored.min { $0.distance < $1.distance }
        return best.flatMap { $0.distance <= max(word.count / 3, 1) ? $0.candidate : nil }
    }

    /// Letters put in, left out, exchanged or swapped with their neighbour.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        // What is longer than any name is near to none.
        guard !a.isEmpty, !b.isEmpty, a.count <= 64 else { return max(a.count, b.count) }
        var before: [Int] = [], row = Array(0...b.count)
        for i in 1...a.count {
            var next = [i]
            for j in 1...b.count {
                var cost = min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
                next.append(cost)
            }
            (before, row) = (row, next)
        }
        return row[b.count]
    }
}
