/// A line of text that the user types, with a cursor between two grapheme clusters. Typed and pasted control characters are
/// dropped.
public struct TextField: Sendable, Equatable {
    /// Whether a field shows its text, and whether it keeps text that was cut.
    public enum Secrecy: Sendable {
        /// Ctrl-Y puts back the text that was cut.
        case open
        /// Only typed text counts, so text that was cut is not kept.
        case typedOnly
        /// Dots are shown, text that was cut is not kept, and the cursor does not show where words begin.
        case hidden
    }

    public private(set) var text: String
    /// The most scalars of the text; a longer paste is cut.
    public let limit: Int
    public let secrecy: Secrecy
    /// The number of UTF-8 bytes before the cursor, always complete characters.
    private var place: Int
    /// The text that Ctrl-Y puts back.
    private var kept = ""
    /// Whether the last key has cut text; then the text of the next cut is joined to it.
    private var isCutting = false
    /// Whether the whole text is selected: what is typed or pasted next replaces it, and a key that moves the cursor edits it.
    private var isSelected = false

    /// The cursor is at the end of the text.
    public init(_ text: String = "", limit: Int = 4_500, secrecy: Secrecy = .open) {
        self.text = text
        self.limit = limit
        self.secrecy = secrecy
        place = text.utf8.count
    }

    /// Takes a key or a paste. Returns false when a text field has no use for it.
    public mutating func edit(_ event: TerminalEvent) -> Bool {
        let wasCutting = isCutting
        switch event {
        case .paste(let pasted):
            isCutting = false
            if takeSelection() { removeAll() }
            insert(Self.oneLine(pasted))
        case .key(let key):
            guard let edit = TextEdit(key) else { return false }
            isCutting = false
            perform(edit, joining: wasCutting)
        case .mouse: return false
        }
        return true
    }

    /// Selects the whole text, if there is any. Hidden text and text that must be typed are never selected.
    public mutating func select() { isSelected = secrecy == .open && !text.isEmpty }

    /// Leaves the text as it is, to be edited.
    public mutating func deselect() { isSelected = false }

    /// Removes the text, and forgets the text that was cut.
    public mutating func clear() { self = TextField(limit: limit, secrecy: secrecy) }

    /// Replaces the text; the cursor is at its end.
    public mutating func replace(with text: String) {
        self.text = text
        place = text.utf8.count
        isCutting = false
        isSelected = false
    }

    public var textBeforeCursor: String { String(text[..<cursor]) }

    /// Replaces the text before the cursor.
    public mutating func replaceBeforeCursor(with before: String) {
        text = before + text[cursor...]
        moveCursor(to: text.utf8.index(text.startIndex, offsetBy: before.utf8.count))
        isCutting = false
        isSelected = false
    }

    // MARK: Editing

    private var cursor: String.Index { text.utf8.index(text.startIndex, offsetBy: place) }

    /// Moves the cursor behind a character that an edit has joined of two, such as a letter and a combining mark.
    private mutating func moveCursor(to index: String.Index) {
        let boundary = String.Index(index, within: text) ?? text.index(after: index)
        place = text.utf8.distance(from: text.startIndex, to: boundary)
    }

    private mutating func perform(_ edit: TextEdit, joining: Bool) {
        if takeSelection(), change(selection: edit) { return }
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

    /// Returns whether the text was selected; it is not any more.
    private mutating func takeSelection() -> Bool {
        defer { isSelected = false }
        return isSelected
    }

    private mutating func removeAll() {
        text = ""
        place = 0
    }

    /// Carries out an edit of the selected text. Returns false for edits that are the same for a text that is not selected, or
    /// that take place after the selected text was removed.
    private mutating func change(selection edit: TextEdit) -> Bool {
        switch edit {
        case .move: return false
        case .insert, .putBack:
            removeAll()
            return false
        case .delete: removeAll()
        case .cut:
            keep(text, isBefore: true, joining: false)
            removeAll()
        }
        return true
    }

    /// - Parameter isBefore: whether the text was before the cursor.
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

    /// Inserts as many complete characters as there is room for.
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

    /// The lines of a paste, joined by spaces. Line breaks at its beginning and end are dropped.
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

    /// Draws the text, or as many dots when it is hidden. A longer text is scrolled to the cursor.
    public func draw(on canvas: inout Canvas, row: Int, column: Int, width: Int) {
        guard width > 0 else { return }
        let shown = Self.shown(text[...], secrecy)
        let at = place == text.utf8.count ? shown.width : Self.shown(text[..<cursor], secrecy).width
        let start = Self.firstColumn(of: shown, cursor: at, room: width - 1)
        canvas.write(PrintableText(String(repeating: " ", count: width)), row: row, column: column, style: Style(.plain, underlined: true))
        let style = Style(.plain, underlined: true)
        canvas.write(shown.slice(from: start, columns: width), row: row, column: column, style: isSelected ? style.reversed : style)
        canvas.cursor = (row, column + at - start)
    }

    private static func shown(_ text: Substring, _ secrecy: Secrecy) -> PrintableText {
        // The text is not cut here, so that the columns before the cursor can be counted; `limit` bounds it.
        PrintableText(secrecy == .hidden ? String(repeating: "•", count: text.count) : String(text), columns: .max)
    }

    /// The first column that is shown. A character begins there, the cursor is visible, and a third of the width is after it while
    /// there is text.
    private static func firstColumn(of text: PrintableText, cursor: Int, room: Int) -> Int {
        guard text.width > room else { return 0 }
        let wanted = min(max(cursor - room * 2 / 3, 0), text.width - room)
        var column = 0
        text.forEachGlyph { if column < wanted { column += Int($0.width) } }
        return column
    }
}

extension TextField: CustomStringConvertible, CustomReflectable {
    // The text can be a credential.
    public var description: String { "TextField(\(text.unicodeScalars.count) characters)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
