extension PrintableText {
    /// A name. Spaces at its ends, and more than one between words, are marked: it would look like another name.
    public static func name(_ text: String) -> PrintableText {
        guard hasOddSpaces(text) else { return PrintableText(text) }
        let scalars = Array(text.unicodeScalars.prefix(longest))
        var maker = GlyphMaker(capacity: scalars.count)
        for (index, scalar) in scalars.enumerated() where maker.width < longest {
            let isOdd = scalar == " " && (index == 0 || index == scalars.count - 1 || scalars[index - 1] == " " || scalars[index + 1] == " ")
            if isOdd { maker.append(markedSpace: scalar) } else { maker.append(printable: scalar) }
        }
        return PrintableText(maker)
    }

    /// Whether spaces are anything but single ones between words.
    public static func hasOddSpaces(_ text: String) -> Bool {
        // In one go: each name of a list is looked at for each frame.
        text.utf8.withContiguousStorageIfAvailable(hasOddSpaces) ?? hasOddSpaces(text.utf8)
    }

    @inline(__always)
    private static func hasOddSpaces(_ bytes: some Collection<UInt8>) -> Bool {
        var last: UInt8 = 0x20
        for byte in bytes {
            if byte == 0x20, last == 0x20 { return true }
            last = byte
        }
        return last == 0x20 && !bytes.isEmpty
    }
}
