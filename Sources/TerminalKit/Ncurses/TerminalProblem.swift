/// Why the console cannot use the terminal it was started in: one sentence, exit status 2.
public struct TerminalProblem: Error, Equatable, CustomStringConvertible {
    /// The sentence for the user.
    public let description: String

    public init(description: String) {
        self.description = description
    }

    /// Standard input or output is not a terminal.
    public static let noTerminal = TerminalProblem(
        description: "masker-tui needs a terminal for its screen; over ssh, ask for one with `ssh -t`.")

    /// terminfo does not have the terminal type, or `TERM` is not set.
    public static func unknown(_ name: String?) -> TerminalProblem {
        guard let name, !name.isEmpty else {
            return TerminalProblem(description: "TERM is not set; set it to the type of your terminal, such as xterm-256color.")
        }
        return TerminalProblem(
            description: "The terminal type “\(PrintableText(name).string)” is not known here; "
                + "try TERM=xterm-256color, or install the package ncurses-term.")
    }

    /// The terminal type cannot place text on the screen.
    public static func unfit(_ name: String?) -> TerminalProblem {
        TerminalProblem(
            description: "The terminal type “\(PrintableText(name ?? "").string)” cannot place text on the screen; "
                + "use a real terminal, such as one with TERM=xterm-256color.")
    }
}
