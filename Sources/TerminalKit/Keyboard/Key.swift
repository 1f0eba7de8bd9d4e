/// A key as the console understands it.
public enum Key: Hashable, Sendable {
    case character(Unicode.Scalar)
    case control(Unicode.Scalar)
    case function(Int)
    case enter, escape, backspace, tab, backTab, delete
    case up, down, left, right, pageUp, pageDown, home, end, insert
    /// ← and → with Ctrl.
    case controlLeft, controlRight
    /// A key pressed with Alt, as `alt(_:)` makes it.
    case withAlt(AltKey)

    /// As help and hints write it.
    public var name: String {
        switch self {
        case .character(" "): "Space"
        case .character(let scalar): String(scalar)
        case .control(let scalar): "Ctrl-" + String(scalar).uppercased()
        case .function(let number): "F\(number)"
        case .enter: "Enter"
        case .escape: "Esc"
        case .backspace: "Backspace"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .delete: "Del"
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .home: "Home"
        case .end: "End"
        case .insert: "Ins"
        case .controlLeft: "Ctrl-←"
        case .controlRight: "Ctrl-→"
        case .withAlt(let key): "Alt-" + key.key.name
        }
    }
}

/// What can come from the terminal.
public enum TerminalEvent: Equatable, Sendable {
    case key(Key)
    /// Pasted in one piece; goes into text fields and nowhere else.
    case paste(String)
    /// Comes only where the mouse is asked for.
    case mouse(MouseEvent)
}

/// What the mouse does. Rows and columns are counted from 0.
public enum MouseEvent: Equatable, Sendable {
    case press(row: Int, column: Int)
    /// By so many notches; towards the end is positive.
    case wheel(Int)
}
