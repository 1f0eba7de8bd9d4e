/// Finds the name that a mistyped word probably stands for.
public enum Suggestion {
    /// `; did you mean “refresh”?`, or an empty text when no candidate is near.
    public static func clause(for word: String, among candidates: [String]) -> String {
        nearest(to: word, among: candidates).map { "; did you mean “\($0)”?" } ?? ""
    }

    /// The candidate that needs the fewest changes of a letter; nil when even that needs too many for the word's length.
    /// If one of the two words is the beginning of the other, no change is counted.
    public static func nearest(to word: String, among candidates: [String]) -> String? {
        let typed = Array(word.lowercased())
        // No name is longer than 64 characters.
        guard !typed.isEmpty, typed.count <= 64 else { return nil }
        let scored = candidates.map { candidate in
            let letters = Array(candidate.lowercased())
            let isBeginning = letters.starts(with: typed) || !letters.isEmpty && typed.starts(with: letters)
            return (candidate: candidate, distance: isBeginning ? 0 : distance(typed, letters))
        }
        let best = scored.min { $0.distance < $1.distance }
        return best.flatMap { $0.distance <= max(typed.count / 3, 1) ? $0.candidate : nil }
    }

    /// How many letters must be inserted, removed, replaced or swapped with their neighbour to make one word of the other.
    private static func distance(_ first: [Character], _ second: [Character]) -> Int {
        var before: [Int] = [], row = Array(0...second.count)
        for i in first.indices {
            var next = [i + 1]
            for j in second.indices {
                var least = min(row[j + 1] + 1, next[j] + 1, row[j] + (first[i] == second[j] ? 0 : 1))
                if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] { least = min(least, before[j - 1] + 1) }
                next.append(least)
            }
            (before, row) = (row, next)
        }
        return row[second.count]
    }
}
