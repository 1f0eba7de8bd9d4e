/// Decodes bytes above 7F into characters, byte by byte: as UTF-8, or as the locale's single-byte characters.
struct CharacterDecoder {
    /// The characters of the bytes from 80 to FF; nil: UTF-8.
    private let singleBytes: [Unicode.Scalar?]?
    private var value: UInt32 = 0
    /// The number of bytes that the character still needs.
    private(set) var rest = 0
    /// The range of the next byte. After some first bytes it is smaller, to exclude overlong forms, surrogates and too large numbers.
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    /// - Parameter singleBytes: 128 characters.
    init(singleBytes: [Unicode.Scalar?]? = nil) { self.singleBytes = singleBytes?.count == 128 ? singleBytes : nil }

    enum Step {
        case character(Unicode.Scalar)
        /// The character needs more bytes.
        case unfinished
        /// The byte belongs to no character.
        case invalid
    }

    /// - Parameter byte: from 80 to FF.
    mutating func take(_ byte: UInt8) -> Step {
        if let singleBytes { return singleBytes[Int(byte) - 0x80].map(Step.character) ?? .invalid }
        if rest > 0 {
            if allowed.contains(byte) { return goOn(byte) }
            rest = 0
        }
        return begin(byte)
    }

    var isSingleByte: Bool { singleBytes != nil }

    /// Drops an incomplete character.
    mutating func reset() { rest = 0 }

    private mutating func goOn(_ byte: UInt8) -> Step {
        value = value << 6 | UInt32(byte & 0x3F)
        rest -= 1
        allowed = 0x80...0xBF
        if rest > 0 { return .unfinished }
        return Unicode.Scalar(value).map(Step.character) ?? .invalid
    }

    private mutating func begin(_ byte: UInt8) -> Step {
        switch byte {
        case 0xC2...0xDF: (rest, value, allowed) = (1, UInt32(byte & 0x1F), 0x80...0xBF)
        case 0xE0: (rest, value, allowed) = (2, 0, 0xA0...0xBF)
        case 0xED: (rest, value, allowed) = (2, 0xD, 0x80...0x9F)
        case 0xE1...0xEF: (rest, value, allowed) = (2, UInt32(byte & 0xF), 0x80...0xBF)
        case 0xF0: (rest, value, allowed) = (3, 0, 0x90...0xBF)
        case 0xF1...0xF3: (rest, value, allowed) = (3, UInt32(byte & 7), 0x80...0xBF)
        case 0xF4: (rest, value, allowed) = (3, 4, 0x80...0x8F)
        default: return .invalid
        }
        return .unfinished
    }
}
