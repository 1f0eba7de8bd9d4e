import FoundationEssentials

/// How a text gets to the clipboard of the person at the terminal, who usually works on another machine.
public enum Clipboard: Equatable, Sendable {
    /// The escape sequence OSC 52: most terminals accept it, some only if they are configured so.
    case terminal
    /// OSC 52 wrapped for GNU screen, which passes it on to the terminal.
    case screen
    /// The command `tmux load-buffer`, because tmux does not pass OSC 52 on unless it is configured so. The command puts the
    /// text into tmux's paste buffer and, if possible, into the terminal's clipboard. The value is its environment.
    case tmux([String: String])

    /// - Parameter isModern: `TerminalCapabilities.isModern`; other terminals would print the sequence.
    /// - Returns: nil when no text can get to a clipboard.
    public init?(environment: [String: String], isModern: Bool) {
        if environment["TMUX"]?.isEmpty == false {
            self = .tmux(environment.filter { ["TMUX", "PATH", "LANG", "LC_ALL", "TERM"].contains($0.key) })
        } else if isModern {
            self = environment["STY"]?.isEmpty == false ? .screen : .terminal
        } else {
            return nil
        }
    }

    /// The bytes that make the terminal copy a text; nil for tmux, where a command does that.
    public func sequence(_ text: CopiedText) -> String? {
        let sequence = "\u{1B}]52;c;\(Data(text.text.utf8).base64EncodedString())\u{07}"
        switch self {
        case .terminal: return sequence
        case .screen: return "\u{1B}P\(sequence)\u{1B}\\"
        case .tmux: return nil
        }
    }
}

/// A text that may be copied: an id or an address, one line of visible ASCII, so that pasting it into a shell does not run
/// anything. Never a payload.
public struct CopiedText: Hashable, Sendable {
    /// What the text is, for the notice: `id`, `proxy URL`.
    public let name: String
    public let text: String

    private static let longest = 2_000

    /// Nil for an empty text, for more than 2,000 bytes, and for characters other than visible ASCII.
    public init?(_ name: String, _ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.longest, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.name = name
        self.text = text
    }
}
