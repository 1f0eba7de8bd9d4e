/// Turns Unicode scalars into glyphs, one after the other. It decides which characters are printed unchanged, and what
/// replaces the others.
public struct PrintableGlyphs {
    /// The glyphs so far.
    public private(set) var glyphs: [PrintableText.Glyph] = []
    /// The number of columns of all glyphs.
    public private(set) var width = 0
    /// Whether a character was replaced or cut off.
    public private(set) var hasAltered = false

    public init(capacity: Int) { glyphs.reserveCapacity(capacity) }

    /// Appends `…` for the rest of the text, which does not fit.
    public mutating func cut() {
        append("…")
        hasAltered = true
    }

    private mutating func append(_ base: Unicode.Scalar, width glyphWidth: Int = 1, substitute: Bool = false) {
        glyphs.append(PrintableText.Glyph(base: base, width: Int8(glyphWidth), isSubstitute: substitute))
        width += glyphWidth
        if substitute { hasAltered = true }
    }

    private mutating func append(substitute text: String) {
        for scalar in text.unicodeScalars { append(scalar, substitute: true) }
    }

    /// Appends the glyph or glyphs for a character.
    public mutating func append(printable scalar: Unicode.Scalar) {
        let value = scalar.value
        if value > 0xFF { return append(beyondLatin1: scalar) }
        switch value {
        // ASCII and Latin-1 without the soft hyphen and the blank that looks like a space: one column each, so nothing has
        // to be asked.
        case 0x20..<0x7F, 0xA1...0xAC, 0xAE...0xFF: append(scalar)
        case 0..<0x20: append(substitute: "^" + String(Unicode.Scalar(UInt8(value + 0x40))))
        case 0x7F: append(substitute: "^?")
        default: append(substitute: Self.codePoint(scalar))
        }
    }

    private mutating func append(beyondLatin1 scalar: Unicode.Scalar) {
        // Lines and blocks, which the console itself draws: one column each.
        if scalar.value >= 0x2500, scalar.value <= 0x259F { return append(scalar) }
        if Self.isInvisible(scalar.value) { return append(substitute: Self.codePoint(scalar)) }
        switch scalar.properties.generalCategory {
        // Other blanks look like spaces, and what no table knows looks like anything.
        case .unassigned, .privateUse, .surrogate, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator:
            append(substitute: Self.codePoint(scalar))
        default:
            switch CharacterWidth.of(scalar) {
            case 0: append(mark: scalar)
            case let columns where columns > 0: append(scalar, width: columns)
            // Newer than the C library's table: nobody knows how many columns the terminal would take.
            default: append(substitute: Self.codePoint(scalar))
            }
        }
    }

    /// A space that cannot be told from none, or from one.
    mutating func append(markedSpace space: Unicode.Scalar) { append(substitute: Self.codePoint(space)) }

    /// A combining mark goes onto the glyph before it, at most two of them; one without a base gets a dotted circle.
    private mutating func append(mark scalar: Unicode.Scalar) {
        if glyphs.isEmpty || glyphs[glyphs.count - 1].isSubstitute && glyphs[glyphs.count - 1].base != "\u{25CC}" {
            if glyphs.last?.base == "\u{FFFD}" { return }
            append("\u{25CC}", substitute: true)
        }
        let last = glyphs.count - 1
        if glyphs[last].mark1 == 0 {
            glyphs[last].mark1 = scalar.value
        } else if glyphs[last].mark2 == 0 {
            glyphs[last].mark2 = scalar.value
        } else {
            append("\u{FFFD}", substitute: true)
        }
    }

    /// A character as its code point: `<202E>`.
    public static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "<" + String(repeating: "0", count: max(0, (scalar.value < 0x100 ? 2 : 4) - hex.count)) + hex + ">"
    }

    /// Whether a character is invisible or changes the order of the characters beside it.
    private static func isInvisible(_ value: UInt32) -> Bool {
        // Beyond the first plane all such characters are in one range.
        if value > 0xFFFF { return value >= 0xE0000 && value <= 0xE0FFF }
        return switch value {
        case 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0x2800, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB:
            true
        default: false
        }
    }
}
