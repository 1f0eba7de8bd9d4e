/// Text that is safe to write to a terminal. The canvas accepts no other text.
///
/// Control characters, escape sequences, bidi controls, invisible characters and long runs of combining marks are replaced
/// by visible characters. None is dropped, so that two different names never look the same.
public struct PrintableText: Equatable, Sendable {
    /// One character on the screen with its combining marks.
    public struct Glyph: Equatable, Sendable {
        public var base: Unicode.Scalar
        /// A glyph has at most two combining marks; zero for none.
        public var mark1: UInt32 = 0
        public var mark2: UInt32 = 0
        /// 1 or 2 columns.
        public var width: Int8 = 1
        /// Whether the glyph replaces a character that cannot be printed.
        public var isSubstitute = false

        public init(base: Unicode.Scalar, mark1: UInt32 = 0, mark2: UInt32 = 0, width: Int8 = 1, isSubstitute: Bool = false) {
            self.base = base
            self.mark1 = mark1
            self.mark2 = mark2
            self.width = width
            self.isSubstitute = isSubstitute
        }
    }

    /// A class, so that copying a text copies one pointer.
    private final class Content: Sendable {
        /// The text itself, if it is printable ASCII, as most texts are: a frame needs hundreds of them. Otherwise empty.
        let plain: String
        /// Empty if the text is printable ASCII.
        let glyphs: [Glyph]
        let width: Int
        let wasAltered: Bool

        init(plain: String, glyphs: [Glyph], width: Int, wasAltered: Bool) {
            self.plain = plain
            self.glyphs = glyphs
            self.width = width
            self.wasAltered = wasAltered
        }
    }

    private let content: Content

    /// The number of columns that the text takes.
    public var width: Int { content.width }
    /// Whether a character was replaced or cut off.
    public var wasAltered: Bool { content.wasAltered }

    /// The most columns of a text, more than any line of a terminal has. The rest of a longer text is ignored.
    public static let longest = 4096

