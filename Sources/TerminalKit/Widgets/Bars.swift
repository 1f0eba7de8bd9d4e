/// Draws bars. Callers write the numbers beside them, so that nothing is shown by length or colour alone.
public enum Bars {
    /// A bar of the length `share` (0 to 1) of `width`; at least one column if the share is not zero.
    public static func bar(share: Double, width: Int, style: Style) -> Span {
        let bounded = share.isFinite ? min(max(share, 0), 1) : 0
        var length = Int((bounded * Double(width)).rounded())
        if bounded > 0 { length = max(length, 1) }
        return Span(PrintableText(String(repeating: "■", count: length)), style.decoration)
    }

    private static let eighths: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// A block that fills the lower part of a cell, 1 to 8 eighths high.
    public static func eighth(_ height: Int) -> Character { eighths[min(max(height, 1), 8) - 1] }

    /// A line of blocks whose heights are the values, with a space for a missing value. With more values than columns, each
    /// column shows the highest of its values. The highest block leaves an eighth of the line free, to separate two lines.
    public static func sparkline(_ values: [Double?], width: Int) -> String {
        let columns = min(max(width, 0), values.count)
        guard columns > 0, let most = values.compactMap({ $0 }).max() else { return "" }
        return String((0..<columns).map { column -> Character in
            let part = values[column * values.count / columns..<(column + 1) * values.count / columns]
            guard let value = part.compactMap({ $0 }).max() else { return " " }
            return eighth(most > 0 ? Int((value / most * 7).rounded(.up)) : 1)
        })
    }

    /// A progress bar of a fixed width; `share` is the part that is done, 0 to 1.
    public static func progress(_ share: Double, width: Int) -> [Span] {
        let done = Int((min(max(share, 0), 1) * Double(width)).rounded())
        return [
            Span(PrintableText(String(repeating: "■", count: done)), .accent.decoration),
            Span(PrintableText(String(repeating: "·", count: width - done)), .faint.decoration),
        ]
    }

    /// A bar of several parts. The length of all is the share of their sum in `most`; each part has its share of that, rounded.
    public static func stacked(_ parts: [(value: Double, glyph: Character, style: Style)], of most: Double, width: Int) -> [Span] {
        let total = parts.reduce(0) { $0 + max($1.value, 0) }
        guard total > 0, most > 0, width > 0 else { return [] }
        let length = max(Int((min(total / most, 1) * Double(width)).rounded()), 1)
        var sum = 0.0, end = 0
        return parts.compactMap { part in
            let start = end
            sum += max(part.value, 0)
            end = Int((sum / total * Double(length)).rounded())
            return end > start ? Span(PrintableText(String(repeating: part.glyph, count: end - start)), part.style.decoration) : nil
        }
    }

    /// A bar of the full width in several parts, each in proportion to its value, at least one column if that is not zero.
    public static func proportions(_ parts: [(value: Double, glyph: Character, style: Style)], width: Int) -> [Span] {
        let values = parts.map { $0.value.isFinite && $0.value > 0 ? $0.value : 0 }
        let total = values.reduce(0, +)
        guard total > 0, width >= parts.count else { return [] }
        var lengths = values.map { $0 > 0 ? max(Int(($0 / total * Double(width)).rounded()), 1) : 0 }
        // After rounding there may be a column too many or too few: the longest part is changed by it.
        if let longest = lengths.indices.max(by: { lengths[$0] < lengths[$1] }) {
            lengths[longest] += width - lengths.reduce(0, +)
        }
        return zip(parts, lengths).compactMap { part, length in
            length > 0 ? Span(PrintableText(String(repeating: part.glyph, count: length)), part.style.decoration) : nil
        }
    }
}
