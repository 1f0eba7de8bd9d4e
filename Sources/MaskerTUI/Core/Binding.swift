import TerminalKit

/// One key of a screen: the single source of hint line, help overlay and refusal.
struct Binding<Command: Sendable>: Sendable {
    var keys: [Key]
    /// The word in the hint line; nil keeps it out of there.
    var hint: String?
    /// The sentence in the help.
    var help: String
    /// Why it cannot be done now; nil when it can. A refused key stays visible, so that fingers keep their memory.
    var refusal: String?
    var command: Command

    init(_ keys: [Key], hint: String? = nil, _ help: String, refusal: String? = nil, _ command: Command) {
        self.keys = keys
        self.hint = hint
        self.help = help
        self.refusal = refusal
        self.command = command
    }

    var keyHelp: KeyHelp { KeyHelp(keys: keys, hint: hint, help: help, refusal: refusal) }
}

/// What hint line and help show of a binding.
struct KeyHelp: Sendable, Equatable {
    var keys: [Key]
    var hint: String?
    var help: String
    var refusal: String?

    /// Whether a screen has given its first key a meaning of its own.
    func isHidden(by others: [KeyHelp]) -> Bool {
        guard let key = keys.first else { return false }
        return others.contains { $0.keys.contains(key) }
    }
}