    /// Makes a text printable; line breaks and tabs become `^J` and `^I`.
    public init(_ text: String, columns: Int = PrintableText.longest) {
        let size = text.utf8.count
        guard size > columns || !text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) else {
            self.init(plain: text, width: size, wasAltered: false)
            return
        }
        var maker = PrintableGlyphs(capacity: min(size, columns))
        for scalar in text.unicodeScalars {
            if maker.width >= columns {
                maker.cut()
                break
            }
            maker.append(printable: scalar)
        }
        self.init(maker)
    }

    init(_ maker: PrintableGlyphs) { self.init(glyphs: maker.glyphs, width: maker.width, wasAltered: maker.hasAltered) }

    private init(plain: String = "", glyphs: [Glyph] = [], width: Int, wasAltered: Bool) {
        content = Content(plain: plain, glyphs: glyphs, width: width, wasAltered: wasAltered)
    }

    private init(_ glyphs: [Glyph], wasAltered: Bool) {
        self.init(glyphs: glyphs, width: glyphs.reduce(0) { $0 + Int($1.width) }, wasAltered: wasAltered)
    }

    private var isPlain: Bool { content.glyphs.isEmpty }

    public static func == (left: PrintableText, right: PrintableText) -> Bool {
        guard left.width == right.width, left.wasAltered == right.wasAltered else { return false }
        return left.isPlain && right.isPlain ? left.content.plain == right.content.plain : left.glyphs == right.glyphs
    }

    /// The glyphs of the text; `forEachGlyph` is faster.
    public var glyphs: [Glyph] { isPlain ? content.plain.utf8.map { Glyph(base: Unicode.Scalar($0)) } : content.glyphs }

    /// Calls `body` with each glyph, without allocating memory.
    @inline(__always)
    public func forEachGlyph(_ body: (Glyph) -> Void) {
        for byte in content.plain.utf8 { body(Glyph(base: Unicode.Scalar(byte))) }
        for glyph in content.glyphs { body(glyph) }
    }

    /// The lines of a text, each made printable, with tabs expanded to spaces.
    public static func lines(of text: String, tabWidth: Int = 4) -> [PrintableText] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
            .map { PrintableText(expandingTabs(in: $0, width: tabWidth)) }
    }

    private static func expandingTabs(in line: Substring, width: Int) -> String {
        guard line.contains("\t") else { return String(line) }
        var result = ""
        var column = 0
        for character in line {
            let piece = character == "\t" ? String(repeating: " ", count: width - column % width) : String(character)
            column += character == "\t" ? piece.count : 1
            result += piece
        }
        return result
    }

    /// Whether there is a blank, at which the text can be wrapped.
    public var hasBlank: Bool { isPlain ? content.plain.utf8.contains(UInt8(ascii: " ")) : content.glyphs.contains { $0.base == " " } }

    // MARK: Cutting

    /// The text cut to at most `columns`, with `…` at the end if something was cut. A wide character is not cut in half.
    public func truncated(to columns: Int) -> PrintableText {
        guard width > columns else { return self }
        return columns > 0 ? prefix(columns: columns - 1) + Self.ellipsis : ""
    }

    private static let ellipsis: PrintableText = "…"

    /// The first glyphs that fit into `columns`.
    public func prefix(columns: Int) -> PrintableText { slice(from: 0, columns: columns) }

    /// The text from column `start` on, at most `columns` wide.
    public func slice(from start: Int, columns: Int) -> PrintableText {
        if isPlain {
            let piece = String(Substring(content.plain.utf8.dropFirst(start).prefix(max(columns, 0))))
            return PrintableText(plain: piece, width: piece.utf8.count, wasAltered: wasAltered)
        }
        var kept: [Glyph] = []
        var column = 0, taken = 0
        for glyph in glyphs {
            defer { column += Int(glyph.width) }
            if column < start { continue }
            if taken + Int(glyph.width) > columns { break }
            kept.append(glyph)
            taken += Int(glyph.width)
        }
        return PrintableText(kept, wasAltered: wasAltered)
    }

    /// The columns of the first occurrence of `needle`, in upper or lower case; nil when there is none or `needle` is empty.
    public func columns(of needle: String) -> Range<Int>? {
        guard !needle.isEmpty else { return nil }
        let wanted = needle.unicodeScalars.map(\.properties.lowercaseMapping), glyphs = glyphs
        guard wanted.count <= glyphs.count else { return nil }
        for start in 0...glyphs.count - wanted.count
        where zip(glyphs[start...], wanted).allSatisfy({ $0.base.properties.lowercaseMapping == $1 }) {
            let first = glyphs[..<start].reduce(0) { $0 + Int($1.width) }
            return first..<first + glyphs[start..<start + wanted.count].reduce(0) { $0 + Int($1.width) }
        }
        return nil
    }

    /// The text in lines of at most `columns`, broken at spaces where possible.
    public func wrapped(to columns: Int) -> [PrintableText] {
        guard width > columns, columns > 0 else { return [self] }
        var lines: [PrintableText] = []
        var rest = glyphs[...], left = width
        func take(_ end: Int) {
            let line = PrintableText(Array(rest[..<end]), wasAltered: wasAltered)
            lines.append(line)
            let next = end < rest.endIndex && rest[end].base == " " ? end + 1 : end
            left -= line.width + (next - end)
            rest = rest[next...]
        }
        while left > columns {
            var behind = rest.startIndex, used = 0
            while behind < rest.endIndex, used + Int(rest[behind].width) <= columns {
                used += Int(rest[behind].width)
                behind += 1
            }
            let breakAt = behind < rest.endIndex && rest[behind].base == " " ? behind : rest[..<behind].lastIndex { $0.base == " " } ?? rest.startIndex
            take(breakAt > rest.startIndex ? breakAt : max(behind, rest.startIndex + 1))
        }
        take(rest.endIndex)
        return lines
    }

    /// The two texts, one after the other.
    public static func + (left: PrintableText, right: PrintableText) -> PrintableText {
        let width = left.width + right.width, wasAltered = left.wasAltered || right.wasAltered
        return left.isPlain && right.isPlain
            ? PrintableText(plain: left.content.plain + right.content.plain, width: width, wasAltered: wasAltered)
            : PrintableText(glyphs: left.glyphs + right.glyphs, width: width, wasAltered: wasAltered)
    }

    /// The text as a `String`, for writing without a canvas (stderr, tests).
    public var string: String {
        if isPlain { return content.plain }
        var result = String.UnicodeScalarView()
        for glyph in glyphs {
            result.append(glyph.base)
            for mark in [glyph.mark1, glyph.mark2] where mark != 0 {
                if let scalar = Unicode.Scalar(mark) { result.append(scalar) }
            }
        }
        return String(result)
    }
}

extension PrintableText: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self.init(value) }
}

extension PrintableText {
    /// A text with every line made printable, for standard output and standard error.
    public static func plain(_ text: String) -> String { lines(of: text).map(\.string).joined(separator: "\n") }
}
