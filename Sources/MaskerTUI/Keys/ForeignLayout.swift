import TerminalKit

/// Explains why keys do nothing: with a keyboard layout without Latin letters, hardly a key of the console can be typed.
enum ForeignLayout {
    /// The line about such a key, shown once. Nil for keys that a Latin layout has, too.
    static func notice(_ key: Key) -> Notice? {
        guard case .character(let scalar) = key, scalar.properties.isAlphabetic, !isLatin(scalar) else { return nil }
        return Notice(.refused, PrintableText("“\(scalar)”: switch to a Latin keyboard layout; keys are Latin letters"))
    }

    /// Whether the letter is in one of Unicode's Latin blocks. Fullwidth letters are not, because input methods type them.
    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x370, 0x1D00...0x1DBF, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA722...0xA7FF, 0xAB30...0xAB6F: true
        default: false
        }
    }
}
