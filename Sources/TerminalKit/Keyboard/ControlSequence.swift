/// The numbers of a complete `CSI … final` or `SS3 … final`: `first : shifted : base ; modifiers : event ; third final`.
struct ControlSequence {
    private(set) var final: UInt8 = 0
    /// Whether it begins with `<`, `=`, `>` or `?`: then it is a report, and no key.
    private(set) var hasPrefix = false
    /// Whether there are bytes from SP to `/` before the final byte.
    private(set) var hasIntermediates = false
    /// The count of numbers, with empty ones, without those after a `:`.
    private(set) var count = 0
    private(set) var first = 0
    /// The letter with Shift, and the letter of the key on a Latin layout; 0 when the terminal does not send them.
    private(set) var shifted = 0
    private(set) var base = 0
    private(set) var second = 0
    private(set) var isRelease = false
    private(set) var third = 0

    var modifiers: KeyModifiers { KeyModifiers(parameter: second) }

    /// - Parameter bytes: the bytes after `CSI` or `SS3`, with the final byte.
    init(_ bytes: ArraySlice<UInt8>) {
        guard let last = bytes.last else { return }
        final = last
        var field = 0, part = 0, number = 0
        for byte in bytes.dropLast() {
            switch byte {
            case 0x30...0x39:
                if count == 0 { count = 1 }
                // No key has a larger number than the last character.
                number = min(number * 10 + Int(byte - 0x30), 0x11_0000)
            case 0x3A:
                set(number, field, part)
                (part, number) = (part + 1, 0)
            case 0x3B:
                set(number, field, part)
                (field, part, number) = (field + 1, 0, 0)
                count = field + 1
            case 0x3C...0x3F: hasPrefix = true
            default: hasIntermediates = true
            }
        }
        set(number, field, part)
    }

    private mutating func set(_ number: Int, _ field: Int, _ part: Int) {
        switch (field, part) {
        case (0, 0): first = number
        case (0, 1): shifted = number
        case (0, 2): base = number
        case (1, 0): second = number
        case (1, 1): isRelease = number == 3
        case (2, 0): third = number
        default: break
        }
    }
}
