import ArgumentParser
import MaskerTUI

/// Which server to talk to, and as whom: what every command shares.
struct ConnectionOptions: ParsableArguments {
    @Option(help: .setting("url", valueName: "origin"))
    var url: String?

    @Option(help: ArgumentHelp("The profile of the configuration file to use (default: MASKER_PROFILE, or the file's own).", valueName: "name"))
    var profile: String?

    @Flag(help: .setting("no_store"))
    var noStore = false

    @Option(help: .setting("ca_file", valueName: "path"))
    var caFile: String?

    @Option(help: ArgumentHelp("Write a line a request to this file: never an id, a cookie or a body.", valueName: "file"))
    var log: String?

    @Flag(help: "For an SSH ForceCommand: start nothing, and take nothing from the user's environment and files.")
    var restricted = false

    var choices: ConnectionChoices {
        ConnectionChoices(url: url, profile: profile, noStore: noStore, caFile: caFile, log: log, isRestricted: restricted)
    }

    /// For a command without a screen.
    func connect() throws -> Connection {
        let start = try choices.prepare()
        return try start.connect(start.sources.configuration())
    }
}

extension ArgumentHelp {
    /// The help of an option that is a setting, from the one table.
    static func setting(_ name: String, valueName: String? = nil) -> ArgumentHelp {
        guard let key = ConfigurationKey.named(name) else { return ArgumentHelp(valueName: valueName) }
        let takes = valueName == nil ? "" : " Takes \(key.takes)"
        let standard = key.defaultText.isEmpty || valueName == nil ? "" : " (default: \(key.variables.isEmpty ? "" : key.variables.joined(separator: ", ") + ", or ")\(key.defaultText))"
        return ArgumentHelp("\(key.help)\(takes)\(standard)\(takes.isEmpty ? "" : ".")", valueName: valueName)
    }
}
