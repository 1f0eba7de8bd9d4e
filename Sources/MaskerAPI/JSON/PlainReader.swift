/// Reads JSON as servers write it nearly always: strings without escapes, numbers of up to 15 digits, no key twice.
///
/// It makes nothing of what it reads: a string is a piece of the answer's bytes. What it does not understand it leaves to
/// `JSONParser`, which knows all of JSON and decides what is an error; so nil never means more than "read it the long way".
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

    /// Over what stands between two members or elements. True: there is another; false: `end` was there.
    mutating func next(orEnd end: Unicode.Scalar) -> Bool? {
        skipSpace()
        if take(",") {
            skipSpace()
            return true
        }
        return take(end) ? false : nil
    }

    /// A key and the colon behind it.
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
        // Eight bytes at a time: the highest bit of each byte of `found` is set where a quote or a backslash is; the bytes
        // above the first such may be wrong.
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

    /// A whole number without fraction and exponent.
    mutating func integer() -> Int? {
        let isNegative = take("-")
        guard let (value, _) = digits(), !isNumberGoingOn else { return nil }
        return isNegative ? -value : value
    }

    /// A number without exponent.
    mutating func number() -> Double? {
        let isNegative = take("-")
        guard let (whole, wholeDigits) = digits() else { return nil }
        var value = Double(whole)
        if take(".") {
            guard let (part, partDigits) = digits(), wholeDigits + partDigits <= 15 else { return nil }
            var power = 1
            for _ in 0..<partDigits { power *= 10 }
            // Both are exact, so their quotient is the nearest number there is.
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

    /// An object from here to the first `}`, whatever is in it. Does not move.
    var upToBrace: Bytes? {
        var end = at
        while end < bytes.count, bytes[end] != UInt8(ascii: "}") { end += 1 }
        return end < bytes.count ? Bytes(rebasing: bytes[at...end]) : nil
    }

    mutating func skip(_ count: Int) { at += count }
    mutating func goBack(to place: Int) { at = place }

    /// Any value, read the long way. Nil when it is none.
    mutating func tree(depth: Int) -> JSON? {
        var parser = JSONParser(bytes: bytes, at: at)
        guard let value = try? parser.value(depth: depth) else { return nil }
        at = parser.at
        return value
    }
}
