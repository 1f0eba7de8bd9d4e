import CNcurses
import Glibc

/// What the terminal can do according to terminfo, read once after `newterm`.
public struct TerminalCapabilities: Sendable {
    /// Whether the terminal understands the control sequences that xterm and its successors share and terminfo does not
    /// describe: bracketed paste, synchronised frames, links. A VT100 or the Linux console would print some of them.
    public let isModern: Bool
    /// Whether the cursor can be placed and the screen can be cleared.
    public let isFit: Bool

    private static let modernNames = [
        "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "ghostty", "konsole", "st-", "vte",
    ]

    public init(name: String) {
        isModern = Self.modernNames.contains { name.hasPrefix($0) }
        isFit = Self.string("cup") != nil && (Self.string("clear") != nil || Self.string("ed") != nil)
    }

    /// Switches off modes that another program may have left on, because they change the bytes of keys or send reports between
    /// them: kitty's keyboard flags, xterm's `modifyOtherKeys`, reports of the mouse and of the focus. The console asks the
    /// terminal nothing, because a late answer would come among the keys.
    static let foreignModesOff = "\u{1B}[=0u\u{1B}[>4;0m\u{1B}[?9;1000;1002;1003;1004;1005;1006;1015l"

    /// Switch reports of mouse buttons and of the wheel on and off, in the form without a largest column (SGR, 1006).
    public static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h", mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

    /// The bytes of a capability in terminfo, such as `cup`; nil when the terminal lacks it.
    public static func string(_ capability: String) -> String? {
        masker_terminal_string(capability).map { String(cString: $0) }
    }

    /// The bytes that the terminal sends for its keys, according to terminfo.
    static func keys() -> [(sequence: [UInt8], key: Key)] {
        KeySequences.terminfo.compactMap { name, key in
            masker_terminal_string(name).map { text in
                (UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }, key)
            }
        }
    }

    /// The bytes that switch off everything that the console switches on. The screen is cleared before the alternate screen
    /// is left, because some terminals (GNU screen by default) have no alternate screen and would keep the last frame.
    ///
    /// - Parameter mouse: whether reports of the mouse are on.
    public func restoreBytes(mouse: Bool) -> [UInt8] {
        var text = Self.withoutPadding(["sgr0", "clear", "cnorm", "rmkx", "rmcup"].compactMap(Self.string).joined())
        if isModern { text += "\u{1B}[?2004l\u{1B}[?2026l" }
        if mouse { text += Self.mouseOff }
        return Array(text.utf8)
    }

    /// Removes delays, which terminfo writes as `$<5>`: terminals of today do not need them.
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
