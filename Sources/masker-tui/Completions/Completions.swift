import ArgumentParser

/// The completions for bash, zsh and fish. They take the place of the parser's own, which know neither the options of a default
/// subcommand nor what an option takes in most cases.
enum Completions {
    private static let option = "--generate-completion-script"

    /// The script that the arguments ask for; nil when they ask for something else, or for a shell that the parser must refuse.
    static func requested(by arguments: [String]) throws -> String? {
        guard let first = arguments.first, arguments.count <= 2, first == option || first.hasPrefix(option + "=") else { return nil }
        let name = first == option ? arguments.dropFirst().first : String(first.dropFirst(option.count + 1))
        guard let shell = name.map({ CompletionShell(rawValue: $0) }) ?? CompletionShell.autodetected() else { return nil }
        return try script(for: shell)
    }

    static func script(for shell: CompletionShell) throws -> String {
        let table = CompletionTable(try CommandDescription.current())
        return switch shell {
        case .zsh: ZshCompletion.script(table)
        case .fish: FishCompletion.script(table)
        default: BashCompletion.script(table)
        }
    }

    /// The text in single quotes, for any of the shells.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }
}
