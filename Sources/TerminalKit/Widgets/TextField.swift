/// One line of text being typed, with a cursor between two of its characters as people see them (grapheme clusters).
/// Control characters never get in, pasted ones neither.
public struct TextField: Sendable, Equatable {
    /// What a field shows, and what it keeps of what was cut out of it.
    public enum Secrecy: Sendable {
        /// Ctrl-Y puts back what was cut.
        case open
        /// Everything in it was typed: what was cut is not kept.
        case typedOnly
        /// Dots are shown, what was cut is not kept, and no key shows where words begin.
        case hidden
    }

    public private(set) var text: String
    /// More scalars than any field needs; a longer paste is cut.
    public let limit: Int
    public let secrecy: Secrecy
    /// Bytes of UTF-8 before the cursor, whole characters always.
    private var place: Int
    /// What Ctrl-Y puts back.
    private var kept = ""
    /// The key before has cut: what the next one cuts is joined to it.
    private var isCutting = false

    /// The cursor stands behind the text.
    public init(_ text: String = "", limit: Int = 4_500, secrecy: Secrecy = .open) {
        self.text = text
        self.limit = limit
        self.secrecy = secrecy
        place = text.utf8.count
    }

    /// Takes a key or a paste. False when it is not for a text field.
    public mutating func edit(_ event: TerminalEvent) -> Bool {
        let wasCutting = isCutting
        switch event {
        case .paste(let pasted):
            isCutting = false
            insert(Self.oneLine(pasted))
        case .key(let key):
            guard let edit = TextEdit(key) else { return false }
            isCutting = false
            perform(edit, joining: wasCutting)
        case .mouse: return false
        }
        return true
    }

    /// Empties it, and forgets what was cut.
    public mutating func clear() { self = TextField(limit: limit, secrecy: secrecy) }

    /// Puts another text in its place, with the cursor behind it.
    public mutating func replace(with text: String) {
        self.text = text
        place = text.utf8.count
        isCutting = false
    }

    public var textBeforeCursor: String { String(text[..<cursor]) }

    /// Puts a text in the place of what stands before the cursor.
    public mutating func replaceBeforeCursor(with before: String) {
        text = before + text[cursor...]
        moveCursor(to: text.utf8.index(text.startIndex, offsetBy: before.utf8.count))
        isCutting = false
    }

    // MARK: Editing

    private var cursor: String.Index { text.utf8.index(text.startIndex, offsetBy: place) }

    /// A text that has changed may have joined two characters, such as a letter and a mark: the cursor goes behind those.
    private mutating func moveCursor(to index: String.Index) {
        let boundary = String.Index(index, within: text) ?? text.index(after: index)
        place = text.utf8.distance(from: text.startIndex, to: boundary)
    }

    private mutating func perform(_ edit: TextEdit, joining: Bool) {
        let here = cursor
        switch edit {
        case .insert(let scalar): insert(String(Self.clean([scalar])))
        case .move(let target): moveCursor(to: target.index(from: here, in: text, isHidden: secrecy == .hidden))
        case .delete(let target): remove(to: target.index(from: here, in: text, isHidden: secrecy == .hidden))
        case .cut(let target):
            let end = target.index(from: here, in: text, isHidden: secrecy == .hidden)
            keep(String(text[min(here, end)..<max(here, end)]), isBefore: end < here, joining: joining)
            remove(to: end)
        case .putBack: insert(kept)
        }
    }

    /// - Parameter isBefore: whether it stood before the cursor.
    private mutating func keep(_ cut: String, isBefore: Bool, joining: Bool) {
        isCutting = true
        guard secrecy == .open, !cut.isEmpty else { return }
        kept = !joining ? cut : isBefore ? cut + kept : kept + cut
    }

    private mutating func remove(to end: String.Index) {
        let here = cursor, start = min(here, end)
        let before = text.utf8.distance(from: text.startIndex, to: start)
        text.removeSubrange(start..<max(here, end))
        moveCursor(to: text.utf8.index(text.startIndex, offsetBy: before))
    }

    /// As much of it as there is room for, whole characters only.
    private mutating func insert(_ new: String) {
        var room = limit - text.unicodeScalars.count, end = new.startIndex
        while end < new.endIndex {
            let next = new.index(after: end)
            room -= new.unicodeScalars.distance(from: end, to: next)
            if room < 0 { break }
            end = next
        }
        let before = place + new.utf8.distance(from: new.startIndex, to: end)
        text.insert(contentsOf: new[..<end], at: cursor)
        moveCursor(to: text.utf8.index(text.startIndex, offsetBy: before))
    }

    /// The lines of a paste stand one behind the other; those of a whole line that was copied end in nothing.
    private static func oneLine(_ pasted: String) -> String {
        var rest = pasted[...]
        while rest.first?.isNewline == true { rest.removeFirst() }
        while rest.last?.isNewline == true { rest.removeLast() }
        return String(clean(String(rest.map { $0.isNewline ? " " : $0 }).unicodeScalars))
    }

    private static func clean(_ scalars: some Sequence<Unicode.Scalar>) -> String.UnicodeScalarView {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars.lazy.filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
        return result
    }

    // MARK: Drawing

    /// Draws the text, or as many dots when it is hidden. Of a longer text the part around the cursor is seen.
    public func draw(on canvas: inout Canvas, row: Int, column: Int, width: Int) {
        guard width > 0 else { return }
        let shown = Self.shown(text[...], secrecy)
        let at = place == text.utf8.count ? shown.width : Self.shown(text[..<cursor], secrecy).width
        let start = Self.firstColumn(of: shown, cursor: at, room: width - 1)
        canvas.write(PrintableText(String(repeating: " ", count: width)), row: row, column: column, style: Style(.plain, underlined: true))
        canvas.write(shown.slice(from: start, columns: width), row: row, column: column, style: Style(.plain, underlined: true))
        canvas.cursor = (row, column + at - start)
    }

    private static func shown(_ text: Substring, _ secrecy: Secrecy) -> PrintableText {
        // The limit bounds it: it is never cut, so that the columns before the cursor can be counted.
        PrintableText(secrecy == .hidden ? String(repeating: "•", count: text.count) : String(text), columns: .max)
    }

    /// The first column that is seen: where a character begins, with the cursor in sight and a third of the room behind it
    /// as long as there is text.
    private static func firstColumn(of text: PrintableText, cursor: Int, room: Int) -> Int {
        guard text.width > room else { return 0 }
        let wanted = min(max(cursor - room * 2 / 3, 0), text.width - room)
        var column = 0
        text.forEachGlyph { if column < wanted { column += Int($0.width) } }
        return column
    }
}

extension TextField: CustomStringConvertible, CustomReflectable {
    // What is typed can be a credential.
    public var description: String { "TextField(\(text.unicodeScalars.count) characters)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
