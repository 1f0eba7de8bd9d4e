import TerminalKit

/// What the thread of the terminal does itself.
enum TerminalEffect: Sendable, Equatable {
    /// The bell.
    case ring
    /// To the clipboard that `Settings.clipboard` leads to; tmux is asked on another thread.
    case copy(CopiedText)
    case useTheme(Theme.Name)
    case suspend
    case repaint
    case quit
    /// Ends the run on this server and begins one with another profile.
    case reopen(profile: String)
}
