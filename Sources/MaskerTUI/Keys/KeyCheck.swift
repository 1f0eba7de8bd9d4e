import TerminalKit

/// Checks all lines of `keys:` together. Problems are: two actions with the same key, a key that is typed into a field, and no
/// key left for an action that must keep one.
struct KeyCheck {
    private let settings: [KeySetting]
    private var problems: [KeyProblem] = []
    /// The keys already reported. Two actions can conflict on many screens, but one problem for each key is enough.
    private var reported: Set<ConfigurationFile.Place> = []

    static func problems(_ settings: [KeySetting]) -> [KeyProblem] {
        guard !settings.isEmpty else { return [] }
        var check = KeyCheck(settings: settings)
        check.run()
        return check.problems
    }

    private init(settings: [KeySetting]) { self.settings = settings }

    private mutating func run() {
        for setting in settings where setting.strokes.isEmpty && setting.action.keepsKey {
            note(setting.place, "\(setting.action.name) must keep at least one key, or the screen could not be left")
        }
        for stroke in typingEverywhere() {
            let loss = if case .character = stroke.key { "could no longer be typed" } else { "could no longer be used in fields" }
            note(stroke.place, "“\(stroke.key.name)” \(loss): an action that also works in fields must not use their keys")
        }
        let everywhere = held(by: GlobalKeys.keys)
        compareAll(everywhere, on: "all screens")
        for screen in Screens.keys {
            let own = held(by: screen)
            compareAll(own, on: screen.name)
            checkTyping(screen)
            // A page may have its own action for refresh.
            let others = everywhere.filter { screen.isPage ? $0.action != .refresh : GlobalKeys.overDialogs.contains($0.action) }
            for held in own { for other in others { compare(held, other, on: screen.name) } }
        }
    }

    // MARK: Two on one key

    private struct Held {
        var action: KeyAction
        var keys: [Key]
        /// The setting that gives the action its keys; nil for default keys.
        var setting: KeySetting?

        func place(of key: Key) -> ConfigurationFile.Place? { setting?.strokes.first { $0.key == key }?.place }
    }

    private func held(by screen: ScreenKeys) -> [Held] {
        screen.actions.map { action in
            let setting = setting(of: action, on: screen)
            return Held(action: action, keys: setting?.keys ?? action.keys, setting: setting)
        }
    }

    private func setting(of action: KeyAction, on screen: ScreenKeys) -> KeySetting? {
        settings.last { $0.action == action && $0.screen == screen.name } ?? settings.last { $0.action == action && $0.screen == nil }
    }

    private mutating func compareAll(_ held: [Held], on screen: String) {
        for (index, first) in held.enumerated() {
            for second in held[(index + 1)...] { compare(first, second, on: screen) }
        }
    }

    /// Two actions that share a default key are never available at the same time.
    private mutating func compare(_ first: Held, _ second: Held, on screen: String) {
        guard first.setting != nil || second.setting != nil, first.action != second.action,
            !first.action.keys.contains(where: second.action.keys.contains)
        else { return }
        for key in first.keys where second.keys.contains(key) {
            // The problem is reported at the later of the two lines.
            let places = (first.place(of: key), second.place(of: key))
            let isFirst = places.1.map { second in places.0.map { $0 > second } ?? false } ?? true
            guard let place = isFirst ? places.0 : places.1 else { continue }
            let other = isFirst ? second.action : first.action
            note(place, "“\(key.name)” is already the key of \(other.name) on \(screen); use another key for one of them")
        }
    }

    // MARK: Fields

    private func typingEverywhere() -> [KeySetting.Stroke] {
        settings.filter { GlobalKeys.overDialogs.contains($0.action) }.flatMap(\.strokes).filter(\.key.goesIntoField)
    }

    /// An action with characters among its default keys has another default key in fields. Keys that are set must respect this.
    private mutating func checkTyping(_ screen: ScreenKeys) {
        for action in screen.typing {
            guard let setting = setting(of: action, on: screen) else { continue }
            let taken = setting.strokes.filter(\.key.goesIntoField)
            guard let first = taken.first else { continue }
            if action.keys.contains(where: \.goesIntoField), taken.count < setting.strokes.count { continue }
            let advice = setting.screen == nil ? "; it can be set for single screens" : ""
            note(first.place, "“\(first.key.name)” would be typed into the field of \(screen.name), where \(action.name) must work too" + advice)
        }
    }

    private mutating func note(_ place: ConfigurationFile.Place, _ clause: String) {
        if reported.insert(place).inserted { problems.append(KeyProblem(place: place, clause: clause)) }
    }
}
