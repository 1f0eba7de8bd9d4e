/// A key as the console understands it.
public enum Key: Hashable, Sendable {
    case character(Unicode.Scalar)
    case control(Unicode.Scalar)
    case function(Int)
    case enter, escape, backspace, tab, backTab, delete
    case up, down, left, right, pageUp, pageDown, home, end, insert
    /// ← and → with Ctrl.
    case controlLeft, controlRight
    /// A key with Alt; made by `alt(_:)`.
    case withAlt(AltKey)

    /// The name in the help and in hints.
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

/// An event from the terminal.
public enum TerminalEvent: Equatable, Sendable {
    case key(Key)
    /// A text that was pasted. Only text fields take it.
    case paste(String)
    /// Only if the mouse is switched on.
    case mouse(MouseEvent)
}

/// An event of the mouse. Rows and columns count from 0.
public enum MouseEvent: Equatable, Sendable {
    case press(row: Int, column: Int)
    /// The number of notches; positive towards the end.
    case wheel(Int)
}
