import MaskerAPI
import TerminalKit

/// The settings of the console, from options, environment, files and defaults. `ConfigurationKey.all` has one entry for each
/// setting.
package struct Configuration: Sendable {
    var url = APIHost.hosted
    /// The host in the URLs of agents, when it differs from the API host.
    var publicURL: APIHost?
    /// The name shown in the header beside the host.
    var name: String?
    /// The colour of the header.
    var color: Tint?
    var isReadOnly = false
    var isPlain = false
    package var usesMouse = false
    /// Seconds between automatic refreshes; 0 turns them off.
    var refresh = 15
    /// Minutes without a key until the console locks.
    var idleLock = 10
    package var theme = Theme.Name.standard
    var timeZone = TimeStyle.Zone.utc
    var timeFormat = TimeStyle.Notation.absolute
    var confirm = ConfirmStyle.name
    var caFile: String?
    /// Seconds until a connection must be ready, including TLS.
    var connectTimeout = 30
    /// The directory for reports; nil when saving is off.
    var reports: String? = "."
    var noStore = false
    /// How many requests a second work with many requests may send.
    var pace = PaceSetting.automatic
    /// Milliseconds to wait after Esc for the rest of a key sequence.
    package var escapeDelay = 100
    /// The keys that are set, in the order of the files.
    package var keys: [KeySetting] = []

    /// The sources of the values that are not defaults, by key.
    var origins: [String: ValueSource] = [:]
    /// The profile in use; below it the names of all profiles.
    package var profile: ConfiguredValue?
    var profiles: [String] = []

    /// Seconds without a key until the console locks.
    var lockAfter: Double { Double(idleLock) * 60 }

    package func origin(_ key: ConfigurationKey) -> ValueSource { origins[key.name] ?? .standard }
}

/// Whether the name or the id of an agent must be typed before it is deleted. There is no weaker confirmation.
enum ConfirmStyle: String, CaseIterable, Sendable { case name, id }

/// A value as it was written, and its source.
package struct ConfiguredValue: Equatable, Sendable {
    package var text: String
    package var origin: ValueSource
}

/// The source of a value.
package enum ValueSource: Equatable, Sendable, CustomStringConvertible {
    case standard
    case option(String)
    case environment(String)
    /// A path, and the place in the file if it is known.
    case file(String, ConfigurationFile.Place?)

    /// The source at the beginning of a message.
    package var description: String {
        switch self {
        case .standard: "default"
        case .option(let name), .environment(let name): name
        case .file(let path, let place): place.map { "\(path):\($0.line):\($0.column)" } ?? path
        }
    }

    /// The source as `masker-tui config` prints it.
    package var source: String {
        switch self {
        case .standard: "default"
        case .option(let name): "option \(name)"
        case .environment(let name): "environment \(name)"
        case .file(let path, let place): place.map { "\(path):\($0.line)" } ?? path
        }
    }
}
