/// Searches texts for another text, in upper or lower case.
public struct TextSearch: Sendable {
    /// The searched text, in lower case.
    public let text: String
    private let bytes: [UInt8]
    private let isASCII: Bool

    public init(_ text: String) {
        self.text = text.lowercased()
        bytes = Array(self.text.utf8)
        isASCII = bytes.allSatisfy { $0 < 0x80 }
    }

    /// Whether a text contains the searched one; true if that is empty.
    public func finds(in other: String) -> Bool {
        guard !bytes.isEmpty else { return true }
        // Fast for the usual case, ASCII in ASCII: a list can have hundreds of thousands of rows.
        if isASCII, let found = other.utf8.withContiguousStorageIfAvailable(finds(inUTF8:)) { return found }
        if !isASCII, other.utf8.allSatisfy({ $0 < 0x80 }) { return false }
        return other.lowercased().contains(text)
    }

    private func finds(inUTF8 other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard other.count >= bytes.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for start in 0...(other.count - bytes.count) {
                var matched = 0
                while matched < bytes.count, Self.lowered(other[start + matched]) == bytes[matched] { matched += 1 }
                if matched == bytes.count { return true }
            }
            return false
        }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
