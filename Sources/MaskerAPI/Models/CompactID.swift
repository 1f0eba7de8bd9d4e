import Glibc

/// The text of an id in 17 bytes: a ULID with one of the API's prefixes is stored as its 128 bits, where a String takes 80
/// bytes of memory. Any other text is stored unchanged. `text` always returns the original text.
enum CompactID: Hashable, Sendable {
    case ulid(UInt64, UInt64, Prefix)
    case text(String)

    enum Prefix: UInt8, Sendable {
        case agent, session, event, report

        var text: StaticString {
            switch self {
            case .agent: "agt_"
            case .session: "sess_"
            case .event: "evt_"
            case .report: "rep_"
            }
        }

        init?(_ bytes: UnsafeBufferPointer<UInt8>) {
            guard let found = [Prefix.session, .agent, .event, .report].first(where: { bytes.starts(with: $0.text) }) else { return nil }
            self = found
        }
    }

    init(_ text: String) {
        var text = text
        self = text.withUTF8 { CompactID.ulid($0) } ?? .text(text)
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self = CompactID.ulid(bytes) ?? .text(String(decoding: bytes, as: UTF8.self))
    }

    /// Bytes of memory on the heap.
    var heapBytes: Int {
        if case .text(let text) = self, text.utf8.count > 15 { text.utf8.count + 48 } else { 0 }
    }

    var text: String {
        switch self {
        case .text(let text): return text
        case .ulid(let high, let low, let prefix):
            let length = prefix.text.utf8CodeUnitCount
            return String(unsafeUninitializedCapacity: length + 26) { buffer in
                _ = buffer.update(fromContentsOf: UnsafeBufferPointer(start: prefix.text.utf8Start, count: length))
                var time = high >> 16
                var middle = (high & 0xFFFF) << 24 | low >> 40
                var end = low & 0xFF_FFFF_FFFF
                for place in stride(from: 7, through: 0, by: -1) {
                    buffer[length + 10 + place] = Self.alphabet.utf8Start[Int(middle & 31)]
                    buffer[length + 18 + place] = Self.alphabet.utf8Start[Int(end & 31)]
                    middle >>= 5
                    end >>= 5
                }
                for place in stride(from: 9, through: 0, by: -1) {
                    buffer[length + place] = Self.alphabet.utf8Start[Int(time & 31)]
                    time >>= 5
                }
                return length + 26
            }
        }
    }

    /// Nil for a text that 128 bits cannot reproduce exactly: another prefix or length, lower case, letters that ULIDs do not use,
    /// more than 128 bits.
    private static func ulid(_ bytes: UnsafeBufferPointer<UInt8>) -> CompactID? {
        guard bytes.count == 30 || bytes.count == 31, let prefix = Prefix(bytes),
            prefix.text.utf8CodeUnitCount + 26 == bytes.count
        else { return nil }
        let start = bytes.count - 26
        // A ULID has 10 characters of time, of which the first has 3 bits, and 16 random characters, read in two halves.
        var time: UInt64 = 0, middle: UInt64 = 0, end: UInt64 = 0, all: UInt8 = 0
        for place in 0..<8 {
            let first = digit(bytes[start + place]), second = digit(bytes[start + 10 + place]), third = digit(bytes[start + 18 + place])
            all |= first | second | third
            time = time << 5 | UInt64(first & 31)
            middle = middle << 5 | UInt64(second & 31)
            end = end << 5 | UInt64(third & 31)
        }
        for place in 8..<10 {
            let next = digit(bytes[start + place])
            all |= next
            time = time << 5 | UInt64(next & 31)
        }
        guard all < 32, time >> 48 == 0 else { return nil }
        return .ulid(time << 16 | middle >> 24, middle << 40 | end, prefix)
    }

    /// The value of a ULID character, 0 to 31; 255 for any other byte.
    private static func digit(_ byte: UInt8) -> UInt8 { byte < 128 ? values[Int(byte)] : 255 }

    /// The value of a ULID character in upper or lower case; nil for any other byte.
    static func digit(ofLowerOrUpperCase byte: UInt8) -> UInt8? {
        let value = digit((0x61...0x7A).contains(byte) ? byte & 0xDF : byte)
        return value < 32 ? value : nil
    }

    private static let alphabet: StaticString = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    /// The table is written out, so that it need not be computed when the program starts; `IdentifierTests` compares it with
    /// the alphabet.
    private static let values: [UInt8] = [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 255, 255, 255, 255, 255,
        255, 10, 11, 12, 13, 14, 15, 16, 17, 255, 18, 19, 255, 20, 21, 255,
        22, 23, 24, 25, 26, 255, 27, 28, 29, 30, 31, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ]
}

extension UnsafeBufferPointer<UInt8> {
    func starts(with text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && equals(text, count: text.utf8CodeUnitCount)
    }

    func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && equals(text, count: count)
    }

    private func equals(_ text: StaticString, count: Int) -> Bool {
        guard let start = baseAddress else { return count == 0 }
        return memcmp(start, text.utf8Start, count) == 0
    }
}
