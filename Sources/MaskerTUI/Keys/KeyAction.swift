import TerminalKit

/// Something that a key can do, with its name in `keys:` of the configuration file, and its default keys. The same action has
/// the same name on every screen.
///
/// A class, so that a binding holds only a pointer: the table of bindings is made again for each key and each frame.
final class KeyAction: Sendable {
    /// `feature.verb` in lower case, with words joined by `-`.
    let name: String
    let keys: [Key]
    /// Whether the action must keep a key, because the user could not leave the screen without it.
    let keepsKey: Bool

    init(_ name: String, _ keys: Key..., keepsKey: Bool = false) {
        self.name = name
        self.keys = keys
        self.keepsKey = keepsKey
    }

    /// For an action with many keys, each of which stands for a place: the first column, the second, and so on.
    init(_ name: String, places keys: [Key]) {
        self.name = name
        self.keys = keys
        keepsKey = false
    }
}

extension KeyAction: Hashable {
    static func == (left: KeyAction, right: KeyAction) -> Bool { left === right }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
