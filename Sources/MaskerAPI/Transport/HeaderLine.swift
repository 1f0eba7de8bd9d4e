/// A line of an answer's head, as libcurl passes it to the header callback.
struct HeaderLine {
    private let bytes: Slice<UnsafeRawBufferPointer>

    init(_ bytes: UnsafeRawBufferPointer) {
        var end = bytes.count
        while end > 0, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        self.bytes = bytes[..<end]
    }

    /// Whether this is the blank line that ends the head.
    var isEmpty: Bool { bytes.isEmpty }

    /// The status code of a status line; 0 if the code is not a number, nil for any other line.
    var status: Int? {
        guard bytes.starts(with: "HTTP/".utf8) else { return nil }
        return bytes.split(separator: UInt8(ascii: " ")).dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    }

    /// The name, in lower case, and the value. Nil for a line that is not a header field, and for a continuation of the line
    /// before: that form is obsolete, and the contract does not need it.
    var field: (name: String, value: String)? {
        guard let first = bytes.first, !first.isSpace, let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = trimmed(bytes[..<colon]), value = trimmed(bytes[(colon + 1)...])
        let lowered = String(unsafeUninitializedCapacity: name.count) { buffer in
            for (place, byte) in name.enumerated() {
                buffer.initializeElement(at: place, to: (0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
            }
            return name.count
        }
        return (lowered, String(decoding: value, as: UTF8.self))
    }

    private func trimmed(_ part: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var part = part
        while let first = part.first, first.isSpace { part.removeFirst() }
        while let last = part.last, last.isSpace { part.removeLast() }
        return part
    }
}
