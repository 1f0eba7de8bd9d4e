/// A control string of a terminal (OSC, DCS, APC, PM or SOS), up to its end. The console ignores its content.
struct StringSequence {
    private let opening: KeySequences.StringOpening
    private var last: UInt8 = 0

    /// Nil when Esc and this byte do not open a string.
    init?(opening byte: UInt8) {
        guard let opening = KeySequences.strings.first(where: { UInt8(ascii: $0.opening) == byte }) else { return nil }
        self.opening = opening
    }

    enum Step: Equatable {
        case content, end
        /// Esc; if `\` follows, the string ends.
        case escape
        /// The byte cannot be in a string.
        case foreign
    }

    mutating func take(_ byte: UInt8, hasEightBitControls: Bool) -> Step {
        defer { last = byte }
        switch byte {
        case 0x07: return .end
        case 0x1B: return .escape
        case 0x9C where last == 0xC2 || hasEightBitControls: return .end
        case 0x08...0x0D, 0x20...: return .content
        default: return .foreign
        }
    }

    /// Whether a byte that comes after the wait belongs to the string. After an opening without content it may be a key.
    func mayGoOn(with byte: UInt8) -> Bool { last != 0 || opening.content.utf8.contains(byte) }
}
