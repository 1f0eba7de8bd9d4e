import CNcurses

/// Turns what ncurses reads into keys and pastes.
public struct NcursesInput {
    /// Text between the two marks of a bracketed paste; nil outside of one.
    private var paste: [Unicode.Scalar]?
    /// The rest of a longer paste is dropped: no field takes more.
    private static let longestPaste = 64 << 10

    /// What has come of a report of the mouse; nil outside of one. ncurses' own reading of them joins those that come
    /// together, as over a slow line, to clicks and loses some.
    private var report: [Unicode.Scalar]?
    private static let longestReport = 20
    /// How many characters of a report in the old form are still to come.
    private var oldReportRest = 0
    /// Reports come although nobody asked for them where another program has left the mouse on: they press no keys.
    private var usesMouse = false

    // Codes of our own behind ncurses' last one.
    private let pasteStart = masker_key_max() + 1
    private let pasteEnd = masker_key_max() + 2
    private let mouseStart = masker_key_max() + 3
    private let oldMouseStart = masker_key_max() + 4

    public init() {
        masker_define_key("\u{1B}[200~", pasteStart)
        masker_define_key("\u{1B}[201~", pasteEnd)
        // Arrows come in two forms, and some terminals keep to the one that terminfo does not name.
        for (letter, key) in [("A", KEY_UP), ("B", KEY_DOWN), ("C", KEY_RIGHT), ("D", KEY_LEFT)] {
            masker_define_key("\u{1B}[\(letter)", key)
            masker_define_key("\u{1B}O\(letter)", key)
        }
    }

    /// Whether reports of the mouse mean something. To be said after `keypad`, which makes ncurses define its own.
    public mutating func use(mouse: Bool) {
        usesMouse = mouse
        masker_define_key("\u{1B}[<", mouseStart)
        masker_define_key("\u{1B}[M", oldMouseStart)
    }

    /// Everything that has come, until ncurses has no more: it keeps a queue that `poll` does not see.
    public mutating func readAll() -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        while true {
            var code: wint_t = 0
            let result = get_wch(&code)
            if result == ERR { return events }
            if let event = event(code: Int32(bitPattern: code), isFunctionKey: result == masker_key_code_yes()) {
                events.append(event)
            }
        }
    }

    /// Whether a paste has begun and its end mark has not come.
    public var isPasting: Bool { paste != nil }

    /// Ends a paste whose end mark never came.
    public mutating func endPaste() -> TerminalEvent? {
        defer { paste = nil }
        return paste.map { .paste(String(String.UnicodeScalarView($0))) }
    }

    private mutating func event(code: Int32, isFunctionKey: Bool) -> TerminalEvent? {
        if isFunctionKey {
            report = nil
            oldReportRest = 0
            if code == pasteStart {
                paste = []
                return nil
            }
            if code == pasteEnd { return endPaste() }
            if code == mouseStart {
                if paste == nil { report = [] }
                return nil
            }
            if code == oldMouseStart {
                if paste == nil { oldReportRest = 3 }
                return nil
            }
            return paste == nil ? Self.functionKey(code).map(TerminalEvent.key) : nil
        }
        guard let scalar = Unicode.Scalar(UInt32(bitPattern: code)) else { return nil }
        if report != nil { return mouse(scalar) }
        if oldReportRest > 0, scalar.value >= 0x20 {
            oldReportRest -= 1
            return nil
        }
        if paste != nil {
            if (paste?.count ?? 0) < Self.longestPaste { paste?.append(scalar) }
            return nil
        }
        return .key(Self.key(scalar))
    }

    /// One more character of a report; what does not belong to one ends it.
    private mutating func mouse(_ scalar: Unicode.Scalar) -> TerminalEvent? {
        switch scalar {
        case "0"..."9", ";": if (report?.count ?? 0) < Self.longestReport { report?.append(scalar) }
        case "M":
            defer { report = nil }
            return !usesMouse ? nil : report.flatMap(Self.mouseEvent).map(TerminalEvent.mouse)
        // `m` for a button that is let go.
        default: report = nil
        }
        return nil
    }

    /// `button;column;row`, counted from 1.
    private static func mouseEvent(_ report: [Unicode.Scalar]) -> MouseEvent? {
        let numbers = String(String.UnicodeScalarView(report)).split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 3, let button = numbers[0], let column = numbers[1], let row = numbers[2], row > 0, column > 0 else { return nil }
        switch button {
        case 0: return .press(row: row - 1, column: column - 1)
        case 64: return .wheel(-1)
        case 65: return .wheel(1)
        default: return nil
        }
    }

    private static func key(_ scalar: Unicode.Scalar) -> Key {
        switch scalar.value {
        case 0x0A, 0x0D: .enter
        case 0x1B: .escape
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0..<0x20: .control(Unicode.Scalar(UInt8(scalar.value + 0x60)))
        default: .character(scalar)
        }
    }

    private static func functionKey(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP: return .up
        case KEY_DOWN: return .down
        case KEY_LEFT: return .left
        case KEY_RIGHT: return .right
        case KEY_PPAGE: return .pageUp
        case KEY_NPAGE: return .pageDown
        case KEY_HOME: return .home
        case KEY_END: return .end
        case KEY_ENTER: return .enter
        case KEY_BACKSPACE: return .backspace
        case KEY_DC: return .delete
        case KEY_BTAB: return .backTab
        default:
            let number = (1...12).first { masker_key_f(Int32($0)) == code }
            return number.map(Key.function)
        }
    }
}
