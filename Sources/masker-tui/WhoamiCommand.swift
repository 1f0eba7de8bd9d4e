import ArgumentParser
import MaskerAPI
import MaskerTUI
import TerminalKit

/// Says who is signed in: `login<TAB>role`.
struct WhoamiCommand: ScriptCommand {
    static let configuration = CommandConfiguration(commandName: "whoami", abstract: "Print who is signed in, and as what.")

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let user = try withClient { try await $0.currentUser() }
        try Output.line(PrintableText(user.login ?? user.id ?? "?").string + "\t" + PrintableText(AccountScreen.role(user)).string)
    }
}
