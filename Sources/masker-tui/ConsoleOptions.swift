import ArgumentParser
import MaskerTUI

/// The settings that only the console has, as options; `ConfigurationKey.all` has their help and values.
struct ConsoleOptions: ParsableArguments {
    @Option(help: .setting("refresh", valueName: "seconds"))
    var refresh: String?

    @Option(help: .setting("idle_lock", valueName: "minutes"))
    var idleLock: String?

    @Flag(inversion: .prefixedNo, help: .setting("read_only"))
    var readOnly: Bool?

    @Option(help: .setting("reports", valueName: "directory"))
    var reports: String?

    @Option(help: .setting("theme", valueName: "name"))
    var theme: String?

    @Option(help: .setting("time_zone", valueName: "zone"))
    var timeZone: String?

    @Option(help: .setting("time_format", valueName: "format"))
    var timeFormat: String?

    @Option(help: .setting("confirm", valueName: "style"))
    var confirm: String?

    @Flag(help: .setting("plain"))
    var plain = false

    @Flag(inversion: .prefixedNo, help: .setting("mouse"))
    var mouse: Bool?

    @Option(help: .setting("escape_delay", valueName: "milliseconds"))
    var escapeDelay: String?

    /// The values of the given options, by the name of the setting.
    var given: [String: ConfiguredValue] {
        let all: [String: ConfiguredValue?] = [
            "refresh": .option("--refresh", refresh), "idle_lock": .option("--idle-lock", idleLock),
            "read_only": .option(readOnly == false ? "--no-read-only" : "--read-only", readOnly.map { $0 ? "on" : "off" }),
            "reports": .option("--reports", reports), "theme": .option("--theme", theme),
            "time_zone": .option("--time-zone", timeZone), "time_format": .option("--time-format", timeFormat),
            "confirm": .option("--confirm", confirm), "plain": .option("--plain", plain ? "on" : nil),
            "mouse": .option(mouse == false ? "--no-mouse" : "--mouse", mouse.map { $0 ? "on" : "off" }), "escape_delay": .option("--escape-delay", escapeDelay),
        ]
        return all.compactMapValues { $0 }
    }
}
