import TerminalKit

extension Key {
    /// By the name that help shows; arrows also by a word, since no keyboard has their signs. Case counts for single
    /// characters only.
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

    /// What is more than one character, for a guess at what was meant.
    static let names: [String] = (special + (1...12).map { Key.function($0) } + controls).map(\.name) + arrows.map(\.word)
        + "abcdefghijklmnopqrstuvwxyz".map { "Alt-\($0)" }

    private static let special: [Key] = [
        .character(" "), .enter, .escape, .backspace, .tab, .backTab, .delete, .pageUp, .pageDown, .home, .end, .insert,
    ]
    private static let arrows: [(word: String, key: Key)] = [
        ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Ctrl-Left", .controlLeft), ("Ctrl-Right", .controlRight),
    ]

    /// A terminal sends the same for Ctrl-H and Backspace, Ctrl-I and Tab, Ctrl-J, Ctrl-M and Enter.
    private static let controls: [Key] = "abcdefgklnopqrstuvwxyz".unicodeScalars.map { Key.control($0) }

    private static let byName: [String: Key] = {
        let named = special + arrows.map(\.key) + (1...12).map { Key.function($0) } + controls
        let words = arrows.map { ($0.word.lowercased(), $0.key) }
        return Dictionary(named.map { ($0.name.lowercased(), $0) } + words) { first, _ in first }
    }()

    /// Nil for what does not come as one key: an Esc before, and the bytes with which sequences begin. Alt with ← and → is
    /// the same as Ctrl.
    private static func alt(typing key: Key) -> Key? {
        switch key {
        case .left, .controlLeft: .controlLeft
        case .right, .controlRight: .controlRight
        case .withAlt, .escape: nil
        case .character(let scalar) where "[]OPX^_\\".unicodeScalars.contains(scalar): nil
        default: .alt(key)
        }
    }

    /// Nil for what nobody types as one key, or would not see in the help.
    private static func character(typing scalar: Unicode.Scalar) -> Key? {
        if let arrow = arrows.first(where: { $0.key.name == String(scalar) }) { return arrow.key }
        let shown = PrintableText(String(scalar))
        return shown.wasAltered || shown.width == 0 || scalar.properties.isWhitespace ? nil : .character(scalar)
    }
}
