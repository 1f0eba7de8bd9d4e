/// The effect of a key in a text field. The keys are those of readline.
enum TextEdit: Equatable {
    case insert(Unicode.Scalar)
    case move(TextTarget)
    case delete(TextTarget)
    /// Deletes text, and keeps it for `putBack`.
    case cut(TextTarget)
    case putBack

    /// Nil for a key that is not for a text field.
    init?(_ key: Key) {
        switch key {
        case .character(let scalar): self = .insert(scalar)
        case .left, .control("b"): self = .move(.before)
        case .right, .control("f"): self = .move(.after)
        case .home, .control("a"): self = .move(.start)
        case .end, .control("e"): self = .move(.end)
        case .controlLeft: self = .move(.wordBefore)
        case .controlRight: self = .move(.wordAfter)
        case .backspace: self = .delete(.before)
        case .delete, .control("d"): self = .delete(.after)
        case .control("u"): self = .cut(.start)
        case .control("k"): self = .cut(.end)
        case .control("w"): self = .cut(.blankBefore)
        case .control("y"): self = .putBack
        case .withAlt(let alt):
            switch alt.key {
            case .character("b"), .character("B"): self = .move(.wordBefore)
            case .character("f"), .character("F"): self = .move(.wordAfter)
            case .backspace: self = .cut(.wordBefore)
            case .character("d"), .character("D"): self = .cut(.wordAfter)
            default: return nil
            }
        default: return nil
        }
    }
}

/// A position in a text, relative to the cursor.
enum TextTarget: Equatable {
    case before, after, start, end
    /// The beginning of a word of letters and digits, and the end of one.
    case wordBefore, wordAfter
    /// The beginning of the text between two blanks.
    case blankBefore

    /// - Parameter isHidden: the text is one word, because the cursor must not show where words begin.
    func index(from cursor: String.Index, in text: String, isHidden: Bool) -> String.Index {
        switch self {
        case .before: return cursor > text.startIndex ? text.index(before: cursor) : cursor
        case .after: return cursor < text.endIndex ? text.index(after: cursor) : cursor
        case .start: return text.startIndex
        case .end: return text.endIndex
        case .wordBefore, .blankBefore:
            if isHidden { return text.startIndex }
            let isInWord = self == .blankBefore ? { !$0.isWhitespace } : Self.isInWord
            let word = text[..<cursor].lastIndex(where: isInWord) ?? text.startIndex
            return text[..<word].lastIndex { !isInWord($0) }.map { text.index(after: $0) } ?? text.startIndex
        case .wordAfter:
            if isHidden { return text.endIndex }
            let word = text[cursor...].firstIndex(where: Self.isInWord) ?? text.endIndex
            return text[word...].firstIndex { !Self.isInWord($0) } ?? text.endIndex
        }
    }

    private static func isInWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}

extension Key {
    /// Whether a text field takes the key.
    public var goesIntoField: Bool { TextEdit(self) != nil }
}
