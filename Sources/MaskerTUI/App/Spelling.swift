/// What somebody may have meant.
enum Spelling {
    /// `; is it “sessions”?`, or nothing where none of the words is near.
    static func hint(_ word: String, _ words: [String]) -> String {
        nearest(word, words).map { "; is it “\($0)”?" } ?? ""
    }

    /// The word that takes the fewest changes to become; a beginning counts as nothing missing.
    static func nearest(_ word: String, _ words: [String]) -> String? {
        let typed = Array(word.lowercased())
        let near = words.map { candidate in
            let letters = Array(candidate.lowercased())
            let isBeginning = !typed.isEmpty && (letters.starts(with: typed) || typed.starts(with: letters))
            return (word: candidate, changes: isBeginning ? 0 : changes(typed, letters))
        }
        guard let best = near.min(by: { $0.changes < $1.changes }), best.changes <= max(1, typed.count / 3) else { return nil }
        return best.word
    }

    /// How many letters must be put in, left out, replaced, or swapped with their neighbour.
    private static func changes(_ first: [Character], _ second: [Character]) -> Int {
        var before: [Int] = [], last = Array(0...second.count)
        for row in first.indices {
            var line = [row + 1]
            for column in second.indices {
                var least = min(line[column] + 1, last[column + 1] + 1, last[column] + (first[row] == second[column] ? 0 : 1))
                if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                    least = min(least, before[column - 1] + 1)
                }
                line.append(least)
            }
            (before, last) = (last, line)
        }
        return last[second.count]
    }
}
