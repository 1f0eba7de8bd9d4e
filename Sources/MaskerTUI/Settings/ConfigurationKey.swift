import MaskerAPI

/// One setting: how it is called, what it takes and what it is for. The one table of them, which the file, the options,
/// `masker-tui config` and docs/configuration.md follow.
package struct ConfigurationKey: Sendable {
    /// In the file.
    package let name: String
    /// What it may be, as the end of “it takes …”.
    package let takes: String
    package let help: String
    /// The option and the variables that say the same, of which the first that is set counts.
    let option: String?
    package let variables: [String]
    /// Whether it names a place in the file system.
    let isPath: Bool

    /// The value in a configuration, as it would be written.
    package let text: @Sendable (Configuration) -> String
    private let set: @Sendable (String, inout Configuration) throws(Problem) -> Void

    /// Why a text is no value, as the end of a sentence.
    struct Problem: Error, Equatable {
        var clause: String
    }

    init<Value>(
        _ name: String, _ path: WritableKeyPath<Configuration, Value> & Sendable, _ kind: ValueKind<Value>, option: String? = nil,
        variables: [String] = [], isPath: Bool = false, _ help: String
    ) {
        self.name = name
        self.takes = kind.takes
        self.help = help
        self.option = option
        self.variables = variables
        self.isPath = isPath
        text = { kind.write($0[keyPath: path]) }
        set = { text, configuration throws(Problem) in configuration[keyPath: path] = try kind.read(text) }
    }

    /// Puts a value into a configuration.
    /// - Throws: what is wrong with it, as a sentence that begins with where it was given.
    func take(_ given: ConfiguredValue, into configuration: inout Configuration) throws(ConfigurationProblem) {
        do {
            try set(given.text, &configuration)
            configuration.origins[name] = given.origin
        } catch {
            throw ConfigurationProblem(origin: given.origin, clause: error.clause, key: name)
        }
    }

    /// What the environment says; an empty variable says nothing.
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
            "Another host that agents' URLs name: the checks w and x go there, without cookie or token."),
        ConfigurationKey("name", \.name, .label, "Stands in the header beside the host; the profile's name by default."),
        ConfigurationKey("color", \.color, .tint, "Of the header; red in a profile called production or prod."),
        ConfigurationKey("read_only", \.isReadOnly, .onOff, option: "--read-only", "Only look: no agent is created, deleted or checked."),
        ConfigurationKey(
            "refresh", \.refresh, .number("0, or 2 to 86400 seconds") { $0 == 0 || (2...86_400).contains($0) }, option: "--refresh",
            "Refresh this often; 0 never by itself."),
        ConfigurationKey(
            "idle_lock", \.idleLock, .number("1 to 60 minutes") { (1...60).contains($0) }, option: "--idle-lock",
            "Lock after this long without a key; the console ends after an hour."),
        ConfigurationKey("theme", \.theme, .choice(), option: "--theme", "The colours; NO_COLOR allows monochrome only."),
        ConfigurationKey("time_zone", \.timeZone, .choice(), option: "--time-zone", "The zone that times are shown in."),
        ConfigurationKey(
            "time_format", \.timeFormat, .choice(), option: "--time-format", "Whether lists and header say when, or how long ago."),
        ConfigurationKey("confirm", \.confirm, .choice(), option: "--confirm", "What has to be typed to delete an agent: its name or its id."),
        ConfigurationKey(
            "plain", \.isPlain, .onOff, option: "--plain",
            "For screen readers: words instead of lines, bars and places, the cursor on what is selected."),
        ConfigurationKey(
            "mouse", \.usesMouse, .onOff, option: "--mouse",
            "Wheel and click go to the console; the terminal's own selecting then needs Shift."),
        ConfigurationKey(
            "ca_file", \.caFile, .path("the path of a PEM file"), option: "--ca-file", isPath: true,
            "Trust these certificates instead of the system's."),
        ConfigurationKey(
            "reports", \.reports, .pathOrOff("a directory, or off"), option: "--reports", isPath: true,
            "Where reports are saved; with no_store, or restricted, nowhere unless it is given."),
        ConfigurationKey(
            "no_store", \.noStore, .onOff, option: "--no-store", "Keep a login session in memory only; read and write no file."),
        ConfigurationKey(
            "pace", \.pace, .pace,
            "Most requests a second of work that needs many; auto: 10 on the hosted service and where a server has answered 429."),
        ConfigurationKey(
            "escape_delay", \.escapeDelay, .number("25 to 1000 milliseconds") { (25...1_000).contains($0) }, option: "--escape-delay",
            variables: ["ESCDELAY"], "How long a key's further bytes are waited for after Esc."),
    ]
}
