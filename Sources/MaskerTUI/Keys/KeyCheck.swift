import TerminalKit

/// What is wrong with lines of `keys:` taken together: two actions on one key, a key that a field takes, a way out that
/// is gone.
struct KeyCheck {
    private let settings: [KeySetting]
    private var problems: [KeyProblem] = []
    /// One problem a key is enough: two actions may meet on many screens.
    private var told: Set<ConfigurationFile.Place> = []

    static func problems(_ settings: [KeySetting]) -> [KeyProblem] {
        guard !settings.isEmpty else { return [] }
        var check = KeyCheck(settings: settings)
        check.run()
        return check.problems
    }

    private init(settings: [KeySetting]) { self.settings = settings }

    private mutating func run() {
        for setting in settings where setting.strokes.isEmpty && setting.action.keepsKey {
            note(setting.place, "\(setting.action.name) keeps at least one key: nobody may be locked in")
        }
        for stroke in typingEverywhere() {
            let loss = if case .character = stroke.key { "could be typed nowhere any more" } else { "would edit no field any more" }
            note(stroke.place, "“\(stroke.key.name)” \(loss): what works over fields takes no key of theirs")
        }
        let everywhere = held(by: GlobalKeys.keys)
        compareAll(everywhere, on: "all screens")
        for screen in Screens.keys {
            let own = held(by: screen)
            compareAll(own, on: screen.name)
            checkTyping(screen)
            // A page may refresh in its own way.
            let others = everywhere.filter { screen.isPage ? $0.action != .refresh : GlobalKeys.overDialogs.contains($0.action) }
            for held in own { for other in others { compare(held, other, on: screen.name) } }
        }
    }

    // MARK: Two on one key

    private struct Held {
        var action: KeyAction
        var keys: [Key]
        /// Nil for the keys that it has by itself.
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

    /// Actions that share a key by themselves are never there at the same time.
    private mutating func compare(_ first: Held, _ second: Held, on screen: String) {
        guard first.setting != nil || second.setting != nil, first.action != second.action,
            !first.action.keys.contains(where: second.action.keys.contains)
        else { return }
        for key in first.keys where second.keys.contains(key) {
            // Told where the later of the two is written.
            let places = (first.place(of: key), second.place(of: key))
            let isFirst = places.1.map { second in places.0.map { $0 > second } ?? false } ?? true
            guard let place = isFirst ? places.0 : places.1 else { continue }
            let other = isFirst ? second.action : first.action
            note(place, "“\(key.name)” is \(other.name) already, on \(screen); give one of the two another key")
        }
    }

    // MARK: Fields

    private func typingEverywhere() -> [KeySetting.Stroke] {
        settings.filter { GlobalKeys.overDialogs.contains($0.action) }.flatMap(\.strokes).filter(\.key.goesIntoField)
    }

    /// What has a character among its own keys has another for fields; what is set keeps to that.
    private mutating func checkTyping(_ screen: ScreenKeys) {
        for action in screen.typing {
            guard let setting = setting(of: action, on: screen) else { continue }
            let taken = setting.strokes.filter(\.key.goesIntoField)
            guard let first = taken.first else { continue }
            if action.keys.contains(where: \.goesIntoField), taken.count < setting.strokes.count { continue }
            let advice = setting.screen == nil ? "; it can be set on single screens" : ""
            note(first.place, "“\(first.key.name)” goes into the field on \(screen.name), where \(action.name) works while one types" + advice)
        }
    }

    private mutating func note(_ place: ConfigurationFile.Place, _ clause: String) {
        if told.insert(place).inserted { problems.append(KeyProblem(place: place, clause: clause)) }
    }
}
