/// The cursor of a page, before its records are read.
enum PageEnd {
    /// Nil on the last page, and where the bytes are no page.
    ///
    /// Servers write `"next_cursor":"…"` last, and there it is found from the end. A page that ends otherwise is read as a
    /// whole.
    static func cursor(_ page: [UInt8]) -> String? {
        let value = page.withUnsafeBufferPointer(lastMember) ?? (try? JSON(parsing: page))?["next_cursor"]
        return value?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The last brace of a document closes it, so a quote before that is no part of a text, nor are those that lead from one
    /// to the next without a backslash between them.
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

/// Reads JSON from its end.
private struct BackwardReader {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Everything from here on is read.
    var end: Int

    mutating func take(_ text: StaticString) -> Bool {
        skipSpace()
        let start = end - text.utf8CodeUnitCount
        guard start >= 0, UnsafeBufferPointer(rebasing: bytes[start..<end]).equals(text) else { return false }
        end = start
        return true
    }

    /// A string without escapes.
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
