/// Searches the ids of sessions for a text, in upper or lower case, without making their texts: in a list of a million
/// sessions that would take most of the time.
public struct SessionIDSearch: Sendable {
    /// Whether `sess_` contains the text, and so every id in the usual form.
    private let findsAll: Bool
    /// What an id must begin with when the text begins in `sess_`.
    private let beginnings: [Digits]
    /// What an id must contain; nil when the text cannot be a part of a ULID.
    private let part: Digits?

    /// Some characters of a ULID, as the number that they stand for.
    private struct Digits: Sendable {
        var number: UInt128 = 0
        var count = 0

        /// Nil for a text that a ULID cannot contain.
        init?(_ text: some Sequence<UInt8>) {
            for byte in text {
                guard let digit = CompactID.digit(ofLowerOrUpperCase: byte), count < 26, count < 25 || number >> 120 < 8 else { return nil }
                number = number << 5 | UInt128(digit)
                count += 1
            }
        }

        private var mask: UInt128 { count > 25 ? .max : (1 << UInt128(5 * count)) - 1 }

        func begin(_ ulid: UInt128) -> Bool { ulid >> UInt128(5 * (26 - count)) == number }

        func isPart(of ulid: UInt128) -> Bool {
            var rest = ulid
            if count <= 12 {
                let mask = UInt64(truncatingIfNeeded: mask), number = UInt64(truncatingIfNeeded: number)
                for _ in 0...(26 - count) {
                    if UInt64(truncatingIfNeeded: rest) & mask == number { return true }
                    rest >>= 5
                }
                return false
            }
            for _ in 0...(26 - count) {
                if rest & mask == number { return true }
                rest >>= 5
            }
            return false
        }
    }

    public init(_ text: String) {
        let bytes = Array(text.lowercased().utf8), prefix = Array("sess_".utf8)
        findsAll = bytes.isEmpty || bytes.count <= prefix.count && prefix.indices.contains { prefix[$0...].starts(with: bytes) }
        part = Digits(bytes)
        beginnings = (1...prefix.count).compactMap { length in
            bytes.count > length && prefix.suffix(length).elementsEqual(bytes.prefix(length)) ? Digits(bytes[length...]) : nil
        }
    }

    /// Whether the id with this ULID contains the text.
    public func finds(in ulid: ULIDBits) -> Bool {
        if findsAll { return true }
        guard part != nil || !beginnings.isEmpty else { return false }
        let number = UInt128(ulid.high) << 64 | UInt128(ulid.low)
        return part?.isPart(of: number) == true || beginnings.contains { $0.begin(number) }
    }
}
