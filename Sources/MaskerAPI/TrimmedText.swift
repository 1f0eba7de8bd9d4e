extension StringProtocol {
    /// The text without ASCII white space and line ends at both ends.
    package var trimmed: String {
        var text = String(self)
        let bytes = text.withUTF8 { bytes in
            var range = bytes.indices
            while let first = range.first, bytes[first].isSpace { range.removeFirst() }
            while let last = range.last, bytes[last].isSpace { range.removeLast() }
            return range
        }
        guard bytes.count < text.utf8.count else { return text }
        return String(text.utf8.dropFirst(bytes.lowerBound).prefix(bytes.count)) ?? text
    }
}

extension UInt8 {
    var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
