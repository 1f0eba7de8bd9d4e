/// A line of the command line in words. Quotes keep a space within a word: `agent="front desk"`.
struct CommandWords {
    /// Without their quotes.
    private(set) var words: [String] = []
    /// Where the last word begins: at the end of a line that ends with a space.
    private(set) var lastStart: String.Index
    /// The last word as far as it is typed.
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

    /// A word as it must be typed: `agent="front desk"`. Unfinished, its end is left open.
    static func typed(_ word: String, isWhole: Bool) -> String {
        guard word.contains(" ") else { return word }
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let quoted = parts.count == 2 && !parts[0].contains(" ") ? "\(parts[0])=\"\(parts[1])" : "\"" + word
        return quoted + (isWhole ? "\"" : "")
    }
}
