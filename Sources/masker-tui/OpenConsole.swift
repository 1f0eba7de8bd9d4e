import ArgumentParser
import CTerminal
import FoundationEssentials
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// Opens the console. `masker-tui` without a subcommand does the same.
struct OpenConsole: ConnectingCommand {
    static let configuration = CommandConfiguration(commandName: "console", abstract: "Open the console (the default).")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var console: ConsoleOptions

    func run() throws { try Self.open(connection.choices, console.given) }

    /// Shows the console until the user leaves it.
    /// - Parameter given: the values of the options that only the console has, by the name of the setting.
    static func open(_ choices: ConnectionChoices, _ given: [String: ConfiguredValue]) throws {
        let start = try choices.prepare(given)
        let configuration = try start.sources.configuration()
        let profileRun = try ConsoleRun.ProfileRun(start, configuration)
        TerminalLocale.adopt(start.environment)
        tzset()
        // Before ncurses starts: it installs its own handlers if there are none.
        let signals = signal_pipe_open()
        guard signals >= 0 else { throw CommandFailure.failed("cannot wait for signals: \(String(cString: strerror(errno)))") }
        let terminal: NcursesTerminal
        do {
            terminal = try NcursesTerminal(
                environment: start.environment, escapeDelay: configuration.escapeDelay, theme: configuration.theme,
                mouse: configuration.usesMouse)
        } catch {
            throw CommandFailure.usage(error.description)
        }
        let status = ConsoleRun(start: start, terminal: terminal, signals: signals).run(profileRun)
        if status != 0 { throw CommandFailure(status: status) }
    }
}
