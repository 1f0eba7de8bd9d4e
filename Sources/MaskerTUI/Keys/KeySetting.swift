import TerminalKit

/// A line of `keys:` in a configuration: the keys of an action, everywhere or on one screen.
package struct KeySetting: Equatable, Sendable {
    /// A key, and where it was written.
    struct Stroke: Equatable, Sendable {
        var key: Key
        var place: ConfigurationFile.Place
    }

    var action: KeyAction
    /// The screen's name; nil: wherever the action is.
    var screen: String?
    /// None takes its keys away.
    var strokes: [Stroke]
    var path: String
    /// Of the value.
    var place: ConfigurationFile.Place

    var keys: [Key] { strokes.map(\.key) }
    /// As `masker-tui config` prints it.
    package var name: String { (["keys"] + [screen].compactMap { $0 } + [action.name]).joined(separator: ".") }
    package var text: String { strokes.isEmpty ? "none" : keys.map(\.name).joined(separator: " ") }
    package var origin: ValueSource { .file(path, place) }

    /// Later layers take the place of what earlier ones say of the same action on the same screen.
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

    /// The action of a name, on a screen where one is named.
    static func action(_ name: String, on screen: ScreenKeys?, at place: ConfigurationFile.Place) throws(KeyProblem) -> KeyAction {
        let candidates = screen?.actions ?? KeyAction.all
        if let action = candidates.first(where: { $0.name == name }) { return action }
        let near = Suggestion.clause(for: name, among: candidates.map(\.name))
        guard let screen, KeyAction.all.contains(where: { $0.name == name }) else {
            throw KeyProblem(place: place, clause: "“\(name)” is no action" + near)
        }
        if GlobalKeys.keys.actions.contains(where: { $0.name == name }) {
            throw KeyProblem(place: place, clause: "\(name) works everywhere: set it in keys itself, not on one screen")
        }
        throw KeyProblem(place: place, clause: "\(name) is none of the actions on \(screen.name)" + near)
    }

    static func screen(_ name: String, at place: ConfigurationFile.Place) throws(KeyProblem) -> ScreenKeys {
        if let screen = Screens.keys.first(where: { $0.name == name }) { return screen }
        throw KeyProblem(place: place, clause: "“\(name)” is no screen" + Suggestion.clause(for: name, among: Screens.keys.map(\.name)))
    }

    static func stroke(_ name: String, at place: ConfigurationFile.Place) throws(KeyProblem) -> Stroke {
        if let key = Key(named: name) { return Stroke(key: key, place: place) }
        throw KeyProblem(
            place: place, clause: "“\(name)” is no key: a character, or a name as the help shows it, such as Ctrl-L, F10 or PgDn"
                + Suggestion.clause(for: name, among: Key.names))
    }
}
