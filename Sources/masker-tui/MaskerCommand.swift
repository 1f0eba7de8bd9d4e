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

            Exit status: 0 done, 1 failed, 2 bad usage or no usable terminal, 3 not found, 4 sign-in needed, \
            5 not permitted, 6 too many requests, 7 the server was not reached, and nothing was sent.
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
            var command = if let console = console(arguments) { console } else { try parseAsRoot(arguments) }
            try command.run()
            guard let sentence = UnstoredLogin.sentence else { return 0 }
            ErrorOutput.write(sentence)
            return 1
        } catch let failure as CommandFailure {
            failure.sentence.map(ErrorOutput.write)
            UnstoredLogin.sentence.map(ErrorOutput.write)
            return failure.status
        } catch {
            let message = fullMessage(for: error)
            guard exitCode(for: error).isSuccess else {
                Descriptor.writeToStandardError(PrintableText.plain(message) + "\n")
                return 2
            }
            do {
                try Output.line(message == helpMessage() ? help : message)
                return 0
            } catch {
                let failure = error as? CommandFailure
                failure?.sentence.map(ErrorOutput.write)
                return failure?.status ?? 1
            }
        }
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

    /// The parser lists the options of the default subcommand only under `help console`; `--help` lists them, too.
    private static var help: String {
        let console = OpenConsole.helpMessage().split(separator: "OPTIONS:").last ?? ""
        return helpMessage() + "\n\nOPTIONS OF THE CONSOLE:" + console
    }
}
