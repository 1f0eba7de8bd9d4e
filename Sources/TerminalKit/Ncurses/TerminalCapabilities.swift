import CNcurses
import Glibc

/// What the terminal's description promises, read once after `newterm`.
public struct TerminalCapabilities: Sendable {
    /// Understands the control sequences that xterm's descendants share and terminfo does not describe:
    /// bracketed paste, synchronised frames, links. A plain VT100 or the Linux console would print some of them.
    public let isModern: Bool
    /// Has a cursor that can be placed and a screen that can be emptied.
    public let isFit: Bool

    private static let modernNames = [
        "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "ghostty", "konsole", "st-", "vte",
    ]

    public init(name: String) {
        isModern = Self.modernNames.contains { name.hasPrefix($0) }
        isFit = Self.string("cup") != nil && (Self.string("clear") != nil || Self.string("ed") != nil)
    }

    /// Turns off what another program may have left on, since its keys would come in forms of its own, or reports between them:
    /// kitty's keyboard flags, xterm's `modifyOtherKeys`, reports of the mouse and of the focus. Nothing is asked, because an
    /// answer that comes late would be among the keys.
    static let foreignModesOff = "\u{1B}[=0u\u{1B}[>4;0m\u{1B}[?9;1000;1002;1003;1004;1005;1006;1015l"

    /// Reports of presses and of the wheel, in the form that has no last column.
    public static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h", mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

    /// A capability's bytes as terminfo has them; nil when the terminal lacks it.
    public static func string(_ capability: String) -> String? {
        masker_terminal_string(capability).map { String(cString: $0) }
    }

    /// What the terminal sends for its keys.
    static func keys() -> [(sequence: [UInt8], key: Key)] {
        KeySequences.terminfo.compactMap { name, key in
            masker_terminal_string(name).map { text in
                (UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }, key)
            }
        }
    }

    /// Bytes that undo everything the console switches on. Emptied before the alternate screen is left, because some
    /// terminals (GNU screen by default) have none and would keep the last picture.
    ///
    /// - Parameter mouse: whether that is in use.
    public func restoreBytes(mouse: Bool) -> [UInt8] {
        var text = Self.withoutPadding(["sgr0", "clear", "cnorm", "rmkx", "rmcup"].compactMap(Self.string).joined())
        if isModern { text += "\u{1B}[?2004l\u{1B}[?2026l" }
        if mouse { text += Self.mouseOff }
        return Array(text.utf8)
    }

    /// Terminfo writes delays as `$<5>`; they mean nothing to the terminals of today.
    private static func withoutPadding(_ text: String) -> String {
        var result = "", rest = text[...]
        while let start = rest.firstRange(of: "$<") {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: ">") else { break }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
