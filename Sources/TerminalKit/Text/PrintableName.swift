import Glibc

extension PrintableText {
    /// Makes a name printable. Spaces at its ends, and more than one between words, are marked, because the name would look like
    /// another one.
    public static func name(_ text: String) -> PrintableText {
        guard hasOddSpaces(text) else { return PrintableText(text) }
        let scalars = Array(text.unicodeScalars.prefix(longest))
        var maker = PrintableGlyphs(capacity: scalars.count)
        for (index, scalar) in scalars.enumerated() where maker.width < longest {
            let isOdd = scalar == " " && (index == 0 || index == scalars.count - 1 || scalars[index - 1] == " " || scalars[index + 1] == " ")
            if isOdd { maker.append(markedSpace: scalar) } else { maker.append(printable: scalar) }
        }
        return PrintableText(maker)
    }

    /// Whether the name has spaces other than single ones between words.
    public static func hasOddSpaces(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let start = bytes.baseAddress, let last = bytes.last else { return false }
            if bytes[0] == 0x20 || last == 0x20 { return true }
            // It goes from space to space, because every frame does this for each name of a list.
            var index = 0
            while let found = memchr(start + index, 0x20, bytes.count - index) {
                index = UnsafeRawPointer(start).distance(to: found) + 1
                if bytes[index] == 0x20 { return true }
            }
            return false
        }
    }
}
