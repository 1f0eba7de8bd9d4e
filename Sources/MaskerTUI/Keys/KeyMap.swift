import TerminalKit

/// The keys that the configuration sets. It is made once, as one table for each screen and in it the keys for each action. It is
/// empty when the configuration sets no keys.
struct KeyMap: Sendable, Equatable {
    typealias Table = [KeyAction: [Key]]

    /// The tables by the name of the screen.
    private var tables: [String: Table] = [:]

    init() {}

    /// Keys for one screen take precedence over keys for all screens.
    init(_ settings: [KeySetting]) {
        for screen in [GlobalKeys.keys] + Screens.keys {
            for action in screen.actions {
                let own = settings.last { $0.action == action && $0.screen == screen.name }
                guard let setting = own ?? settings.last(where: { $0.action == action && $0.screen == nil }) else { continue }
                tables[screen.name, default: [:]][action] = setting.keys
            }
        }
    }

    /// The table of a screen; nil when all its keys are the default ones.
    subscript(screen: ScreenKeys) -> Table? { tables.isEmpty ? nil : tables[screen.name] }

    func keys(of action: KeyAction, on screen: ScreenKeys) -> [Key] { self[screen]?[action] ?? action.keys }
}

extension ConsoleSettings {
    /// The name of an action's first key, for sentences that name a key.
    func keyName(_ action: KeyAction, on screen: ScreenKeys = GlobalKeys.keys) -> String {
        keys.keys(of: action, on: screen).first?.name ?? "no key"
    }

    /// Follows the reason why something could not be read.
    var triesAgain: PrintableText { PrintableText("; \(keyName(.refresh)) tries again") }
}
