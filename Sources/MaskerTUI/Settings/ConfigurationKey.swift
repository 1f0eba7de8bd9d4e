import MaskerAPI

/// One setting: its name, its values and its purpose. The configuration file, the options, `masker-tui config` and
/// docs/configuration.md are all made from this table.
package struct ConfigurationKey: Sendable {
    /// The name in the file.
    package let name: String
    /// The possible values, as the end of “it takes …”.
    package let takes: String
    /// The possible values of a setting that has a few fixed ones; empty for others.
    package let words: [String]
    package let help: String
    /// The option and the environment variables for the same setting. The first variable that is set counts.
    let option: String?
    package let variables: [String]
    /// Whether the value is a path.
    let isPath: Bool

    /// Writes the value of this setting in a configuration.
    package let text: @Sendable (Configuration) -> String
    private let set: @Sendable (String, inout Configuration) throws(Problem) -> Void

    /// Why a text is not a value of the setting, as the end of a sentence.
    struct Problem: Error, Equatable {
        var clause: String
    }

    init<Value>(
        _ name: String, _ path: WritableKeyPath<Configuration, Value> & Sendable, _ kind: ValueKind<Value>, option: String? = nil,
        variables: [String] = [], isPath: Bool = false, _ help: String
    ) {
        self.name = name
        takes = kind.takes
        words = kind.words
        self.help = help
        self.option = option
        self.variables = variables
        self.isPath = isPath
        text = { kind.write($0[keyPath: path]) }
        set = { text, configuration throws(Problem) in configuration[keyPath: path] = try kind.read(text) }
    }

    /// Stores a value in a configuration.
    /// - Throws: The problem, as a sentence that begins with the source of the value.
    func take(_ given: ConfiguredValue, into configuration: inout Configuration) throws(ConfigurationProblem) {
        do {
            try set(given.text, &configuration)
            configuration.origins[name] = given.origin
        } catch {
            throw ConfigurationProblem(origin: given.origin, clause: error.clause, key: name)
        }
    }

    /// The value in the environment. Empty variables are ignored.
    func given(in environment: [String: String]) -> ConfiguredValue? {
        variables.lazy.compactMap { name in
            environment[name].flatMap { $0.isEmpty ? nil : ConfiguredValue(text: $0, origin: .environment(name)) }
        }.first
    }

    package var defaultText: String { text(Configuration()) }

    package static func named(_ name: String) -> ConfigurationKey? { all.first { $0.name == name } }

    package static let all: [ConfigurationKey] = [
        ConfigurationKey("url", \.url, .address, option: "--url", variables: ["MASKER_URL", "MASKER_SERVER"], "The server, with or without /api/v1."),
        ConfigurationKey(
            "public_url", \.publicURL, .addressOrNone,
            "Another host in the URLs of agents: the checks of webhook and proxy go there, without cookie or token."),
        ConfigurationKey("name", \.name, .label, "The name shown in the header beside the host; the profile's name by default."),
        ConfigurationKey("color", \.color, .tint, "The colour of the header; red in a profile called production or prod."),
        ConfigurationKey("read_only", \.isReadOnly, .onOff, option: "--read-only", "Read-only mode: no agent is created, deleted or checked."),
        ConfigurationKey(
            "refresh", \.refresh, .number("0, or 2 to 86400 seconds") { $0 == 0 || (2...86_400).contains($0) }, option: "--refresh",
            "Seconds between automatic refreshes; 0 turns them off."),
        ConfigurationKey(
            "idle_lock", \.idleLock, .number("1 to 60 minutes") { (1...60).contains($0) }, option: "--idle-lock",
            "Minutes without a key until the console locks; it quits after an hour."),
        ConfigurationKey("theme", \.theme, .choice(), option: "--theme", "The theme of colours; with NO_COLOR it is always monochrome."),
        ConfigurationKey("time_zone", \.timeZone, .choice(), option: "--time-zone", "The time zone in which times are shown."),
        ConfigurationKey(
            "time_format", \.timeFormat, .choice(), option: "--time-format", "Show times as clock times or as ages."),
        ConfigurationKey("confirm", \.confirm, .choice(), option: "--confirm", "What must be typed to delete an agent: its name or its id."),
        ConfigurationKey(
            "plain", \.isPlain, .onOff, option: "--plain",
            "For screen readers: words instead of lines, bars and positions; the cursor is on the selected row."),
        ConfigurationKey(
            "mouse", \.usesMouse, .onOff, option: "--mouse",
            "Use the mouse wheel and clicks; to select text in the terminal, hold Shift."),
        ConfigurationKey(
            "ca_file", \.caFile, .path("the path of a PEM file"), option: "--ca-file", isPath: true,
            "Trust the certificates in this file instead of the system's."),
        ConfigurationKey(
            "connect_timeout", \.connectTimeout, .number("1 to 300 seconds") { (1...300).contains($0) }, option: "--connect-timeout",
            variables: ["MASKER_CONNECT_TIMEOUT"], "Seconds until a connection must be ready, including TLS."),
        ConfigurationKey(
            "reports", \.reports, .pathOrOff("a directory, or off"), option: "--reports", isPath: true,
            "Where reports are saved; with no_store and in restricted mode, off unless a directory is given."),
        ConfigurationKey(
            "no_store", \.noStore, .onOff, option: "--no-store", "Keep the login session in memory only; read and write no file of it."),
        ConfigurationKey(
            "pace", \.pace, .pace,
            "Maximum requests a second for work with many requests; auto: 10 on the hosted service and after an answer 429."),
        ConfigurationKey(
            "escape_delay", \.escapeDelay, .number("25 to 1000 milliseconds") { (25...1_000).contains($0) }, option: "--escape-delay",
            variables: ["ESCDELAY"], "Milliseconds to wait after Esc for the rest of a key sequence."),
    ]
}
