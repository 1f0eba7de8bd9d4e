import TerminalKit

/// Effects that the UI thread runs itself.
enum TerminalEffect: Sendable, Equatable {
    /// Rings the terminal's bell.
    case ring
    /// Copies a text to `ConsoleSettings.clipboard`. tmux is called on another thread.
    case copy(CopiedText)
    case useTheme(Theme.Name)
    case suspend
    case repaint
    case quit
    /// Ends the run on this server, and starts one with another profile.
    case reopen(profile: String)
}
