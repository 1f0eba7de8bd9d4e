import ArgumentParser
import MaskerAPI
import MaskerTUI
import TerminalKit

/// `masker-tui whoami`: prints the signed-in user as `login<TAB>role`, or as JSON.
struct WhoamiCommand: ScriptCommand {
    static let configuration = CommandConfiguration(commandName: "whoami", abstract: "Print the login and the role of the signed-in user.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let user = try withClient { try await $0.currentUser() }
        guard !output.format.isJSON else { return try Output.object(UserRecord(user: user), output.format) }
        try Output.line(PrintableText(user.login ?? user.id ?? "?").string + "\t" + PrintableText(AccountScreen.role(user)).string)
    }
}

/// The signed-in user as JSON: the user's fields, with `account` and `permissions` where the server tells them.
struct UserRecord: Encodable {
    var user: User

    func encode(to encoder: any Encoder) throws {
        try user.encode(to: encoder)
        var container = encoder.container(keyedBy: User.CodingKeys.self)
        try container.encodeIfPresent(user.account, forKey: .account)
        try container.encodeIfPresent(user.permissions, forKey: .permissions)
    }
}

/// What a command without a record of its own has done, as JSON.
struct OutcomeRecord: Encodable {
    var outcome: String
    var id: String?
    var name: String?
}
