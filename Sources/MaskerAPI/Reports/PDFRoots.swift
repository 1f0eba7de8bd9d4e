/// Finds possible audit roots (64 hexadecimal digits) in the text of a PDF while it is downloaded, whatever label they have.
///
/// The text of a PDF is in the strings of its streams, which are usually compressed. Nothing else of the format is read: in an
/// encrypted PDF, or with a font that numbers its glyphs differently, no root is found.
struct PDFRoots {
    private var strings = PDFStrings()
    private var state = State.between
    /// The last bytes before a stream: the dictionary that says how the stream is encoded.
    private var dictionary: [UInt8] = []
    private var inflater: Inflater?
    private var inflated = 0

    private enum State { case between, plain, compressed, skipped }

    /// The most bytes that are unpacked, because a small file can unpack to a very large one.
    private let mostInflated: Int
    private static let longestDictionary = 4 << 10
    private static let endMark = Array("endstream".utf8)

    init(mostInflated: Int = 32 << 20) { self.mostInflated = mostInflated }

    var found: [String] { strings.found }

    mutating func take(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            switch state {
            case .between: readBetween(&rest)
            case .plain, .skipped: readToEndMark(&rest)
            case .compressed: inflate(&rest)
            }
        }
    }

    private mutating func readBetween(_ rest: inout ArraySlice<UInt8>) {
        while let byte = rest.popFirst() {
            dictionary.append(byte)
            if dictionary.count > 2 * Self.longestDictionary { dictionary.removeFirst(Self.longestDictionary) }
            // The content of a stream begins after the line with the keyword `stream`.
            guard byte == UInt8(ascii: "\n"), Self.endsWithKeyword(dictionary) else { continue }
            return beginStream()
        }
    }

    private static func endsWithKeyword(_ bytes: [UInt8]) -> Bool {
        let line = bytes.dropLast(bytes.dropLast().last == UInt8(ascii: "\r") ? 2 : 1)
        guard line.suffix(6).elementsEqual("stream".utf8) else { return false }
        return line.dropLast(6).last { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: ">")
    }

    private mutating func beginStream() {
        let text = String(decoding: dictionary.suffix(Self.longestDictionary), as: UTF8.self)
        let own = text.split(separator: "endobj", omittingEmptySubsequences: false).last.map { $0.filter { !" \r\n\t".contains($0) } } ?? ""
        dictionary = []
        strings.endRun()
        let isImage = own.contains("/Subtype/Image")
        if !own.contains("/Filter"), !isImage {
            state = .plain
        } else if own.contains("/FlateDecode"), !own.contains("85Decode"), !own.contains("HexDecode"), !isImage,
            inflated < mostInflated, let inflater = Inflater() {
            self.inflater = inflater
            state = .compressed
        } else {
            state = .skipped
        }
    }

    private mutating func readToEndMark(_ rest: inout ArraySlice<UInt8>) {
        while let byte = rest.popFirst() {
            if state == .plain { strings.take(byte) }
            dictionary.append(byte)
            guard byte == UInt8(ascii: "m"), dictionary.suffix(Self.endMark.count).elementsEqual(Self.endMark) else {
                if dictionary.count > 64 { dictionary.removeFirst(64 - Self.endMark.count) }
                continue
            }
            return endStream()
        }
    }

    private mutating func inflate(_ rest: inout ArraySlice<UInt8>) {
        guard let inflater else { return state = .skipped }
        let isOver = inflater.take(&rest) { piece in
            inflated += piece.count
            for byte in piece { strings.take(byte) }
            return inflated < mostInflated
        }
        guard isOver else { return }
        self.inflater = nil
        state = .skipped
    }

    private mutating func endStream() {
        strings.endRun()
        dictionary = []
        state = .between
    }
}
