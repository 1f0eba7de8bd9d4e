import ArgumentParser
import MaskerTUI

/// The options that every command shares: which server to connect to, and as which user.
struct ConnectionOptions: ParsableArguments {
    @Option(help: .setting("url", valueName: "origin"))
    var url: String?

    @Option(help: ArgumentHelp("The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).", valueName: "name"))
    var profile: String?

    @Flag(help: .setting("no_store"))
    var noStore = false

    @Option(help: .setting("ca_file", valueName: "path"), completion: .file())
    var caFile: String?

    @Option(help: .setting("connect_timeout", valueName: "seconds"))
    var connectTimeout: String?

    @Option(help: ArgumentHelp("Write one line per request to this file, never an id, a cookie or a body.", valueName: "file"), completion: .file())
    var log: String?

    @Flag(help: "Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user's environment and files.")
    var restricted = false

    var choices: ConnectionChoices {
        ConnectionChoices(url: url, profile: profile, noStore: noStore, caFile: caFile, connectTimeout: connectTimeout, log: log, isRestricted: restricted)
    }

    /// Connects for a command without a screen.
    func connect() throws -> Connection {
        let start = try choices.prepare()
        return try start.connect(start.sources.configuration())
    }
}

/// A command that connects to a server, or that reads what it would connect to.
protocol ConnectingCommand: ParsableCommand {
    var connection: ConnectionOptions { get }
}

extension ArgumentHelp {
    /// The help of an option that is also a setting, from `ConfigurationKey.all`.
    static func setting(_ name: String, valueName: String? = nil) -> ArgumentHelp {
        guard let key = ConfigurationKey.named(name) else { return ArgumentHelp(valueName: valueName) }
        let takes = valueName == nil ? "" : " Takes \(key.takes)"
        let standard = key.defaultText.isEmpty || valueName == nil ? "" : " (default: \(key.variables.isEmpty ? "" : key.variables.joined(separator: ", ") + ", or ")\(key.defaultText))"
        return ArgumentHelp("\(key.help)\(takes)\(standard)\(takes.isEmpty ? "" : ".")", valueName: valueName)
    }
}

extension CompletionKind {
    /// The values of a setting that has a few fixed ones, from `ConfigurationKey.all`.
    static func setting(_ name: String) -> CompletionKind { .list(ConfigurationKey.named(name)?.words ?? []) }
}
