import FoundationEssentials

/// The way to the clipboard of the person at the terminal, who is mostly at another machine.
public enum Clipboard: Equatable, Sendable {
    /// OSC 52, which most terminals take, some when they are told to.
    case terminal
    /// GNU screen hands OSC 52 on when it is wrapped.
    case screen
    /// tmux keeps OSC 52 to itself unless it is told otherwise; its own command puts a text into its buffers and, where
    /// it can, into the terminal's clipboard. The variables are what that command needs.
    case tmux([String: String])

    /// - Parameter isModern: `TerminalCapabilities.isModern`; others would print the sequence.
    /// - Returns: nil when there is no way.
    public init?(environment: [String: String], isModern: Bool) {
        if environment["TMUX"]?.isEmpty == false {
            self = .tmux(environment.filter { ["TMUX", "PATH", "LANG", "LC_ALL", "TERM"].contains($0.key) })
        } else if isModern {
            self = environment["STY"]?.isEmpty == false ? .screen : .terminal
        } else {
            return nil
        }
    }

    /// What the terminal is sent to take a text; nil when it is not the terminal that takes it.
    public func sequence(_ text: CopiedText) -> String? {
        let sequence = "\u{1B}]52;c;\(Data(text.text.utf8).base64EncodedString())\u{07}"
        switch self {
        case .terminal: return sequence
        case .screen: return "\u{1B}P\(sequence)\u{1B}\\"
        case .tmux: return nil
        }
    }
}

/// What may be copied: ids and addresses, on one line and of visible ASCII, so that pasting into a shell runs nothing by
/// itself. Never payloads.
public struct CopiedText: Hashable, Sendable {
    /// `id`, `proxy URL`.
    public let name: String
    public let text: String

    private static let longest = 2_000

    public init?(_ name: String, _ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.longest, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.name = name
        self.text = text
    }
}
