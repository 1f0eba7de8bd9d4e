import TerminalKit

/// One key of a screen. The hint line, the help and the refusal of the key are all made from it.
struct Binding<Command: Sendable>: Sendable {
    let action: KeyAction
    /// Other actions whose keys do the same on this screen. For example, `?` closes the help, too.
    let others: [KeyAction]
    /// Which of the action's keys is meant, for actions whose keys stand for different places; nil means all keys.
    let place: Int?
    /// The default keys of the actions.
    var keys: [Key]
    /// The word in the hint line; nil when the key is not shown there.
    var hint: String?
    /// Which hints come first when the hint line is too short for all of them.
    var priority: HintPriority
    /// The sentence in the help.
    var help: String
    /// Why the key cannot be used now; nil when it can. A refused key is still shown, so that hints do not change their places.
    var refusal: String?
    var command: Command

    init(
        _ action: KeyAction, or others: [KeyAction] = [], place: Int? = nil, hint: String? = nil, priority: HintPriority = .normal,
        _ help: String, refusal: String? = nil, _ command: Command
    ) {
        self.action = action
        self.others = others
        self.place = place
        self.hint = hint
        self.priority = priority
        self.help = help
        self.refusal = refusal
        self.command = command
        keys = others.isEmpty && place == nil ? action.keys : Self.keys(action, others, place, nil)
    }

    var keyHelp: KeyHelp {
        KeyHelp(action: action, others: others, keys: keys, hint: hint, priority: priority, help: help, refusal: refusal)
    }

    /// The keys that are in effect, when the configuration sets some of them.
    func keys(_ own: KeyMap.Table) -> [Key] { Self.keys(action, others, place, own) }

    func configured(_ own: KeyMap.Table?) -> Binding {
        guard let own else { return self }
        var binding = self
        binding.keys = keys(own)
        return binding
    }

    private static func keys(_ action: KeyAction, _ others: [KeyAction], _ place: Int?, _ own: KeyMap.Table?) -> [Key] {
        let keys = others.reduce(own?[action] ?? action.keys) { $0 + (own?[$1] ?? $1.keys) }
        guard let place else { return keys }
        return keys.indices.contains(place) ? [keys[place]] : []
    }
}

/// Which hints are shown first. A new key has the priority `.normal`, so that it never displaces the keys for help and quit.
enum HintPriority: CaseIterable, Sendable {
    /// The keys that show the help and that leave the screen.
    case always
    case normal
    /// Shown only where room is left.
    case low
}

/// The part of a binding that the hint line and the help show.
struct KeyHelp: Sendable, Equatable {
    var action: KeyAction
    var others: [KeyAction]
    var keys: [Key]
    var hint: String?
    var priority: HintPriority
    var help: String
    var refusal: String?

    /// Whether one of the other bindings uses the first key of this one.
    func isHidden(by others: [KeyHelp]) -> Bool {
        guard let key = keys.first else { return true }
        return others.contains { $0.keys.contains(key) }
    }
}
