/// Splits a command line into words. Quotes keep spaces within a word: `agent="front desk"`.
struct CommandWords {
    /// The words, without quotes.
    private(set) var words: [String] = []
    /// The start of the last word; the end of the line when the line ends with a space.
    private(set) var lastStart: String.Index
    /// The last word, which may be incomplete.
    private(set) var last = ""

    init(_ line: String) {
        lastStart = line.startIndex
        var isQuoted = false, hasWord = false
        for (index, character) in zip(line.indices, line) {
            if character == "\"" {
                isQuoted.toggle()
                hasWord = true
            } else if character == " ", !isQuoted {
                if hasWord { words.append(last) }
                hasWord = false
                last = ""
                lastStart = line.index(after: index)
            } else {
                last.append(character)
                hasWord = true
            }
        }
        if hasWord { words.append(last) }
    }

    /// Writes a word as it must be typed: `agent="front desk"`. The closing quote is left out while the word is incomplete.
    static func typed(_ word: String, isWhole: Bool) -> String {
        guard word.contains(" ") else { return word }
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let quoted = parts.count == 2 && !parts[0].contains(" ") ? "\(parts[0])=\"\(parts[1])" : "\"" + word
        return quoted + (isWhole ? "\"" : "")
    }
}
