/// The lines in which two texts differ, with their numbers, as `diff -u` shows them.
public struct LineDifference: CustomStringConvertible, Sendable {
    private enum Line {
        /// The number of the line in its text; for a line of both texts, the number in the second.
        case stored(Int, Substring)
        case now(Int, Substring)
        case both(Int, Substring)

        var isChange: Bool { if case .both = self { false } else { true } }

        var text: String {
            switch self {
            case .stored(let number, let text): Self.text("-", number, text)
            case .now(let number, let text): Self.text("+", number, text)
            case .both(let number, let text): Self.text(" ", number, text)
            }
        }

        private static func text(_ sign: String, _ number: Int, _ text: Substring) -> String {
            let digits = "\(number)"
            return sign + String(repeating: " ", count: max(5 - digits.count, 0)) + digits + " " + text
        }
    }

    /// The difference as text; empty when the texts are equal.
    public let description: String

    /// - Parameter context: how many of the lines around each change are shown.
    /// - Parameter most: how many lines that differ are shown; the last line then says how many are left out.
    public init(stored: String, now: String, context: Int = 2, most: Int = 40) {
        let lines = Self.lines(stored: stored, now: now)
        let changes = lines.indices.filter { lines[$0].isChange }
        var shown: [String] = []
        // The first line that was not shown yet.
        var next = 0
        for (index, change) in changes.prefix(most).enumerated() {
            let start = max(change - context, next)
            if start > next { shown.append("…") }
            let nextChange = index + 1 < changes.count ? changes[index + 1] : lines.count
            let end = min(change + context + 1, nextChange, lines.count)
            shown += lines[start..<end].map(\.text)
            next = end
        }
        if changes.count > most { shown.append("… and \(changes.count - most) more lines that differ") }
        description = shown.joined(separator: "\n")
    }

    /// The lines of both texts in order, each with the texts in which it occurs.
    private static func lines(stored: String, now: String) -> [Line] {
        let old = stored.split(separator: "\n", omittingEmptySubsequences: false)
        let new = now.split(separator: "\n", omittingEmptySubsequences: false)
        var removed = Set<Int>(), inserted = Set<Int>()
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [Line] = []
        var oldIndex = 0, newIndex = 0
        while oldIndex < old.count || newIndex < new.count {
            if removed.contains(oldIndex) {
                lines.append(.stored(oldIndex + 1, old[oldIndex]))
                oldIndex += 1
            } else if inserted.contains(newIndex) {
                lines.append(.now(newIndex + 1, new[newIndex]))
                newIndex += 1
            } else {
                lines.append(.both(newIndex + 1, new[newIndex]))
                oldIndex += 1
                newIndex += 1
            }
        }
        return lines
    }
}
