import ArgumentParser
import MaskerTUI

/// `--read-only`, and `--no-read-only` for a configuration that says `read_only: on`.
enum ReadOnlySwitch: EnumerableFlag {
    case readOnly, noReadOnly

    static func help(for value: Self) -> ArgumentHelp? {
        value == .readOnly ? .setting("read_only") : "Allow to create, delete and check agents, whatever the configuration says."
    }
}

/// `--mouse`, and `--no-mouse` for a configuration that says `mouse: on`.
enum MouseSwitch: EnumerableFlag {
    case mouse, noMouse

    static func help(for value: Self) -> ArgumentHelp? {
        value == .mouse ? .setting("mouse") : "Leave the mouse to the terminal, whatever the configuration says."
    }
}

/// The settings that only the console has, as options; `ConfigurationKey.all` has their help and values.
struct ConsoleOptions: ParsableArguments {
    @Option(help: .setting("refresh", valueName: "seconds"))
    var refresh: String?

    @Option(help: .setting("idle_lock", valueName: "minutes"))
    var idleLock: String?

    @Flag var readOnly: ReadOnlySwitch?

    @Option(help: .setting("reports", valueName: "directory"), completion: .directory)
    var reports: String?

    @Option(help: .setting("theme", valueName: "name"), completion: .setting("theme"))
    var theme: String?

    @Option(help: .setting("time_zone", valueName: "zone"), completion: .setting("time_zone"))
    var timeZone: String?

    @Option(help: .setting("time_format", valueName: "format"), completion: .setting("time_format"))
    var timeFormat: String?

    @Option(help: .setting("confirm", valueName: "style"), completion: .setting("confirm"))
    var confirm: String?

    @Flag(help: .setting("plain"))
    var plain = false

    @Flag var mouse: MouseSwitch?

    @Option(help: .setting("escape_delay", valueName: "milliseconds"))
    var escapeDelay: String?

    /// The values of the given options, by the name of the setting.
    var given: [String: ConfiguredValue] {
        let all: [String: ConfiguredValue?] = [
            "refresh": .option("--refresh", refresh), "idle_lock": .option("--idle-lock", idleLock),
            "read_only": .option(readOnly == .noReadOnly ? "--no-read-only" : "--read-only", readOnly.map { $0 == .readOnly ? "on" : "off" }),
            "reports": .option("--reports", reports), "theme": .option("--theme", theme),
            "time_zone": .option("--time-zone", timeZone), "time_format": .option("--time-format", timeFormat),
            "confirm": .option("--confirm", confirm), "plain": .option("--plain", plain ? "on" : nil),
            "mouse": .option(mouse == .noMouse ? "--no-mouse" : "--mouse", mouse.map { $0 == .mouse ? "on" : "off" }),
            "escape_delay": .option("--escape-delay", escapeDelay),
        ]
        return all.compactMapValues { $0 }
    }
}
