import TerminalKit

/// All actions that the keys of a screen can have, in any of its states, and the name of the screen in the configuration
/// file.
struct ScreenKeys: Sendable {
    let name: String
    let actions: [KeyAction]
    /// The actions that also work while a text field has the focus.
    let typing: [KeyAction]
    /// Whether the keys that work everywhere also work on this screen. On dialogs only few of them do.
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
        // Tables that are joined may contain the same action twice.
        self.actions = (actions + typing).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension KeyAction {
    /// All actions of the console; those that work everywhere come first.
    static let all: [KeyAction] = ([GlobalKeys.keys] + Screens.keys).flatMap(\.actions)
        .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
}
