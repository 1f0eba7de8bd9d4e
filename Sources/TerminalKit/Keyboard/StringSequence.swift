/// A string that a terminal sends: OSC, DCS, APC, PM or SOS, up to its end. What it says is nobody's business.
struct StringSequence {
    private let opening: KeySequences.StringOpening
    private var last: UInt8 = 0

    /// Nil when Esc and this byte open none.
    init?(opening byte: UInt8) {
        guard let opening = KeySequences.strings.first(where: { UInt8(ascii: $0.opening) == byte }) else { return nil }
        self.opening = opening
    }

    enum Step: Equatable {
        case content, end
        /// Esc: with `\` it is the end, too.
        case escape
        /// It is no part of a string.
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

    /// Whether a byte that comes late, after an opening without content, is a string's and no key.
    func mayGoOn(with byte: UInt8) -> Bool { last != 0 || opening.content.utf8.contains(byte) }
}
