/// Bars with numbers beside them, so that nothing is said by length or colour alone.
enum Bars {
    /// One bar, as long as `share` (0 to 1) of `width`.
    static func bar(share: Double, width: Int, style: Style) -> Span {
        let bounded = share.isFinite ? min(max(share, 0), 1) : 0
        var length = Int((bounded * Double(width)).rounded())
        if bounded > 0 { length = max(length, 1) }
        return Span(PrintableText(String(repeating: "■", count: length)), style)
    }

    /// Parts of a whole side by side, each at least one column where it is not nothing.
    static func proportions(_ parts: [(value: Double, glyph: Character, style: Style)], width: Int) -> [Span] {
        let values = parts.map { $0.value.isFinite && $0.value > 0 ? $0.value : 0 }
        let total = values.reduce(0, +)
        guard total > 0, width >= parts.count else { return [] }
        var lengths = values.map { $0 > 0 ? max(Int(($0 / total * Double(width)).rounded()), 1) : 0 }
        // Rounding may leave a column too many or too few; the longest part takes it.
        if let longest = lengths.indices.max(by: { lengths[$0] < lengths[$1] }) {
            lengths[longest] += width - lengths.reduce(0, +)
        }
        return zip(parts, lengths).compactMap { part, length in
            length > 0 ? Span(PrintableText(String(repeating: part.glyph, count: length)), part.style) : nil
        }
    }
}
