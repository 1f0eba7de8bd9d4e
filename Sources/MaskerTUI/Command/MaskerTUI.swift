import ArgumentParser
import CTerminal
import Foundation
import MaskerAPI

/// The command line of masker-tui.
@main
struct MaskerTUI: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "masker-tui",
        abstract: "The admin console of Masker, for a terminal.",
        discussion: """
            The login session comes from MASKER_SESSION or from the file that signing in inside the console has written. \
            It is never an argument, because other users could read that.

            Exit status: 0 done, 1 failed, 2 bad usage or no usable terminal, 4 sign-in needed.
            """,
        version: "masker-tui \(Version.current)",
        subcommands: [OpenConsole.self, Whoami.self],
        defaultSubcommand: OpenConsole.self)

    /// Bad usage ends with 2, as other programs for the terminal do, not with the parser's 64.
    static func main() {
        process_harden()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            Self.complain(failure.sentence)
            Foundation.exit(failure.status)
        } catch {
            let status = exitCode(for: error)
            guard status.isSuccess else {
                FileHandle.standardError.write(Data((PrintableText.plain(fullMessage(for: error)) + "\n").utf8))
                Foundation.exit(2)
            }
            guard fullMessage(for: error) == helpMessage() else { exit(withError: error) }
            print(help)
        }
    }

    /// The parser lists the options of the default subcommand only under `help console`; who asks for help wants them.
    private static var help: String {
        let console = OpenConsole.helpMessage().split(separator: "OPTIONS:").last ?? ""
        return helpMessage() + "\n\nOPTIONS OF THE CONSOLE:" + console
    }

    static func complain(_ sentence: String) {
        FileHandle.standardError.write(Data(("masker-tui: " + PrintableText.plain(sentence) + "\n").utf8))
    }
}

/// Why a command ends without success: one sentence and the exit status.
struct CommandFailure: Error {
    var status: Int32
    var sentence: String

    static func usage(_ sentence: String) -> CommandFailure { CommandFailure(status: 2, sentence: sentence) }
    static func signInNeeded(_ sentence: String) -> CommandFailure { CommandFailure(status: 4, sentence: sentence) }
    static func failed(_ sentence: String) -> CommandFailure { CommandFailure(status: 1, sentence: sentence) }
}

extension PrintableText {
    /// Text for standard output and error: every line made printable.
    static func plain(_ text: String) -> String { lines(of: text).map(\.string).joined(separator: "\n") }
}
