import Foundation

/// ULIDs: 10 characters of time and 16 more, in Crockford's base 32.
enum ULID {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// `high` and `low` fill the part that is random elsewhere, 40 bits each.
    static func make(_ prefix: String, at date: Date, high: UInt64, low: UInt64) -> String {
        let milliseconds = UInt64(max(date.timeIntervalSince1970 * 1000, 0))
        return prefix + encode(milliseconds, 10) + encode(high, 8) + encode(low, 8)
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

    private static func encode(_ value: UInt64, _ count: Int) -> String {
        let digits = (0..<count).map { alphabet[Int(value >> (5 * UInt64(count - 1 - $0)) & 31)] }
        return String(decoding: digits, as: UTF8.self)
    }
}
