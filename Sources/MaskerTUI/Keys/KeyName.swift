import TerminalKit

extension Key {
    /// Reads a key's name as the help shows it. Arrows also have words, since keyboards cannot type their signs. Upper and lower
    /// case differ for single characters only.
    init?(named name: String) {
        let scalars = name.unicodeScalars
        if name.lowercased().hasPrefix("alt-") {
            guard let key = Key(named: String(name.dropFirst(4))).flatMap(Self.alt(typing:)) else { return nil }
            self = key
        } else if scalars.count == 1, let scalar = scalars.first, let key = Self.character(typing: scalar) {
            self = key
        } else if let key = Self.byName[name.lowercased()] {
            self = key
        } else {
            return nil
        }
    }

    /// All names with more than one character, for suggestions after a typing mistake.
    static let names: [String] = (special + (1...12).map { Key.function($0) } + controls).map(\.name) + arrows.map(\.word)
        + "abcdefghijklmnopqrstuvwxyz".map { "Alt-\($0)" }

    private static let special: [Key] = [
        .character(" "), .enter, .escape, .backspace, .tab, .backTab, .delete, .pageUp, .pageDown, .home, .end, .insert,
    ]
    private static let arrows: [(word: String, key: Key)] = [
        ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Ctrl-Left", .controlLeft), ("Ctrl-Right", .controlRight),
    ]

    /// Without Ctrl-H, Ctrl-I, Ctrl-J and Ctrl-M: terminals send the same bytes for them as for Backspace, Tab and Enter.
    private static let controls: [Key] = "abcdefgklnopqrstuvwxyz".unicodeScalars.map { Key.control($0) }

    private static let byName: [String: Key] = {
        let named = special + arrows.map(\.key) + (1...12).map { Key.function($0) } + controls
        let words = arrows.map { ($0.word.lowercased(), $0.key) }
        return Dictionary(named.map { ($0.name.lowercased(), $0) } + words) { first, _ in first }
    }()

    /// Nil for combinations that terminals do not send as one key: Alt with Esc, or with a byte that begins a sequence. Alt with
    /// ← and → is the same as Ctrl.
    private static func alt(typing key: Key) -> Key? {
        switch key {
        case .left, .controlLeft: .controlLeft
        case .right, .controlRight: .controlRight
        case .withAlt, .escape: nil
        case .character(let scalar) where "[]OPX^_\\".unicodeScalars.contains(scalar): nil
        default: .alt(key)
        }
    }

    /// Nil for characters that cannot be typed with one key, or that would be invisible in the help.
    private static func character(typing scalar: Unicode.Scalar) -> Key? {
        if let arrow = arrows.first(where: { $0.key.name == String(scalar) }) { return arrow.key }
        let shown = PrintableText(String(scalar))
        return shown.wasAltered || shown.width == 0 || scalar.properties.isWhitespace ? nil : .character(scalar)
    }
}
