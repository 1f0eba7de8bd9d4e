import TerminalKit

/// One key of a screen: the single source of hint line, help overlay and refusal.
struct Binding<Command: Sendable>: Sendable {
    let action: KeyAction
    /// Others whose keys do the same here: `?` closes the help, too.
    let others: [KeyAction]
    /// Which of the action's keys it is, where each means another place; nil: all of them.
    let place: Int?
    /// Those that the actions have by themselves, unless the configuration has set others.
    var keys: [Key]
    /// The word in the hint line; nil keeps it out of there.
    var hint: String?
    /// What comes first where the hint line is too short for all.
    var priority: HintPriority
    /// The sentence in the help.
    var help: String
    /// Why it cannot be done now; nil when it can. A refused key stays visible, so that fingers keep their memory.
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

    /// The keys where the configuration has set some.
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

/// What the hint line gives its room to first. A new key is `.normal` and takes no room from what tells all the others.
enum HintPriority: CaseIterable, Sendable {
    /// How to see every key, and how to leave.
    case always
    case normal
    /// Where there is room left.
    case low
}

/// What hint line and help show of a binding.
struct KeyHelp: Sendable, Equatable {
    var action: KeyAction
    var others: [KeyAction]
    var keys: [Key]
    var hint: String?
    var priority: HintPriority
    var help: String
    var refusal: String?

    /// Whether a screen has given its first key a meaning of its own.
    func isHidden(by others: [KeyHelp]) -> Bool {
        guard let key = keys.first else { return true }
        return others.contains { $0.keys.contains(key) }
    }
}
