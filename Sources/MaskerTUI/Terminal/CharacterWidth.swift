import CTerminal

/// How many columns a character takes, by the C library's table, so that the console, ncurses and the terminal agree.
enum CharacterWidth {
    /// -1 not printable, 0 combining, 1 or 2.
    static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x7F { return scalar.value < 0x20 ? -1 : 1 }
        if scalar.value < UInt32(basicPlane.count) { return Int(basicPlane[Int(scalar.value)]) }
        var width: Int8 = -1
        character_widths(scalar.value, &width, 1)
        return Int(width)
    }

    /// Asked for once: switching the C library's locale for each character would cost more than drawing it.
    private static let basicPlane: [Int8] = {
        var widths = [Int8](repeating: -1, count: 0x10000)
        character_widths(0, &widths, widths.count)
        return widths
    }()
}
