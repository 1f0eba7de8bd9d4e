import TerminalKit

/// A line of `keys:` in a configuration: the keys of an action, on all screens or on one.
package struct KeySetting: Equatable, Sendable {
    /// A key, and its place in the file.
    struct Stroke: Equatable, Sendable {
        var key: Key
        var place: ConfigurationFile.Place
    }

    var action: KeyAction
    /// The name of the screen; nil for all screens.
    var screen: String?
    /// The keys. When it is empty, the action has no key.
    var strokes: [Stroke]
    var path: String
    /// The place of the value in the file.
    var place: ConfigurationFile.Place

    var keys: [Key] { strokes.map(\.key) }
    /// The name as `masker-tui config` prints it.
    package var name: String { (["keys"] + [screen].compactMap { $0 } + [action.name]).joined(separator: ".") }
    package var text: String { strokes.isEmpty ? "none" : keys.map(\.name).joined(separator: " ") }
    package var origin: ValueSource { .file(path, place) }

    /// Merges settings. Later layers replace earlier ones for the same action and screen.
    static func merged(_ layers: [KeySetting]...) -> [KeySetting] {
        layers.joined().reduce(into: []) { merged, setting in
            merged.removeAll { $0.action == setting.action && $0.screen == setting.screen }
            merged.append(setting)
        }
    }
}

/// Why a line of `keys:` cannot be used, as the end of a sentence.
struct KeyProblem: Error, Equatable {
    var place: ConfigurationFile.Place
    var clause: String
}

extension KeySetting {
    static let none = "none"

    /// Finds an action by its name; it must be an action of the screen, if one is given.
    static func action(_ name: String, on screen: ScreenKeys?, at place: ConfigurationFile.Place) throws(KeyProblem) -> KeyAction {
        let candidates = screen?.actions ?? KeyAction.all
        if let action = candidates.first(where: { $0.name == name }) { return action }
        let near = Suggestion.clause(for: name, among: candidates.map(\.name))
        guard let screen, KeyAction.all.contains(where: { $0.name == name }) else {
            throw KeyProblem(place: place, clause: "“\(name)” is not an action" + near)
        }
        if GlobalKeys.keys.actions.contains(where: { $0.name == name }) {
            throw KeyProblem(place: place, clause: "\(name) works everywhere: set it directly below keys, not for one screen")
        }
        throw KeyProblem(place: place, clause: "\(name) is not an action of \(screen.name)" + near)
    }

    static func screen(_ name: String, at place: ConfigurationFile.Place) throws(KeyProblem) -> ScreenKeys {
        if let screen = Screens.keys.first(where: { $0.name == name }) { return screen }
        throw KeyProblem(place: place, clause: "“\(name)” is not a screen" + Suggestion.clause(for: name, among: Screens.keys.map(\.name)))
    }

    static func stroke(_ name: String, at place: ConfigurationFile.Place) throws(KeyProblem) -> Stroke {
        if let key = Key(named: name) { return Stroke(key: key, place: place) }
        throw KeyProblem(
            place: place, clause: "“\(name)” is not a key; a key is a character, or a name from the help such as Ctrl-L, F10 or PgDn"
                + Suggestion.clause(for: name, among: Key.names))
    }
}
