import ArgumentParser
import MaskerAPI
import MaskerTUI
import TerminalKit

/// `masker-tui whoami`: prints the signed-in user as `login<TAB>role`.
struct WhoamiCommand: ScriptCommand {
    static let configuration = CommandConfiguration(commandName: "whoami", abstract: "Print the login and the role of the signed-in user.")

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let user = try withClient { try await $0.currentUser() }
        try Output.line(PrintableText(user.login ?? user.id ?? "?").string + "\t" + PrintableText(AccountScreen.role(user)).string)
    }
}
