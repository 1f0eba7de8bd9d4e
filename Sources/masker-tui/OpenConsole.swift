import ArgumentParser
import CTerminal
import FoundationEssentials
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// Opens the console: what `masker-tui` does without a subcommand.
struct OpenConsole: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "console", abstract: "Open the console (the default).")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var console: ConsoleOptions

    func run() throws { try Self.open(connection.choices, console.given) }

    /// Shows the console until the user leaves it.
    /// - Parameter given: the options that only the console has.
    static func open(_ choices: ConnectionChoices, _ given: [String: Given]) throws {
        let start = try choices.prepare(given)
        let configuration = try start.sources.configuration()
        let visit = try Visits.Visit(start, configuration)
        TerminalLocale.adopt(start.environment)
        tzset()
        // Before ncurses, which installs handlers of its own where there are none.
        let signals = signal_pipe_open()
        guard signals >= 0 else { throw CommandFailure.failed("signals cannot be waited for: \(String(cString: strerror(errno)))") }
        let terminal: NcursesTerminal
        do {
            terminal = try NcursesTerminal(
                environment: start.environment, escapeDelay: configuration.escapeDelay, theme: configuration.theme,
                mouse: configuration.usesMouse)
        } catch {
            throw CommandFailure.usage(error.description)
        }
        let status = Visits(start: start, terminal: terminal, signals: signals).run(visit)
        if status != 0 { throw CommandFailure(status: status) }
    }
}
