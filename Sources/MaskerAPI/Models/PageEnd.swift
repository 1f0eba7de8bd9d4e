/// Reads the cursor of a page without reading its records.
enum PageEnd {
    /// The `next_cursor`; nil on the last page, and when the bytes are not a page.
    ///
    /// Servers write `"next_cursor":"…"` last, so it is searched from the end. If the page ends otherwise, the whole page is
    /// read.
    static func cursor(_ page: [UInt8]) -> String? {
        let value = page.withUnsafeBufferPointer(lastMember) ?? (try? JSON(parsing: page))?["next_cursor"]
        return value?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reads the last member of the document backwards. That is safe: the last brace closes the document, so the quote before
    /// it ends a string, and that string begins at the previous quote if no backslash is between the two.
    private static func lastMember(_ page: UnsafeBufferPointer<UInt8>) -> JSON? {
        var reader = BackwardReader(bytes: page, end: page.count)
        guard reader.take("}") else { return nil }
        let value: JSON
        if let text = reader.string() {
            value = .string(String(decoding: text, as: UTF8.self))
        } else {
            guard reader.take("null") else { return nil }
            value = .null
        }
        guard reader.take(":"), reader.string()?.equals("next_cursor") == true, reader.take(",") else { return nil }
        return value
    }
}

/// Reads JSON backwards.
private struct BackwardReader {
    let bytes: UnsafeBufferPointer<UInt8>
    /// The bytes from this index on have been read.
    var end: Int

    mutating func take(_ text: StaticString) -> Bool {
        skipSpace()
        let start = end - text.utf8CodeUnitCount
        guard start >= 0, UnsafeBufferPointer(rebasing: bytes[start..<end]).equals(text) else { return false }
        end = start
        return true
    }

    /// Reads a string without escapes.
    mutating func string() -> UnsafeBufferPointer<UInt8>? {
        skipSpace()
        guard end > 0, bytes[end - 1] == UInt8(ascii: "\"") else { return nil }
        var start = end - 1
        while start > 0, bytes[start - 1] != UInt8(ascii: "\""), bytes[start - 1] != UInt8(ascii: "\\") { start -= 1 }
        guard start > 0, bytes[start - 1] == UInt8(ascii: "\"") else { return nil }
        defer { end = start - 1 }
        return UnsafeBufferPointer(rebasing: bytes[start..<end - 1])
    }

    private mutating func skipSpace() {
        while end > 0, bytes[end - 1].isSpace { end -= 1 }
    }
}
