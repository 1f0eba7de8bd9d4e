/// The text of a bracketed paste up to its end mark.
struct PasteCollector {
    /// The text so far, without the beginning of an end mark.
    private(set) var bytes: [UInt8] = []
    /// The number of bytes of the end mark that have come.
    private var matched = 0
    private var isFull = false

    /// `CSI 201 ~`.
    private static let endMark = Array("\u{1B}[201~".utf8)
    /// The most bytes of a paste. The rest is dropped, because no field takes more.
    static let longest = 64 << 10

    /// Returns whether that was the end of the paste.
    mutating func take(_ byte: UInt8) -> Bool {
        if byte == Self.endMark[matched] {
            matched += 1
            return matched == Self.endMark.count
        }
        // Only the first byte of the mark is an Esc, so only this byte can begin the mark again.
        for index in 0..<matched { keep(Self.endMark[index]) }
        matched = byte == Self.endMark[0] ? 1 : 0
        if matched == 0 { keep(byte) }
        return false
    }

    private mutating func keep(_ byte: UInt8) {
        // The last character is kept complete.
        if bytes.count >= Self.longest, byte & 0xC0 != 0x80 { isFull = true }
        if !isFull { bytes.append(byte) }
    }
}

extension CharacterDecoder {
    /// Bytes that belong to no character become `�`.
    func text(_ bytes: [UInt8]) -> String {
        guard isSingleByte else { return String(decoding: bytes, as: UTF8.self) }
        var decoder = self, text = String.UnicodeScalarView()
        for byte in bytes {
            if byte < 0x80 {
                text.append(Unicode.Scalar(byte))
            } else if case .character(let scalar) = decoder.take(byte) {
                text.append(scalar)
            } else {
                text.append("\u{FFFD}")
            }
        }
        return String(text)
    }
}
