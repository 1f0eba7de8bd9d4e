import ArgumentParser
import MaskerTUI

/// `masker-tui config`: prints the settings that the console would use with the same options, and the source of each.
struct ConfigCommand: ConnectingCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print every setting with its value and the source of the value.",
        discussion: "Takes the options of the console. Mistakes in a configuration file are reported with line and column, exit status 2.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var console: ConsoleOptions
    @OptionGroup var output: FormatOptions

    private struct Row: Encodable, Sendable {
        var key: String, value: String, from: String
    }

    private static let fields: [OutputField<Row>] = [
        OutputField("key", shortest: 12) { $0.key }, OutputField("value", rank: 1, shortest: 20) { $0.value },
        OutputField("from", rank: 2, shortest: 12) { $0.from },
    ]

    func run() throws {
        let configuration = try connection.choices.prepare(console.given).sources.configuration()
        let profile = configuration.profile
        var rows = [Row(key: "profile", value: profile?.text ?? "", from: (profile?.origin ?? .standard).source)]
        rows += ConfigurationKey.all.map { key in
            Row(key: key.name, value: key.text(configuration), from: configuration.origin(key).source)
        }
        rows += configuration.keys.map { Row(key: $0.name, value: $0.text, from: $0.origin.source) }
        var writer = RecordWriter(Self.fields, output.format)
        try writer.write(rows)
        try writer.finish()
    }
}
