import CTerminal
import FoundationEssentials
import Glibc

/// For people who get this console and nothing else of the machine: docs/restricted.md.
package enum RestrictedMode {
    /// The command line as the parser is to see it: as a login shell the console is restricted, by its name alone.
    /// - Throws: `CommandFailure` when it is to run a command, as `sshd` and `su -c` ask a shell.
    package static func arguments(of commandLine: [String]) throws(CommandFailure) -> [String] {
        let isLoginShell = commandLine.first?.hasPrefix("-") == true
        let arguments = Array(commandLine.dropFirst())
        guard arguments.first != "-c", !isLoginShell || arguments.isEmpty else {
            throw .usage("this is a console, not a shell; it runs no commands")
        }
        return isLoginShell ? ["--restricted"] : arguments
    }

    /// Gives up starting programs, and every variable that could tell the console or a library what to do.
    /// - Returns: what is left, for the console; `HOME` is for it alone, since ncurses would read `~/.terminfo`.
    static func enter() throws(CommandFailure) -> [String: String] {
        guard process_harden() == 0 else {
            throw .failed("this kernel cannot keep other programs from reading this one's memory, so --restricted is not possible")
        }
        guard process_forbid_programs() == 0 else {
            throw .failed("this kernel cannot keep a process from starting programs, so --restricted is not possible")
        }
        // Overwritten where others could read it, not only forgotten.
        EnvironmentSecrets.discard()
        let kept = ProcessInfo.processInfo.environment.filter { keeps($0.key) }
        clearenv()
        for (name, value) in kept where name != "HOME" { setenv(name, value, 1) }
        return kept
    }

    static func keeps(_ name: String) -> Bool {
        ["TERM", "LANG", "SSH_CONNECTION", "HOME"].contains(name) || name.hasPrefix("LC_")
    }
}
