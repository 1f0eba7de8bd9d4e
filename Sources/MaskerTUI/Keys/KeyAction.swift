import TerminalKit

/// A deed by its name, as `keys:` of the configuration file names it, with the keys that it has by itself. The same deed
/// has the same name on every screen.
///
/// A class, so that a binding holds one pointer: each key and each frame makes the table of bindings anew.
final class KeyAction: Sendable {
    /// `feature.verb`, in lower case, words joined by `-`.
    let name: String
    let keys: [Key]
    /// Whether it must have a key, because somebody would be stuck without.
    let keepsKey: Bool

    init(_ name: String, _ keys: Key..., keepsKey: Bool = false) {
        self.name = name
        self.keys = keys
        self.keepsKey = keepsKey
    }

    /// The same for many keys, of which each means another place: the first column, the second.
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
