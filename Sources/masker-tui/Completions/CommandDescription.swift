import ArgumentParser
import FoundationEssentials

/// The command line as the argument parser describes it: `--experimental-dump-help`. The completions and the manual page are
/// written from it.
struct CommandDescription: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String
            var text: String { (kind == "short" ? "-" : "--") + name }
        }
        /// What can stand in place of the value. Nil when the declaration says nothing about it.
        struct Completion: Decodable {
            struct List: Decodable { var values: [String] }
            struct Files: Decodable {}
            var list: List?
            var file: Files?
            var directory: Files?
        }
        var kind: String
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var preferredName: Name?
        var valueName: String?
        var defaultValue: String?
        var abstract: String?
        var completionKind: Completion?

        /// `--url ORIGIN`, `[--json]`, `ID`.
        var synopsis: String {
            let value = (valueName ?? "").uppercased()
            let text = kind == "positional" ? value : (preferredName?.text ?? "") + (kind == "option" ? " " + value : "")
            return (isOptional ? "[\(text)]" : text) + (isRepeating ? " …" : "")
        }
    }

    struct Command: Decodable {
        var commandName: String
        var abstract: String?
        var discussion: String?
        var shouldDisplay: Bool
        var defaultSubcommand: String?
        var subcommands: [Command]?
        var arguments: [Argument]?

        var ownArguments: [Argument] {
            (arguments ?? []).filter { $0.shouldDisplay && !["help", "version"].contains($0.preferredName?.name ?? "") }
        }
        var ownSubcommands: [Command] { (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" } }
    }

    var command: Command

    static func current() throws -> Command {
        try JSONDecoder().decode(CommandDescription.self, from: Data(MaskerCommand._dumpHelp().utf8)).command
    }
}
