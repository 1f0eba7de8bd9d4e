/// Text that is safe to put on a terminal: the only thing the canvas takes.
///
/// Control characters, escape sequences, bidi controls, invisible characters and floods of combining marks are made
/// visible instead of being sent, and never dropped, so that two different names never look the same.
struct PrintableText: Equatable, Sendable {
    /// One character on the screen with its combining marks.
    struct Glyph: Equatable, Sendable {
        var base: Unicode.Scalar
        /// At most two; zero for none.
        var mark1: UInt32 = 0
        var mark2: UInt32 = 0
        /// 1 or 2 columns.
        var width: Int8 = 1
        /// Stands for something that was not printed as it came.
        var isSubstitute = false
    }

    private(set) var glyphs: [Glyph] = []
    /// Columns taken.
    private(set) var width = 0
    /// Whether anything had to be replaced.
    private(set) var wasAltered = false

    /// Longer than any line of a terminal; the rest of a longer text is not even looked at.
    static let longest = 4096

    /// The one function that makes text printable; line breaks and tabs show as `^J` and `^I`.
    init(_ text: String, columns: Int = PrintableText.longest) {
        // Most texts are plain, and thousands of them are made for a frame.
        if text.utf8.count <= columns, text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) {
            glyphs = text.utf8.map { Glyph(base: Unicode.Scalar($0)) }
            width = glyphs.count
            return
        }
        glyphs.reserveCapacity(min(text.utf8.count, columns))
        for scalar in text.unicodeScalars {
            if width >= columns {
                append("…")
                wasAltered = true
                break
            }
            append(printable: scalar)
        }
    }

    /// Text of many lines: split first, tabs expanded, then each line made printable by itself.
    static func lines(of text: String, tabWidth: Int = 4) -> [PrintableText] {
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

    // MARK: Cutting

    /// At most `columns` wide; what does not fit gives way to `…`. A wide character is never halved.
    func truncated(to columns: Int) -> PrintableText {
        guard width > columns else { return self }
        guard columns > 0 else { return PrintableText("") }
        var result = prefix(columns: columns - 1)
        result.append("…")
        return result
    }

    /// The first glyphs that fit into `columns`.
    func prefix(columns: Int) -> PrintableText { slice(from: 0, columns: columns) }

    /// What stands from column `start` on, at most `columns` wide.
    func slice(from start: Int, columns: Int) -> PrintableText {
        var result = PrintableText("")
        result.wasAltered = wasAltered
        var column = 0
        for glyph in glyphs {
            defer { column += Int(glyph.width) }
            if column < start { continue }
            if result.width + Int(glyph.width) > columns { break }
            result.glyphs.append(glyph)
            result.width += Int(glyph.width)
        }
        return result
    }

    /// The columns where `needle` stands, in upper or lower case; nil where it does not, or is empty.
    func columns(of needle: String) -> Range<Int>? {
        let wanted = needle.unicodeScalars.map(\.properties.lowercaseMapping)
        guard !wanted.isEmpty, wanted.count <= glyphs.count else { return nil }
        for start in 0...glyphs.count - wanted.count
        where zip(glyphs[start...], wanted).allSatisfy({ $0.base.properties.lowercaseMapping == $1 }) {
            let first = glyphs[..<start].reduce(0) { $0 + Int($1.width) }
            return first..<first + glyphs[start..<start + wanted.count].reduce(0) { $0 + Int($1.width) }
        }
        return nil
    }

    /// Broken into lines of at most `columns`, at spaces where there are some.
    func wrapped(to columns: Int) -> [PrintableText] {
        guard width > columns, columns > 0 else { return [self] }
        var lines: [PrintableText] = []
        var rest = self
        while rest.width > columns {
            let head = rest.prefix(columns: columns)
            let next = head.glyphs.count < rest.glyphs.count ? rest.glyphs[head.glyphs.count] : nil
            let breakAt = next?.base == " " ? head.glyphs.count : head.glyphs.lastIndex { $0.base == " " } ?? 0
            let end = breakAt > 0 ? breakAt : max(head.glyphs.count, 1)
            lines.append(rest.range(0..<end))
            let start = end < rest.glyphs.count && rest.glyphs[end].base == " " ? end + 1 : end
            rest = rest.range(start..<rest.glyphs.count)
        }
        lines.append(rest)
        return lines
    }

    private func range(_ range: Range<Int>) -> PrintableText {
        var result = PrintableText("")
        result.glyphs = Array(glyphs[range])
        result.width = result.glyphs.reduce(0) { $0 + Int($1.width) }
        result.wasAltered = wasAltered
        return result
    }

    static func + (left: PrintableText, right: PrintableText) -> PrintableText {
        var result = left
        result.glyphs += right.glyphs
        result.width += right.width
        result.wasAltered = left.wasAltered || right.wasAltered
        return result
    }

    /// As a plain string: for writing where no canvas is (stderr, tests).
    var string: String {
        var result = String.UnicodeScalarView()
        for glyph in glyphs {
            result.append(glyph.base)
            for mark in [glyph.mark1, glyph.mark2] where mark != 0 {
                if let scalar = Unicode.Scalar(mark) { result.append(scalar) }
            }
        }
        return String(result)
    }

    // MARK: Making a scalar printable

    private mutating func append(_ base: Unicode.Scalar, width glyphWidth: Int = 1, substitute: Bool = false) {
        glyphs.append(Glyph(base: base, width: Int8(glyphWidth), isSubstitute: substitute))
        width += glyphWidth
        if substitute { wasAltered = true }
    }

    private mutating func append(substitute text: String) {
        for scalar in text.unicodeScalars { append(scalar, substitute: true) }
    }

    private mutating func append(printable scalar: Unicode.Scalar) {
        let value = scalar.value
        switch value {
        case 0x20..<0x7F: append(scalar)
        case 0..<0x20: append(substitute: "^" + String(Unicode.Scalar(UInt8(value + 0x40))))
        case 0x7F: append(substitute: "^?")
        case 0x80..<0xA0: append(substitute: PrintableText.codePoint(scalar))
        case _ where PrintableText.isInvisible(value): append(substitute: PrintableText.codePoint(scalar))
        default:
            switch scalar.properties.generalCategory {
            case .unassigned, .privateUse, .surrogate: append("\u{FFFD}", substitute: true)
            case .format, .lineSeparator, .paragraphSeparator: append(substitute: PrintableText.codePoint(scalar))
            default:
                switch CharacterWidth.of(scalar) {
                case 0: append(mark: scalar)
                case let columns where columns > 0: append(scalar, width: columns)
                default: append("\u{FFFD}", substitute: true)
                }
            }
        }
    }

    /// A combining mark goes onto the glyph before it, at most two of them; one without a base gets a dotted circle.
    private mutating func append(mark scalar: Unicode.Scalar) {
        if glyphs.isEmpty || glyphs[glyphs.count - 1].isSubstitute && glyphs[glyphs.count - 1].base != "\u{25CC}" {
            if glyphs.last?.base == "\u{FFFD}" { return }
            append("\u{25CC}", substitute: true)
        }
        let last = glyphs.count - 1
        if glyphs[last].mark1 == 0 {
            glyphs[last].mark1 = scalar.value
        } else if glyphs[last].mark2 == 0 {
            glyphs[last].mark2 = scalar.value
        } else {
            append("\u{FFFD}", substitute: true)
        }
    }

    /// `<202E>`.
    static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "<" + String(repeating: "0", count: max(0, (scalar.value < 0x100 ? 2 : 4) - hex.count)) + hex + ">"
    }

    /// Characters that take no ink or reorder what stands beside them.
    private static func isInvisible(_ value: UInt32) -> Bool {
        switch value {
        case 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}

extension PrintableText: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { self.init(value) }
}
