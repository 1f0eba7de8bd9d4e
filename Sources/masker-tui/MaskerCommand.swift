import ArgumentParser
import CTerminal
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// The command line of masker-tui.
@main
struct MaskerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "masker-tui",
        abstract: "The admin console of Masker, for a terminal.",
        discussion: """
            The login session comes from MASKER_SESSION or from the file that signing in has written. \
            MASKER_TOKEN, an API token, takes precedence over both. Neither is ever an argument, because other users could read that. \
            When the server replaces the value of MASKER_SESSION, the new value is kept for the next start with that variable, in \
            a file that only you can read, unless --no-store is given.

            \(ExitStatus.sentence)
            """,
        version: "masker-tui \(Version.current)",
        subcommands: [
            OpenConsole.self, WhoamiCommand.self, AgentsCommand.self, SessionsCommand.self, ReportCommand.self, OverviewCommand.self, HealthCommand.self, LoginCommand.self,
            LogoutCommand.self, ConfigCommand.self,
        ],
        defaultSubcommand: OpenConsole.self)

    /// Bad usage exits with status 2, as in other terminal programs, not with the parser's 64.
    static func main() {
        process_harden()
        // A closed socket or pipe is reported as an error; it must not end the process.
        signal(SIGPIPE, SIG_IGN)
        // The same for a file that has reached the size limit of the process.
        signal(SIGXFSZ, SIG_IGN)
        end(status())
    }

    private static func status() -> Int32 {
        do {
            let arguments = try RestrictedMode.arguments(of: ProcessArguments.given())
            guard !arguments.isEmpty else {
                // Without arguments the parser is skipped: it would take longer than everything else before the first frame.
                try OpenConsole.open(ConnectionChoices(), [:])
                return 0
            }
            if let script = try Completions.requested(by: arguments) {
                try Output.text(script)
                return 0
            }
            var command = try command(for: arguments)
            try command.run()
            guard let sentence = UnstoredLogin.sentence else { return 0 }
            ErrorOutput.write(sentence)
            return 1
        } catch let failure as CommandFailure {
            failure.sentence.map(ErrorOutput.write)
            UnstoredLogin.sentence.map(ErrorOutput.write)
            return failure.status
        } catch {
            let columns = TerminalWidth.current
            // The parser also reads this variable itself, and cannot work with a small number.
            setenv("COLUMNS", "\(TerminalWidth.standard)", 1)
            let message = fullMessage(for: error)
            guard exitCode(for: error).isSuccess else {
                Descriptor.writeToStandardError(PrintableText.plain(message) + "\n")
                return 2
            }
            do {
                try Output.line(HelpText.fitted(columns: columns) { columns in help(fullMessage(for: error, columns: columns), columns: columns) })
                return 0
            } catch {
                let failure = error as? CommandFailure
                failure?.sentence.map(ErrorOutput.write)
                return failure?.status ?? 1
            }
        }
    }

    /// The command that the arguments ask for. Options can stand before the words of the command, and after them.
    static func command(
        for given: [String], _ order: @autoclosure () throws -> ArgumentOrder = ArgumentOrder(try CommandDescription.current())
    ) throws -> ParsableCommand {
        var arguments = given
        if ArgumentOrder.isNeeded(for: given, commandWords) {
            let order = try order()
            do { arguments = try order.normalised(given) } catch { throw CommandFailure.usage(error.sentence) }
        }
        let command = if let console = console(arguments) { console } else { try parseAsRoot(arguments) }
        // Whatever else the arguments are, restricted mode is on when the word is among them: a wrapper of the administrator may
        // have put it behind a “--” of the user's.
        guard !given.contains("--restricted") || (command as? any ConnectingCommand)?.connection.restricted == true else {
            throw CommandFailure.usage("--restricted is not an option at this place; write it first, and never behind “--”")
        }
        return command
    }

    private static var commandWords: [ArgumentOrder.Command] { words(configuration.subcommands) + [ArgumentOrder.Command(name: "help")] }

    private static func words(_ commands: [any ParsableCommand.Type]) -> [ArgumentOrder.Command] {
        commands.map { ArgumentOrder.Command(name: $0.configuration.commandName ?? "", subcommands: words($0.configuration.subcommands)) }
    }

    /// The console command, if the arguments are only its options. This is much faster than `parseAsRoot`, which looks at
    /// every command and option. Nil when `parseAsRoot` is needed: for other commands, for help and for errors.
    static func console(_ arguments: [String]) -> ParsableCommand? {
        guard arguments.first?.hasPrefix("-") ?? true else { return nil }
        return try? OpenConsole.parse(arguments)
    }

    /// Ends the process without the exit handlers of the libraries: they free memory that the network thread may still be
    /// using, and the process would crash.
    private static func end(_ status: Int32) -> Never {
        SignalWatch.waitForEndingSignal()
        fflush(nil)
        _exit(status)
    }

    /// The parser lists the options of a default subcommand only in that one's help. Whoever reads the help of the command before
    /// it looks for them, too.
    /// - Parameter text: the parser's help of any command, or another text.
    static func help(_ text: String, columns: Int) -> String {
        for command in [MaskerCommand.self] + configuration.subcommands {
            guard let whole = command.configuration.defaultSubcommand, text == helpMessage(for: command, columns: columns) else { continue }
            let options = helpMessage(for: whole, columns: columns).split(separator: "OPTIONS:").last ?? ""
            let name = whole.configuration.commandName ?? ""
            return text + "\n\nOPTIONS OF \(name.uppercased()), WHICH IS THE DEFAULT:" + options
        }
        return text
    }
}
