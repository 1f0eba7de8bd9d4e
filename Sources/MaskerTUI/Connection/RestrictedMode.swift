import CTerminal
import FoundationEssentials
import Glibc

/// Restricted mode, for users who may use only this console on the machine: docs/restricted.md.
package enum RestrictedMode {
    /// Returns the arguments for the parser. When the console is a login shell, its name alone turns on restricted mode.
    /// - Throws: `CommandFailure` when the arguments ask for a command, as `sshd` and `su -c` do with a shell.
    package static func arguments(of commandLine: [String]) throws(CommandFailure) -> [String] {
        let isLoginShell = commandLine.first?.hasPrefix("-") == true
        let arguments = Array(commandLine.dropFirst())
        guard arguments.first != "-c", !isLoginShell || arguments.isEmpty else {
            throw .usage("this is a console, not a shell; it runs no commands")
        }
        return isLoginShell ? ["--restricted"] : arguments
    }

    /// Prevents this process from starting programs, and removes every variable that could influence the console or a library.
    /// - Returns: The remaining variables for the console. `HOME` is not set again: with it, ncurses would read `~/.terminfo`.
    static func enter() throws(CommandFailure) -> [String: String] {
        guard process_harden() == 0 else {
            throw .failed("this kernel cannot keep other programs from reading this one's memory, so --restricted is not possible")
        }
        guard process_forbid_programs() == 0 else {
            throw .failed("this kernel cannot keep a process from starting programs, so --restricted is not possible")
        }
        // The secrets are overwritten, because other programs could read them in this process's environment.
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
