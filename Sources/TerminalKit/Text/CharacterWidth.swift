import CTerminal

/// The number of columns that a character takes, from the C library (`wcwidth`), so that the console, ncurses and the
/// terminal agree.
public enum CharacterWidth {
    /// -1 for an unprintable character, 0 for a combining mark, otherwise 1 or 2.
    public static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case ..<0x7F: scalar.value < 0x20 ? -1 : 1
        case latin.range: latin.width(scalar.value)
        case symbols.range: symbols.width(scalar.value)
        case rest.range: rest.width(scalar.value)
        default: Table(scalar.value..<scalar.value + 1).width(scalar.value)
        }
    }

    /// The widths of a range of characters, read all at once: to switch the C library's locale for each character would take
    /// longer than drawing it. The ranges are separate, because the first frame needs few characters, and reading the widths
    /// of the whole plane would take longer than everything else in it.
    private struct Table {
        let range: Range<UInt32>
        private let widths: [Int8]

        init(_ range: Range<UInt32>) {
            self.range = range
            var widths = [Int8](repeating: -1, count: range.count)
            character_widths(range.lowerBound, &widths, widths.count)
            self.widths = widths
        }

        func width(_ value: UInt32) -> Int { Int(widths[Int(value - range.lowerBound)]) }
    }

    private static let latin = Table(0x7F..<0x100)
    /// Punctuation, arrows, lines, blocks and marks, which the console itself draws.
    private static let symbols = Table(0x2000..<0x2800)
    private static let rest = Table(0x100..<0x10000)
}
