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
        var last: UInt8 = 0x20
        for byte in text.utf8 {
            if byte == 0x20, last == 0x20 { return true }
            last = byte
        }
        return last == 0x20 && !text.isEmpty
    }
}
