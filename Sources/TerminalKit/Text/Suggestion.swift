/// Finds the name that a mistyped word probably stands for.
public enum Suggestion {
    /// `; did you mean “refresh”?`, or an empty text when no candidate is near.
    public static func clause(for word: String, among candidates: [String]) -> String {
        clause(for: nearest(to: word, among: candidates).map { [$0] } ?? [])
    }

    /// `; did you mean “a”, “b” or “c”?`, or an empty text without words.
    public static func clause(for words: [String]) -> String {
        guard let last = words.last else { return "" }
        let others = words.dropLast().map { "“\($0)”" }.joined(separator: ", ")
        return "; did you mean " + (others.isEmpty ? "" : others + " or ") + "“\(last)”?"
    }

    /// The candidate that needs the fewest changes of a letter; nil when even that needs too many for the word's length.
    /// If one of the two words is the beginning of the other, no change is counted.
    public static func nearest(to word: String, among candidates: [String]) -> String? { near(word, among: candidates).first }

    /// The largest number of words in a suggestion.
    public static let most = 3

    /// The candidates that are near enough, the nearest first.
    public static func near(_ word: String, among candidates: [String]) -> [String] {
        let typed = Array(word.lowercased())
        // No name is longer than 64 characters.
        guard !typed.isEmpty, typed.count <= 64 else { return [] }
        let scored = candidates.enumerated().map { index, candidate in
            let letters = Array(candidate.lowercased())
            let isBeginning = letters.starts(with: typed) || !letters.isEmpty && typed.starts(with: letters)
            return (candidate: candidate, distance: isBeginning ? 0 : distance(typed, letters), index: index)
        }
        let enough = scored.filter { $0.distance <= max(typed.count / 3, 1) }
        return enough.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(most).map(\.candidate)
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
