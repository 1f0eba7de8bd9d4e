/// Reads the JSON that servers usually write: strings without escapes, numbers of up to 15 digits, no duplicate keys.
///
/// It allocates nothing: a string is returned as a part of the answer's bytes. Nil means that it cannot read the value; the
/// value is then read with `JSONParser`, which reads all of JSON and decides whether there is an error.
struct PlainReader {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    let bytes: Bytes
    private(set) var at: Int

    init(_ bytes: Bytes) {
        self.bytes = bytes
        at = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    }

    var isAtEnd: Bool { at == bytes.count }

    @inline(__always)
    mutating func skipSpace() {
        while at < bytes.count, bytes[at] <= 0x20, isSpace { at += 1 }
    }

    private var isSpace: Bool { bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 }

    @inline(__always)
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    mutating func takeNull() -> Bool {
        guard at + 4 <= bytes.count, bytes[at] == UInt8(ascii: "n"), Bytes(rebasing: bytes[at..<at + 4]).equals("null") else { return false }
        at += 4
        return true
    }

    /// Reads the comma or the end after a member or an element. Returns true when another follows, false after `end`, nil for
    /// anything else.
    mutating func next(orEnd end: Unicode.Scalar) -> Bool? {
        skipSpace()
        if take(",") {
            skipSpace()
            return true
        }
        return take(end) ? false : nil
    }

    /// Reads a key and the colon after it.
    mutating func key() -> Bytes? {
        guard let key = string() else { return nil }
        skipSpace()
        guard take(":") else { return nil }
        skipSpace()
        return key
    }

    mutating func string() -> Bytes? {
        guard take("\"") else { return nil }
        let start = at
        guard let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
        // Reads eight bytes at a time. In `found`, the highest bit of a byte is set where there is a quote or a backslash;
        // only the lowest such byte is certain.
        while at + 8 <= bytes.count {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let found = Self.zeros(word ^ 0x2222_2222_2222_2222) | Self.zeros(word ^ 0x5C5C_5C5C_5C5C_5C5C)
            if found != 0 {
                at += found.trailingZeroBitCount / 8
                break
            }
            at += 8
        }
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                defer { at += 1 }
                return Bytes(rebasing: bytes[start..<at])
            case UInt8(ascii: "\\"): return nil
            default: at += 1
            }
        }
        return nil
    }

    private static func zeros(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    /// Reads a whole number without fraction and exponent.
    mutating func integer() -> Int? {
        let isNegative = take("-")
        guard let (value, _) = digits(), !isNumberGoingOn else { return nil }
        return isNegative ? -value : value
    }

    /// Reads a number without exponent.
    mutating func number() -> Double? {
        let isNegative = take("-")
        guard let (whole, wholeDigits) = digits() else { return nil }
        var value = Double(whole)
        if take(".") {
            guard let (part, partDigits) = digits(), wholeDigits + partDigits <= 15 else { return nil }
            var power = 1
            for _ in 0..<partDigits { power *= 10 }
            // Both numbers are exact as a Double, so their quotient is the nearest Double.
            value = Double(whole * power + part) / Double(power)
        }
        guard !isNumberGoingOn else { return nil }
        return isNegative ? -value : value
    }

    private mutating func digits() -> (value: Int, count: Int)? {
        let start = at
        var value = 0
        while at < bytes.count, bytes[at] &- 0x30 < 10, at - start < 15 {
            value = value * 10 + Int(bytes[at] &- 0x30)
            at += 1
        }
        return at == start ? nil : (value, at - start)
    }

    private var isNumberGoingOn: Bool {
        guard at < bytes.count else { return false }
        switch bytes[at] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"),
            UInt8(ascii: "-"):
            return true
        default: return false
        }
    }

    /// The bytes up to the first `}`, without moving forward.
    var upToBrace: Bytes? {
        var end = at
        while end < bytes.count, bytes[end] != UInt8(ascii: "}") { end += 1 }
        return end < bytes.count ? Bytes(rebasing: bytes[at...end]) : nil
    }

    mutating func skip(_ count: Int) { at += count }
    mutating func goBack(to place: Int) { at = place }

    /// Reads any value with `JSONParser`. Nil for a syntax error.
    mutating func tree(depth: Int) -> JSON? {
        var parser = JSONParser(bytes: bytes, at: at)
        guard let value = try? parser.value(depth: depth) else { return nil }
        at = parser.at
        return value
    }
}
