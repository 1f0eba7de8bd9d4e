import TerminalKit

/// The actions that the keys of a screen can have, in whatever state it is, under the name that the configuration file
/// has for it.
struct ScreenKeys: Sendable {
    let name: String
    let actions: [KeyAction]
    /// Those that work while one types into a field, which takes letters.
    let typing: [KeyAction]
    /// Whether the keys that work everywhere work there, too: over dialogs few do.
    let isPage: Bool

    init(page name: String, _ actions: [KeyAction], typing: [KeyAction] = []) {
        self.init(name, actions, typing, isPage: true)
    }

    init(dialog name: String, _ actions: [KeyAction], typing: [KeyAction] = []) {
        self.init(name, actions, typing, isPage: false)
    }

    private init(_ name: String, _ actions: [KeyAction], _ typing: [KeyAction], isPage: Bool) {
        self.name = name
        self.typing = typing
        self.isPage = isPage
        // Tables that are put together may have the same one twice.
        self.actions = (actions + typing).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension KeyAction {
    /// Every one that there is, those that work everywhere first.
    static let all: [KeyAction] = ([GlobalKeys.keys] + Screens.keys).flatMap(\.actions)
        .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
}
