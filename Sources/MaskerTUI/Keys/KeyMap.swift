import TerminalKit

/// The keys that the configuration sets, made once from its lines: a look-up for a screen, and one for each of its actions.
/// Where nothing is set there is nothing to look up.
struct KeyMap: Sendable, Equatable {
    typealias Table = [KeyAction: [Key]]

    /// By the screen's name.
    private var tables: [String: Table] = [:]

    init() {}

    /// What is said of one screen comes before what is said of all.
    init(_ settings: [KeySetting]) {
        for screen in [GlobalKeys.keys] + Screens.keys {
            for action in screen.actions {
                let own = settings.last { $0.action == action && $0.screen == screen.name }
                guard let setting = own ?? settings.last(where: { $0.action == action && $0.screen == nil }) else { continue }
                tables[screen.name, default: [:]][action] = setting.keys
            }
        }
    }

    /// Nil where all its keys are as they are by themselves.
    subscript(screen: ScreenKeys) -> Table? { tables.isEmpty ? nil : tables[screen.name] }

    func keys(of action: KeyAction, on screen: ScreenKeys) -> [Key] { self[screen]?[action] ?? action.keys }
}

extension ConsoleSettings {
    /// For sentences that name a key.
    func keyName(_ action: KeyAction, on screen: ScreenKeys = GlobalKeys.keys) -> String {
        keys.keys(of: action, on: screen).first?.name ?? "no key"
    }

    /// Behind why something could not be read.
    var triesAgain: PrintableText { PrintableText("; \(keyName(.refresh)) tries again") }
}
