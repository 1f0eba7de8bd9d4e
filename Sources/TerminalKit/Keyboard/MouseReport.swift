/// Reads reports of the mouse.
enum MouseReport {
    /// xterm's SGR form, `CSI < button ; column ; row M` (`m` where a button is let go), counted from 1.
    static func event(sgr sequence: ArraySlice<UInt8>) -> MouseEvent? {
        guard sequence.first == UInt8(ascii: "<"), sequence.last == UInt8(ascii: "M") else { return nil }
        let numbers = ControlSequence(sequence.dropFirst())
        guard numbers.count == 3, !numbers.hasPrefix, !numbers.hasIntermediates else { return nil }
        return event(button: numbers.first, column: numbers.second, row: numbers.third)
    }

    /// The old form, `CSI M` and three characters: each is 32 more than its number.
    static func event(x10 characters: (UInt32, UInt32, UInt32)) -> MouseEvent? {
        event(button: Int(characters.0) - 32, column: Int(characters.1) - 32, row: Int(characters.2) - 32)
    }

    private static func event(button: Int, column: Int, row: Int) -> MouseEvent? {
        guard row > 0, column > 0 else { return nil }
        switch button {
        case 0: return .press(row: row - 1, column: column - 1)
        case 64: return .wheel(-1)
        case 65: return .wheel(1)
        default: return nil
        }
    }
}
