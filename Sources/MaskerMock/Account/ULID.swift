import Foundation

/// ULIDs: 10 characters for the time and 16 for a random number, in Crockford's base 32.
enum ULID {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Makes an id. `high` and `low`, 40 bits each, are in the place of the random number.
    static func make(_ prefix: String, at date: Date, high: UInt64, low: UInt64) -> String {
        let milliseconds = UInt64(max(date.timeIntervalSince1970 * 1000, 0))
        return prefix + text(milliseconds, 10) + text(high, 8) + text(low, 8)
    }

    /// The last 40 bits of an id.
    static func low(of id: String) -> UInt64? {
        var value: UInt64 = 0
        for byte in id.utf8.suffix(8) {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            value = value << 5 | UInt64(digit)
        }
        return id.utf8.count > 26 ? value : nil
    }

    /// Turns a number into another of 40 bits that looks random; `unscrambled` turns it back.
    static func scrambled(_ number: UInt64) -> UInt64 { number &* factor & mask }
    static func unscrambled(_ number: UInt64) -> UInt64 { number &* inverse & mask }

    private static let mask: UInt64 = 1 << 40 - 1
    private static let factor: UInt64 = 0x9E_3779_B97F
    /// The inverse of `factor` by Newton's method: an odd number is its own inverse in the lowest three bits, and each step
    /// doubles the number of correct bits.
    private static let inverse = (0..<5).reduce(factor) { inverse, _ in inverse &* (2 &- factor &* inverse) }

    /// The lowest bits of a number in `count` characters, 5 bits each.
    static func text(_ value: UInt64, _ count: Int) -> String {
        let digits = (0..<count).map { alphabet[Int(value >> (5 * UInt64(count - 1 - $0)) & 31)] }
        return String(decoding: digits, as: UTF8.self)
    }
}
